#include "events/log/kafka/kafka_log.h"

#include <fmt/format.h>

#include <optional>

#include "events/log/kafka/kafka_cursor.h"
#include "events/log/kafka/kafka_ends.h"
#include "events/log/kafka/kafka_producer.h"
#include "events/log/kafka/kafka_topics.h"
#include "events/log/kafka/kafka_watch.h"
#include "events/log/kafka/tail_probe.h"

namespace ledger::log {

using namespace kafka;

// In the order of construction: what calls stands behind what it calls.
struct KafkaLog::Inside {
    KafkaOptions options;
    std::string topic;
    std::uint32_t partitions = 0;
    std::shared_ptr<NoticeBox> notices = std::make_shared<NoticeBox>();
    std::shared_ptr<Tails> tails;
    ClientEvents asking_events;
    HandlePtr asking;
    TopicPtr asking_topic;  // keeps the topic's metadata fresh
    std::optional<KafkaWatch> watch;
    std::unique_ptr<KafkaProducer> producer;
    std::optional<KafkaEnds> ends;

    Result<std::vector<Position>> broker_ends(const std::vector<PartitionId>& of) const {
        return query_ends(asking.get(), topic, of, options.patience);
    }
    Error no_partition(PartitionId partition) const {
        return error(fmt::format("topic {} has no partition {}", topic, number(partition)));
    }
};

KafkaLog::KafkaLog(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
KafkaLog::~KafkaLog() = default;

std::uint32_t KafkaLog::partitions() const { return inside_->partitions; }
const std::string& KafkaLog::topic() const { return inside_->topic; }

Result<void> KafkaLog::append(PartitionId partition, std::span<const Bytes> records) {
    return inside_->producer->append(partition, records);
}

void KafkaLog::ask_end(PartitionId partition, std::uint64_t token) {
    LEDGER_CHECK(number(partition) < inside_->partitions);
    inside_->ends->ask(partition, token);
}

void KafkaLog::take_notices(std::vector<Notice>& out) {
    const std::size_t before = out.size();
    inside_->notices->take(out);
    for (std::size_t i = before; i < out.size(); ++i)
        if (out[i].kind == Notice::Kind::doubt)
            inside_->producer->settled_by_doubt(out[i].partition);
}

void KafkaLog::on_notice(std::function<void()> wake) {
    inside_->notices->on_notice(std::move(wake));
}

Result<Position> KafkaLog::end(PartitionId partition) {
    if (number(partition) >= inside_->partitions) return inside_->no_partition(partition);
    const auto deadline = std::chrono::steady_clock::now() + inside_->options.patience;
    auto ends = inside_->broker_ends({partition});
    if (!ends) return ends.error();
    if (const auto exact = inside_->tails->exact(partition, ends->front())) return *exact;

    // All at once: whoever asks for one asks for the others next.
    std::vector<PartitionId> all;
    for (std::uint32_t i = 0; i < inside_->partitions; ++i) all.push_back(PartitionId{i});
    ends = inside_->broker_ends(all);
    if (!ends) return ends.error();
    if (auto probed =
            probe_tails(inside_->options, inside_->topic, *ends, *inside_->tails, deadline);
        !probed)
        return probed.error();
    const auto end = (*ends)[number(partition)];
    return inside_->tails->exact(partition, end).value_or(end);
}

Result<std::vector<PartitionId>> KafkaLog::keep_first(std::uint32_t count) {
    std::vector<PartitionId> others;
    for (std::uint32_t i = count; i < inside_->partitions; ++i) others.push_back(PartitionId{i});
    const auto ends = inside_->broker_ends(others);
    if (!ends) return ends.error();
    std::vector<PartitionId> filled;
    for (std::size_t i = 0; i < others.size(); ++i)
        if (number((*ends)[i]) > 0) filled.push_back(others[i]);
    inside_->partitions = count;
    return filled;
}

Result<std::unique_ptr<Cursor>> KafkaLog::read(std::span<const ReadFrom> from) {
    for (const auto& one : from)
        if (number(one.partition) >= inside_->partitions)
            return inside_->no_partition(one.partition);
    auto consumer = KafkaConsumer::make(inside_->options, inside_->topic, from);
    if (!consumer) return consumer.error();
    return std::unique_ptr<Cursor>(
        new KafkaCursor(std::move(*consumer), inside_->partitions, inside_->tails));
}

Result<std::unique_ptr<KafkaLog>> open_kafka(const KafkaOptions& options) {
    const auto deadline = std::chrono::steady_clock::now() + options.patience;
    auto inside = std::make_unique<KafkaLog::Inside>();
    inside->options = options;
    inside->topic = ledger_topic(options);
    auto asking = make_asking_client(options, inside->asking_events);
    if (!asking) return asking.error();
    inside->asking = std::move(*asking);
    auto* client = inside->asking.get();
    const auto facts =
        describe_topic(client, options, inside->asking_events, inside->topic, deadline);
    if (!facts) return facts.error();
    if (!*facts)
        return error(kLogMissing,
                     fmt::format("there is no ledger at {}: topic {} doesn't exist: make it with "
                                 "`benefits create --kafka {}`, or check --kafka",
                                 options.brokers, inside->topic, options.brokers));
    inside->partitions = (*facts)->partitions;
    inside->tails = std::make_shared<Tails>(inside->partitions, inside->notices);
    inside->asking_topic.reset(rd_kafka_topic_new(client, inside->topic.c_str(), nullptr));
    if (options.check_settings) {
        if (auto checked = check_settings(client, options, inside->asking_events, inside->topic,
                                          ledger_requirements(**facts), deadline);
            !checked)
            return checked.error();
        inside->watch.emplace(client, inside->options, inside->asking_events, inside->partitions,
                              *inside->notices);
    }
    auto producer = KafkaProducer::make(options, inside->topic, inside->partitions,
                                        *inside->notices, [watch = &inside->watch] {
                                            if (*watch) (*watch)->look_soon();
                                        });
    if (!producer) return producer.error();
    inside->producer = std::move(*producer);
    inside->ends.emplace(client, inside->topic, inside->tails);
    return std::unique_ptr<KafkaLog>(new KafkaLog(std::move(inside)));
}

}  // namespace ledger::log
