#include "tools/benefits/at_work.h"

#include <unistd.h>

#include "projections/queries.h"
#include "tools/benefits/output.h"

namespace ledger::tools {

Result<Position> AtWork::position(PartitionId partition) const {
    const auto reading = views::find_reading(*ledger.rows, partition);
    if (!reading) return reading.error();
    const std::uint64_t next = number(reading->reading.next);
    return Position{next == 0 ? 0 : next - 1};
}

Result<std::unique_ptr<AtWork>> open_at_work(const LedgerPlace& place, WriterSettings settings) {
    auto ledger = open_ledger(place);
    if (!ledger) return ledger.error();
    for (const std::string& note : ledger->notes) say("benefits: " + note);
    auto at_work = std::make_unique<AtWork>();
    at_work->ledger = std::move(*ledger);
    auto node = start_node(at_work->ledger, std::move(settings));
    if (!node) return node.error();
    at_work->node = std::move(*node);
    return at_work;
}

Result<std::unique_ptr<AtWork>> open_caught_up(const LedgerPlace& place) {
    auto at_work = open_at_work(place);
    if (!at_work) return at_work;
    if (const auto read = (*at_work)->node->catch_up(kCatchUpPatience); !read) return read.error();
    return at_work;
}

std::string node_name() {
    char host[256] = "";
    if (::gethostname(host, sizeof host - 1) != 0) host[0] = '\0';
    return std::string(host) + "/" + std::to_string(::getpid());
}

}  // namespace ledger::tools
