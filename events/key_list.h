// Every key of a key store, for copying it whole. Port, implemented by the stores beside the logs.
#pragma once

#include <functional>
#include <string_view>

#include "events/seal.h"

namespace ledger {

class KeyList {
public:
    virtual ~KeyList() = default;

    // Ends early with the error of `visit`.
    using Visit =
        std::function<Result<void>(std::string_view subject, const KeyStore::WrappedKey& key)>;
    virtual Result<void> each(const Visit& visit) = 0;
};

}  // namespace ledger
