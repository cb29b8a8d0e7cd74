// What every list over all partners begins with: a ledger read to its end, its rows at one moment,
// the day; and which page of the list is wanted.
#pragma once

#include <memory>
#include <optional>

#include "projections/answers/list_walk.h"
#include "tools/benefits/asking/at_work.h"
#include "tools/benefits/cli/subcommand.h"

namespace ledger::tools {

struct ListQuery {
    std::unique_ptr<AtWork> at_work;
    std::unique_ptr<const views::Snapshot> rows;  // all of the answer comes from these
    std::optional<answers::LedgerMoment> moment;  // of them; set

    const answers::LedgerMoment& at() const { return *moment; }
};

Result<ListQuery> begin_list_query(const LedgerPlace& place);

// --limit, --after, --since and --newest-first. What a list has, "orders", is for the help.
void add_list_page(Subcommand command, answers::ListPage& page, const std::string& what);

}  // namespace ledger::tools
