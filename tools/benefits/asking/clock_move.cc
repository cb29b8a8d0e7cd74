#include "tools/benefits/asking/clock_move.h"

#include "tools/benefits/cli/progress.h"

namespace ledger::tools {

Answer move_with_progress(const Ledger& ledger, Node& node, ClockMove move) {
    Progress progress("moving the clock", "days");
    move.on_step = [&progress](const ClockMoved& moved) {
        progress.at(static_cast<std::uint64_t>(moved.days),
                    static_cast<std::uint64_t>(moved.of_days),
                    grouped(moved.events) + " events of the ledger's own");
    };
    return move_clock(ledger, node, move);
}

}  // namespace ledger::tools
