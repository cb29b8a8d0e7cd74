// A key store as a whole: for copying it, and for telling whether it is the one that others have
// seen. Port, implemented by the stores beside the logs.
//
// A store knows whose it is, and remembers every key that was destroyed. Its newest change is its
// witness: whoever keeps it elsewhere (the store's own tail file, the views) finds out by has()
// when an older copy was put back, for that lacks the newest changes first.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "events/seal.h"

namespace ledger {

inline constexpr ErrorCode kKeysMissing{"keys.missing"};
inline constexpr ErrorCode kKeysDamaged{"keys.damaged"};
inline constexpr ErrorCode kKeysOfAnotherLedger{"keys.of-another-ledger"};
// An older copy, or keys were lost: it lacks what somebody has seen in it.
inline constexpr ErrorCode kKeysOlder{"keys.older"};

// A key was put, or destroyed.
struct KeyChange {
    Id128 key;
    bool destroyed = false;
    std::uint64_t number = 0;  // for people: grows within one store
    bool operator==(const KeyChange&) const = default;
};

class KeyList {
public:
    virtual ~KeyList() = default;

    // Both end early with the error of `visit`.
    using Visit =
        std::function<Result<void>(std::string_view subject, const KeyStore::WrappedKey& key)>;
    virtual Result<void> each(const Visit& visit) = 0;
    using VisitDestroyed = std::function<Result<void>(Id128 id)>;
    virtual Result<void> each_destroyed(const VisitDestroyed& visit) = 0;
    // A key that was destroyed in the store of which this becomes a copy.
    virtual Result<void> put_destroyed(Id128 id) = 0;

    // The newest change that this process knows of; nothing when there is none. Asks nobody.
    virtual std::optional<KeyChange> newest() const = 0;
    // Whether the store holds that change, or a later one of that key.
    virtual Result<bool> has(const KeyChange& change) = 0;

    // Why keys that entries need may be missing; nothing as long as there is no sign of it.
    virtual std::optional<Error> doubt() const = 0;
    // Somebody else has found such a reason: from now on no key is put.
    virtual void cast_doubt(const Error& why) = 0;
};

}  // namespace ledger
