#include "consumers/log_facts.h"

#include "consumers/read_partition.h"
#include "events/log/genesis.h"

namespace ledger {
namespace {

constexpr std::uint64_t kProgressEveryRecords = 1024;

std::string told(const PartitionFacts& facts) {
    return "position " + std::to_string(number(facts.next)) + ", seq " + std::to_string(facts.seq) +
           ", root " + to_hex(facts.root);
}

}  // namespace

PartitionFacts facts_of(const Reading& reading) {
    return {reading.next, reading.judge.seq, reading.judge.frontier.root()};
}

Result<LogFacts> read_facts(log::Log& log, const std::function<void(std::uint64_t)>& progress,
                            KeyCheck* keys) {
    const auto genesis = log::check_genesis(log);
    if (!genesis) return genesis.error();
    LogFacts facts;
    facts.ledger = id_of(*decode_record(*genesis).genesis->ledger());
    for (std::uint32_t i = 0; i < log.partitions(); ++i) {
        const auto end = log.end(PartitionId{i});
        if (!end) return end.error();
        const auto count = [&](const Judged& judged, const Reading&) -> Result<bool> {
            if (keys)
                if (const auto looked = keys->add(judged); !looked) return looked.error();
            if (++facts.records % kProgressEveryRecords == 0 && progress) progress(facts.records);
            return true;
        };
        const auto reading = read_partition(log, PartitionId{i}, *end, count);
        if (!reading) return reading.error();
        facts.partitions.push_back(facts_of(*reading));
        facts.entries += reading->judge.seq;
    }
    return facts;
}

Result<void> compare_facts(const LogFacts& expected, const LogFacts& found) {
    if (found.ledger != expected.ledger)
        return error("it is of ledger " + to_hex(found.ledger) + " and should be of ledger " +
                     to_hex(expected.ledger));
    if (found.partitions.size() != expected.partitions.size())
        return error("it has " + std::to_string(found.partitions.size()) +
                     " partitions and should have " + std::to_string(expected.partitions.size()));
    for (std::size_t i = 0; i < found.partitions.size(); ++i)
        if (found.partitions[i] != expected.partitions[i])
            return error("partition " + std::to_string(i) + " stands at " +
                         told(found.partitions[i]) + " and should stand at " +
                         told(expected.partitions[i]));
    return {};
}

}  // namespace ledger
