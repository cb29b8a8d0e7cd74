#include "projections/answers/stat.h"

#include "events/record.h"

namespace ledger::answers {
namespace {

std::unique_ptr<fb::RecordCountsT> record_counts(const Counts& counts) {
    auto record = std::make_unique<fb::RecordCountsT>();
    record->applied = counts.applied;
    record->void_ = counts.voided;
    record->control = counts.control;
    record->absent = counts.absent;
    record->claims = counts.claims;
    return record;
}

// How the current term stands.
const char* term_of(const JudgeState& judge) {
    if (judge.epoch == 0) return "none yet";
    if (judge.closed) return "closed";
    return judge.opened ? "open" : "claimed";
}

}  // namespace

fb::PartitionStateT partition_state(PartitionId partition, const Reading& reading) {
    const JudgeState& judge = reading.judge;
    fb::PartitionStateT state;
    state.partition = number(partition);
    state.next = number(reading.next);
    state.seq = judge.seq;
    state.epoch = judge.epoch;
    if (judge.epoch != 0) state.writer = std::make_unique<fb::Id128>(to_fb(judge.writer));
    state.term = term_of(judge);
    if (judge.seq != 0) state.time = judge.time;
    state.root = std::make_unique<fb::Hash256>(to_fb(judge.frontier.root()));
    state.records = record_counts(reading.counts);
    return state;
}

fb::PartitionCountT partition_count(const views::Completeness& partition) {
    const JudgeState& judge = partition.reading.judge;
    fb::PartitionCountT count;
    count.partition = number(partition.partition);
    count.next = number(partition.reading.next);
    count.seq = judge.seq;
    count.epoch = judge.epoch;
    count.records = record_counts(partition.reading.counts);
    count.tree_size = judge.frontier.size();
    count.root = std::make_unique<fb::Hash256>(to_fb(judge.frontier.root()));
    count.history_rows = partition.history_rows;
    count.receipt_rows = partition.receipt_rows;
    count.version_sum = partition.version_sum;
    count.complete = partition.holds();
    return count;
}

std::vector<fb::PartitionCountT> partition_counts(
    const std::vector<views::Completeness>& partitions) {
    std::vector<fb::PartitionCountT> counts;
    counts.reserve(partitions.size());
    for (const views::Completeness& partition : partitions)
        counts.push_back(partition_count(partition));
    return counts;
}

fb::TotalCountT total_count(const std::vector<views::Completeness>& partitions) {
    Counts sum;
    fb::TotalCountT total;
    total.complete = true;
    for (const views::Completeness& partition : partitions) {
        const Counts& more = partition.reading.counts;
        sum.applied += more.applied;
        sum.voided += more.voided;
        sum.control += more.control;
        sum.absent += more.absent;
        sum.claims += more.claims;
        total.records += more.applied + more.voided + more.control;
        total.history_rows += partition.history_rows;
        total.complete = total.complete && partition.holds();
    }
    total.counts = record_counts(sum);
    return total;
}

fb::LogStatT log_stat(Id128 ledger, bool sandbox,
                      const std::vector<views::Completeness>& partitions) {
    fb::LogStatT stat;
    stat.ledger = std::make_unique<fb::Id128>(to_fb(ledger));
    stat.sandbox = sandbox;
    stat.total = std::make_unique<fb::TotalCountT>(total_count(partitions));
    stat.partitions = partition_counts(partitions);
    return stat;
}

Result<std::uint64_t> count_partners(const views::Snapshot& rows) {
    std::uint64_t partners = 0;
    const auto counted =
        rows.scan(views::Family::partners, {}, [&](std::string_view, std::string_view) {
            ++partners;
            return true;
        });
    if (!counted) return counted.error();
    return partners;
}

}  // namespace ledger::answers
