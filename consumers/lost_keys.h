// Keys that entries need and the key store doesn't have, though they were never destroyed: names,
// e-mails and secrets of these partners can't be read again until the right store is put back.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_set>
#include <vector>

#include "events/reading.h"
#include "events/seal.h"
#include "projections/rows.h"

namespace ledger {

inline constexpr std::size_t kLostKeysPartnersMax = 20;

struct LostKeys {
    std::uint64_t keys = 0;
    std::uint64_t partner_count = 0;
    std::vector<std::string> partners;  // the first kLostKeysPartnersMax
    bool any() const { return keys != 0; }
};

// "3 data keys of 2 partners are lost: contoso, fabrikam".
std::string in_words(const LostKeys& lost);

// Looks at entries one after the other.
class KeyCheck {
public:
    explicit KeyCheck(KeyStore& keys) : keys_(keys) {}

    // Looks at a record that was judged; what is not applied needs no key. Error: the key store
    // can't be read.
    Result<void> add(const Judged& judged);
    Result<void> add(const RecordView& entry);
    const LostKeys& lost() const { return lost_; }

private:
    Result<bool> is_lost(Id128 key);

    KeyStore& keys_;
    std::unordered_set<Id128> known_;  // that are there or were destroyed; a bounded number
    std::unordered_set<Id128> missing_;
    std::unordered_set<std::string> partners_;
    LostKeys lost_;
};

// The lost keys of all entries that the views know.
Result<LostKeys> find_lost_keys(const views::Snapshot& rows, KeyStore& keys);

}  // namespace ledger
