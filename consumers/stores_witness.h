// The views as a witness of the stores beside them: they keep what is newest in the key store and
// in the refusals as it was when entries were folded, in the same batch. A store that lacks it is
// an older copy, or was made anew. On Kafka the views are the key store's only witness; embedded
// there is its own tail file too (events/log/embedded/keys_tail.h).
#pragma once

#include <optional>
#include <string>

#include "events/key_list.h"
#include "projections/fold.h"
#include "projections/refusals.h"
#include "projections/rows.h"

namespace ledger {

// The key store lacks what the views have seen in it.
inline constexpr ErrorCode kKeysOlderThanViews{"keys.older-than-views"};

class StoresWitness {
public:
    // What both point to outlives this; null: nothing is kept of it.
    explicit StoresWitness(const KeyList* keys = nullptr, const views::Refusals* refusals = nullptr)
        : keys_(keys), refusals_(refusals) {}

    // Puts what is news since the last call beside what the fold writes next.
    void put_news(views::Fold& fold);

private:
    const KeyList* keys_;
    const views::Refusals* refusals_;
    std::optional<KeyChange> keys_seen_;
    std::uint64_t refusals_seen_ = 0;
};

// Compares the key store with what the views have seen, and casts doubt on it when it lacks that;
// otherwise the views are told what is newest in it. Error: one of them can't be read.
Result<void> compare_keys(views::Rows& rows, const std::string& directory, KeyList& keys);

// What a person should know of the refusals: that some are gone which the views have seen.
Result<std::optional<std::string>> compare_refusals(const views::Snapshot& rows,
                                                    const std::string& directory,
                                                    const views::Refusals& refusals);

// Views that are made anew keep what the old ones have seen.
Result<void> copy_witness(const views::Snapshot& old, views::RowBatch& fresh);

}  // namespace ledger
