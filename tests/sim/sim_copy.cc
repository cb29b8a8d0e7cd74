#include "tests/sim/sim_copy.h"

#include "consumers/log_copy.h"
#include "projections/fold.h"
#include "projections/map_rows.h"
#include "projections/queries.h"
#include "tests/sim/memory_log.h"

namespace ledger::sim {
namespace {

constexpr std::size_t kRecordsAll = 1'000'000;

MemoryLog::Records records_of(const SimLog& log) {
    MemoryLog::Records records;
    for (Position at{0}; at < log.end(); at = next(at)) {
        const Bytes* record = log.at(at);
        records.push_back(record ? std::optional<Bytes>(*record) : std::nullopt);
    }
    return records;
}

bool has_holes(const MemoryLog& log) {
    for (std::uint32_t i = 0; i < log.partitions(); ++i)
        for (const auto& record : log.records(PartitionId{i}))
            if (!record) return true;
    return false;
}

// Every accepted command, asked for in views that the copy folds to.
std::string object_to_answers(MemoryLog& copy, const Clients& clients) {
    views::MapRows rows;
    views::Fold fold(rows);
    for (std::uint32_t i = 0; i < copy.partitions(); ++i) {
        const log::ReadFrom from{PartitionId{i}, Position{0}};
        const auto batches = (*copy.read({&from, 1}))->poll({}, kRecordsAll);
        Reading reading;
        std::vector<Judged> records;
        for (const log::StoredRecord& record : batches->front().records) {
            const auto judged = read_next(reading, record.position, record.bytes);
            if (!judged) return "a reader of the copy " + judged.error().message;
            records.push_back(*judged);
        }
        if (const auto added = fold.add(PartitionId{i}, records, reading); !added)
            return "a fold of the copy: " + added.error().message;
    }
    if (const auto written = fold.commit(); !written)
        return "a fold of the copy: " + written.error().message;
    for (const Attempt& attempt : clients.attempts) {
        if (!attempt.answer || attempt.answer->outcome != Outcome::accepted) continue;
        const Asked& asked = clients.commands[attempt.command].asked;
        const auto receipt = views::find_receipt(*rows.snapshot(), asked.partition,
                                                 PartnerId{asked.partner}, CommandId{asked.id});
        if (!receipt || !*receipt || (*receipt)->position() != number(attempt.answer->position) ||
            (*receipt)->seq() != attempt.answer->seq)
            return "the copy has no entry of " + asked.id + " where its answer said";
    }
    return {};
}

}  // namespace

std::string object_to_copy(const std::deque<SimLog>& logs, const Clients& clients, Met& met) {
    std::vector<MemoryLog::Records> records;
    for (const SimLog& log : logs) records.push_back(records_of(log));
    MemoryLog source(std::move(records));
    MemoryLog copy(std::vector<MemoryLog::Records>(logs.size()));
    const auto copied = copy_records(source, copy);
    if (has_holes(source)) {
        ++met.copies_refused;
        return copied ? "a log with holes was copied" : "";
    }
    if (!copied) return "the log can't be copied: " + copied.error().message;
    ++met.copies;
    for (std::uint32_t i = 0; i < copy.partitions(); ++i) {
        if (copy.records(PartitionId{i}) != source.records(PartitionId{i}))
            return "the copy has other records";
        const PartitionFacts& facts = copied->partitions[i];
        if (facts.root != logs[i].judge().root() || facts.seq != logs[i].judge().seq() ||
            facts.next != logs[i].end())
            return "the copy has another root, seq or end than the log";
    }
    return object_to_answers(copy, clients);
}

}  // namespace ledger::sim
