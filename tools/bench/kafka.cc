#include "events/log/genesis.h"
#include "events/log/kafka/kafka_create.h"
#include "events/log/kafka/kafka_log.h"
#include "events/seal.h"
#include "projections/rocks_rows.h"
#include "tools/bench/bench.h"
#include "tools/bench/replay.h"
#include "tools/bench/workload.h"

namespace ledger::bench {
namespace {

constexpr std::size_t kKafkaInFlight = 4'096;

Result<std::string> make_topic(const BenchSettings& settings, const std::string& prefix) {
    log::KafkaOptions options;
    options.brokers = settings.brokers;
    options.topic_prefix = prefix;
    if (const auto made = log::create_kafka_topics(options, 1); !made) return made.error();
    return log::ledger_topic(options);
}

}  // namespace

Result<std::vector<BenchRow>> bench_kafka(const BenchSettings& settings) {
    const std::string run = to_hex(random_id()).substr(0, 8);
    const std::string prefix = "bench-" + run;
    if (const auto topic = make_topic(settings, prefix); !topic) return topic.error();
    log::KafkaOptions options;
    options.brokers = settings.brokers;
    options.topic_prefix = prefix;
    auto log = log::open_kafka(options);
    if (!log) return log.error();
    if (const auto made = log::ensure_genesis(**log, genesis(1)); !made) return made.error();
    auto rows = views::RocksRows::open(settings.directory + "/kafka-views");
    if (!rows) return rows.error();
    const auto loaded = run_load(**log, **rows, settings, kKafkaInFlight);
    if (!loaded) return loaded.error();
    const auto records = entries_of(**log);
    if (!records) return records.error();
    const auto at = [&](std::size_t index) {
        return records->begin() + static_cast<std::ptrdiff_t>(index);
    };

    const auto raw_topic = make_topic(settings, prefix + "-raw");
    if (!raw_topic) return raw_topic.error();
    const auto raw = raw_kafka_round_trip(settings.brokers, *raw_topic,
                                          {at(loaded->first_pipelined), at(loaded->first_single)},
                                          kKafkaInFlight);
    if (!raw) return raw.error();
    const auto raw_single = raw_kafka_round_trip(settings.brokers, *raw_topic,
                                                 {at(loaded->first_single), records->end()}, 1);
    if (!raw_single) return raw_single.error();
    return std::vector<BenchRow>{{"commands, Kafka, one partition, 4,096 in flight",
                                  loaded->pipelined,
                                  "produce and read back, bare librdkafka",
                                  *raw,
                                  Compared::throughput,
                                  0.4,
                                  "CPU of two cores, which the broker shares",
                                  {}},
                                 {"commands, Kafka, one at a time",
                                  loaded->single,
                                  "produce and read back, bare librdkafka",
                                  *raw_single,
                                  Compared::p50,
                                  2.0,
                                  "one round trip to the broker and back",
                                  {}}};
}

}  // namespace ledger::bench
