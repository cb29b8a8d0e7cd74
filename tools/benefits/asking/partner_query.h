// What every question about one partner begins with: a ledger read to its end, the partner's
// partition, the ledger's own clock and policies, and the partner now or at a past moment.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "aggregates/ledger_state.h"
#include "projections/answers/partner_then.h"
#include "tools/benefits/asking/at_work.h"
#include "tools/benefits/cli/exit_code.h"

namespace ledger::tools {

class Subcommand;

struct PartnerQuery {
    std::unique_ptr<AtWork> at_work;
    std::unique_ptr<const views::Snapshot> rows;  // all of the answer comes from these
    PartnerId partner;
    PartitionId partition{};
    Position position{};  // read up to here
    LedgerState ledger;
    Date today;

    const Ledger& opened() const { return at_work->ledger; }
    answers::Snapshot snapshot() const { return {*rows, partition, position, ledger, today}; }
};

Result<PartnerQuery> begin_query(const LedgerPlace& place, const std::string& partner);

using Snapshot = answers::PartnerThen;

// A sentence for the person, and how to end.
struct NotThere {
    ExitCode code{};
    std::string sentence;
};

using LookUp = std::variant<Snapshot, NotThere>;

// usage: a day after the ledger's; not found: no such partner, not registered yet, a version not
// reached; failed: the views can't be read.
LookUp look_up(const PartnerQuery& query, const views::Moment& moment);

ExitCode fail(const NotThere& why);

// The sentence that the ledger has no such partner, with the position that this is true at.
NotThere no_such_partner(const PartnerQuery& query);

// --at DATE and --at-version N, of which one may be given.
void add_moment(Subcommand command, views::Moment& moment);

// "2021-02-01" or "12"; nothing for any other form.
std::optional<views::Moment> parse_moment(std::string_view text);

}  // namespace ledger::tools
