// SHA-256 and HMAC-SHA-256 over OpenSSL, without its per-call set-up.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "events/bytes.h"
#include "events/ids.h"

namespace ledger {

using Hash = std::array<std::uint8_t, 32>;

Hash sha256(BytesView bytes);
// Of `prefix` followed by `a` and `b`: the domain-separated hashes of RFC 6962 without a copy.
Hash sha256(std::uint8_t prefix, BytesView a, BytesView b = {});

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
