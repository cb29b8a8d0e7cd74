// The low-level interface of OpenSSL is deprecated since 3.0 but kept; its EVP successor costs as
// much again for records of our size (fetch, context, virtual calls), and every record is hashed at
// least twice.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "events/sha256.h"

#include <openssl/sha.h>

namespace ledger {
namespace {

std::string hex(BytesView bytes) {
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const std::uint8_t byte : bytes) {
        text.push_back(kDigits[byte >> 4]);
        text.push_back(kDigits[byte & 15]);
    }
    return text;
}

}  // namespace

std::uint64_t word(const Hash& hash, std::size_t at) {
    std::uint64_t value = 0;
    for (std::size_t i = at; i < at + 8; ++i) value = value << 8 | hash[i];
    return value;
}

Hash sha256(BytesView bytes) {
    Hash hash;
    SHA256_CTX context;
    SHA256_Init(&context);
    SHA256_Update(&context, bytes.data(), bytes.size());
    SHA256_Final(hash.data(), &context);
    return hash;
}

Hash sha256(std::uint8_t prefix, BytesView a, BytesView b) {
    Hash hash;
    SHA256_CTX context;
    SHA256_Init(&context);
    SHA256_Update(&context, &prefix, 1);
    SHA256_Update(&context, a.data(), a.size());
    if (!b.empty()) SHA256_Update(&context, b.data(), b.size());
    SHA256_Final(hash.data(), &context);
    return hash;
}

struct Sha256::Inside {
    SHA256_CTX context;
};

Sha256::Sha256() : inside_(std::make_unique<Inside>()) { SHA256_Init(&inside_->context); }
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256::~Sha256() = default;

void Sha256::add(BytesView bytes) { SHA256_Update(&inside_->context, bytes.data(), bytes.size()); }

Hash Sha256::hash() {
    Hash hash;
    SHA256_Final(hash.data(), &inside_->context);
    return hash;
}

std::string to_hex(const Hash& hash) { return hex(hash); }

std::string to_hex(Id128 id) {
    std::string bytes;
    put_big_endian(bytes, id.high);
    put_big_endian(bytes, id.low);
    return hex(view_of(bytes));
}

KeyedHash::KeyedHash(BytesView key) {
    std::array<std::uint8_t, 64> block{};
    if (key.size() > block.size()) {
        const Hash shortened = sha256(key);
        std::copy(shortened.begin(), shortened.end(), block.begin());
    } else {
        std::copy(key.begin(), key.end(), block.begin());
    }
    for (std::size_t i = 0; i < block.size(); ++i) {
        inner_[i] = block[i] ^ 0x36;
        outer_[i] = block[i] ^ 0x5c;
    }
}

Id128 KeyedHash::operator()(BytesView bytes) const {
    Hash hash;
    SHA256_CTX context;
    SHA256_Init(&context);
    SHA256_Update(&context, inner_.data(), inner_.size());
    SHA256_Update(&context, bytes.data(), bytes.size());
    SHA256_Final(hash.data(), &context);
    SHA256_Init(&context);
    SHA256_Update(&context, outer_.data(), outer_.size());
    SHA256_Update(&context, hash.data(), hash.size());
    SHA256_Final(hash.data(), &context);
    return Id128{word(hash, 0), word(hash, 8)};
}

}  // namespace ledger
