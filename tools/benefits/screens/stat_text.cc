#include "tools/benefits/screens/stat_text.h"

#include "tools/benefits/cli/json_text.h"

namespace ledger::tools {
namespace {

void add_counts(JsonObject& object, const Counts& counts) {
    object.number("applied", counts.applied)
        .number("void", counts.voided)
        .number("control", counts.control);
    object.number("absent", counts.absent).number("claims", counts.claims);
}

}  // namespace

Total total_of(const std::vector<views::Completeness>& partitions) {
    Total total;
    for (const views::Completeness& partition : partitions) {
        const Counts& more = partition.reading.counts;
        total.counts.applied += more.applied;
        total.counts.voided += more.voided;
        total.counts.control += more.control;
        total.counts.absent += more.absent;
        total.counts.claims += more.claims;
        total.records += more.applied + more.voided + more.control;
        total.history_rows += partition.history_rows;
        total.complete = total.complete && partition.holds();
    }
    return total;
}

std::string partition_json(const views::Completeness& partition) {
    JsonObject object;
    object.number("partition", number(partition.partition))
        .number("next", number(partition.reading.next));
    object.number("seq", partition.reading.judge.seq)
        .number("epoch", partition.reading.judge.epoch);
    add_counts(object, partition.reading.counts);
    object.number("tree_size", partition.reading.judge.frontier.size());
    object.text("root", to_hex(partition.reading.judge.frontier.root()));
    object.number("history_rows", partition.history_rows)
        .number("receipt_rows", partition.receipt_rows);
    object.number("version_sum", partition.version_sum).flag("complete", partition.holds());
    return object.line();
}

std::string total_json(const Total& total) {
    JsonObject sum;
    sum.number("records", total.records);
    add_counts(sum, total.counts);
    return sum.number("history_rows", total.history_rows).flag("complete", total.complete).line();
}

}  // namespace ledger::tools
