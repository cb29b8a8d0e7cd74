#include "tools/benefits/asking/ledger_versions.h"

#include "projections/answers/ledger_then.h"
#include "tools/benefits/asking/at_work.h"
#include "tools/benefits/asking/ledger_clock.h"
#include "tools/benefits/cli/output.h"

namespace ledger::tools {
namespace {

void say_what_differs(const std::string& partitions) {
    if (partitions.empty()) return;
    say("benefits: these partitions have other policy or catalogue versions than partition 0, for "
        "a publication did not come to all: " +
        partitions + "; send it again with the same id");
}

}  // namespace

Result<LedgerVersions> read_versions(const LedgerPlace& place) {
    const auto at_work = open_for_query(place);
    if (!at_work) return at_work.error();
    const Ledger& ledger = (*at_work)->ledger;
    const auto rows = ledger.rows->snapshot();
    LedgerVersions versions;
    std::string differing;
    for (std::uint32_t i = 0; i < ledger.log->partitions(); ++i) {
        auto state = answers::ledger_then(*rows, PartitionId{i});
        if (!state) return state.error();
        if (i == 0)
            versions.ledger = std::move(*state);
        else if (state->policies != versions.ledger.policies ||
                 state->catalogues != versions.ledger.catalogues)
            differing += (differing.empty() ? "" : ", ") + std::to_string(i);
    }
    say_what_differs(differing);
    versions.today = today_of(versions.ledger);
    return versions;
}

}  // namespace ledger::tools
