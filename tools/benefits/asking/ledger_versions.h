// The policies and catalogues of a ledger. They are published in every partition; partition 0
// speaks for all of them where they agree.
#pragma once

#include <type_traits>
#include <vector>

#include "aggregates/ledger_state.h"
#include "consumers/ledger.h"
#include "events/date.h"

namespace ledger::tools {

struct LedgerVersions {
    LedgerState ledger;  // of partition 0
    Date today;
};

// Partitions that have other versions than partition 0 are named on stderr: a publication didn't
// reach all of them.
Result<LedgerVersions> read_versions(const LedgerPlace& place);

// Its policy versions, or its catalogue versions.
template <typename Version>
const std::vector<Version>& versions_of(const LedgerState& ledger) {
    if constexpr (std::is_same_v<Version, fb::PolicyVersionT>)
        return ledger.policies;
    else
        return ledger.catalogues;
}

}  // namespace ledger::tools
