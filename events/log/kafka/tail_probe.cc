#include "events/log/kafka/tail_probe.h"

#include <fmt/format.h>

#include <algorithm>

#include "events/log/kafka/kafka_consumer.h"

namespace ledger::log::kafka {
namespace {

constexpr std::size_t kPollMaxRecords = 1000;
constexpr std::uint64_t kFurtherBack = 8;  // times as far as before

struct Probe {
    PartitionId partition{};
    Position end{};
    std::uint64_t back = 1;
    Position start{};
    Position after_last_record{};  // 0: none found yet

    void step_back() {
        start = Position{number(end) - std::min(number(end), back)};
        back *= kFurtherBack;
    }
    bool is_settled() const { return number(after_last_record) > 0 || number(start) == 0; }
};

// Reads each from its start to its end.
Result<void> read(const KafkaOptions& options, const std::string& topic, std::vector<Probe>& probes,
                  std::chrono::steady_clock::time_point deadline) {
    std::vector<ReadFrom> from;
    std::vector<std::size_t> index_of;
    for (std::size_t i = 0; i < probes.size(); ++i) {
        from.push_back({probes[i].partition, probes[i].start});
        index_of.resize(std::max<std::size_t>(index_of.size(), number(probes[i].partition) + 1));
        index_of[number(probes[i].partition)] = i;
    }
    auto consumer = KafkaConsumer::make(options, topic, from);
    if (!consumer) return consumer.error();
    auto* const reader = consumer->get();
    reader->on_end([&](PartitionId, Position, Position) { reader->wake(); });
    const auto at_end = [&](const Probe& probe) {
        return reader->reached(probe.partition) >= probe.end;
    };
    while (!std::all_of(probes.begin(), probes.end(), at_end)) {
        const auto left = milliseconds_until(deadline);
        if (left == 0)
            return no_answer(
                fmt::format("the last records of topic {} can't be read: look at the "
                            "brokers and try again",
                            topic));
        const auto messages = reader->poll(std::chrono::milliseconds(left), kPollMaxRecords);
        if (!messages) return messages.error();
        for (const auto& message : *messages)
            probes[index_of[static_cast<std::size_t>(message->partition)]].after_last_record =
                Position{static_cast<std::uint64_t>(message->offset) + 1};
    }
    return {};
}

}  // namespace

Result<void> probe_tails(const KafkaOptions& options, const std::string& topic,
                         const std::vector<Position>& broker_ends, Tails& tails,
                         std::chrono::steady_clock::time_point deadline) {
    std::vector<Probe> probes;
    for (std::uint32_t i = 0; i < broker_ends.size(); ++i) {
        if (tails.exact(PartitionId{i}, broker_ends[i])) continue;
        probes.push_back({PartitionId{i}, broker_ends[i]});
        probes.back().step_back();
    }
    while (!probes.empty()) {
        if (auto done = read(options, topic, probes, deadline); !done) return done;
        std::vector<Probe> unsettled;
        for (auto& probe : probes) {
            if (!probe.is_settled()) {
                probe.step_back();
                unsettled.push_back(probe);
                continue;
            }
            if (number(probe.after_last_record) > 0)
                tails.read_to(probe.partition, probe.after_last_record);
            tails.nothing_between(probe.partition, probe.after_last_record, probe.end);
        }
        probes = std::move(unsettled);
    }
    return {};
}

}  // namespace ledger::log::kafka
