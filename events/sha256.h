// SHA-256 and HMAC-SHA-256 over OpenSSL, without its per-call set-up.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>

#include "events/bytes.h"
#include "events/ids.h"

namespace ledger {

using Hash = std::array<std::uint8_t, 32>;

Hash sha256(BytesView bytes);
// Of `prefix` followed by `a` and `b`: the domain-separated hashes of RFC 6962 without a copy.
Hash sha256(std::uint8_t prefix, BytesView a, BytesView b = {});

// SHA-256 of bytes that come in pieces, e.g. of a file.
class Sha256 {
public:
    Sha256();
    Sha256(Sha256&&) noexcept;
    ~Sha256();
    void add(BytesView bytes);
    Hash hash();  // once, at the end

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

// The hash's eight bytes from `at` on as a number, the first the most significant.
std::uint64_t word(const Hash& hash, std::size_t at);

// 64 lower-case hex digits.
std::string to_hex(const Hash& hash);

// HMAC-SHA-256 (RFC 2104) cut to its first 128 bits: the ledger's keyed hash.
class KeyedHash {
public:
    explicit KeyedHash(BytesView key);
    Id128 operator()(BytesView bytes) const;

private:
    std::array<std::uint8_t, 64> inner_{};  // key xor ipad
    std::array<std::uint8_t, 64> outer_{};  // key xor opad
};

}  // namespace ledger
