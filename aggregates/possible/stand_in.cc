#include "aggregates/possible/stand_in.h"

#include "events/sha256.h"

namespace ledger::possible {
namespace {

constexpr std::size_t kKeyBytes = 16;
constexpr std::size_t kHashBytes = 16;
constexpr std::size_t kNonceBytes = 12;
constexpr std::size_t kTagBytes = 16;
constexpr std::size_t kBeforeBytes = kKeyBytes + kHashBytes + kNonceBytes;

}  // namespace

json::SealText stand_in_seal() {
    return [](std::string_view subject, std::string_view text) -> Result<Bytes> {
        const Hash key = sha256(view_of(subject));
        const Hash hash = sha256(view_of(text));
        Bytes sealed(key.begin(), key.begin() + kKeyBytes);
        sealed.insert(sealed.end(), hash.begin(), hash.begin() + kHashBytes);
        sealed.resize(kBeforeBytes);
        sealed.insert(sealed.end(), text.begin(), text.end());
        sealed.resize(sealed.size() + kTagBytes);
        return sealed;
    };
}

json::OpenText stand_in_open() {
    return [](BytesView sealed) -> Result<std::optional<std::string>> {
        if (sealed.size() < kBeforeBytes + kTagBytes) return error("this is no sealed text");
        return std::optional(std::string(
            text_of(sealed.subspan(kBeforeBytes, sealed.size() - kBeforeBytes - kTagBytes))));
    };
}

}  // namespace ledger::possible
