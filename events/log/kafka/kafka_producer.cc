#include "events/log/kafka/kafka_producer.h"

#include <fmt/format.h>

#include <bit>

#include "events/check.h"
#include "events/limits.h"

namespace ledger::log::kafka {
namespace {

using namespace std::chrono_literals;

// A closing record should get out, but nobody waits long for a broker that is away.
constexpr auto kCloseMax = 2000ms;
// Back-pressure: how long an append waits for room in librdkafka's queue.
constexpr auto kRoomMax = 1000ms;
constexpr auto kRoomPause = 1ms;
constexpr auto kRoomPauseMax = 50ms;
// A producer that lived so long was no failure from the start.
constexpr auto kLivedLong = 60s;
// An append must not wait for a broker that is away as long as an opening may.
constexpr auto kRenewMax = 2000ms;
constexpr int kServeMs = 1000;

int partition_number(PartitionId partition) { return static_cast<int>(number(partition)); }

}  // namespace

ProducerClient::ProducerClient(HandlePtr handle, TopicPtr topic)
    : handle_(std::move(handle)),
      topic_(std::move(topic)),
      main_queue_(rd_kafka_queue_get_main(handle_.get())),
      serving_([this](const std::stop_token& stop) {
          while (!stop.stop_requested()) rd_kafka_poll(handle_.get(), kServeMs);
      }) {}

ProducerClient::~ProducerClient() {
    serving_.request_stop();
    rd_kafka_queue_yield(main_queue_.get());
    serving_.join();
    const auto deadline = std::chrono::steady_clock::now() + kCloseMax;
    while (!is_dead() && rd_kafka_outq_len(handle_.get()) > 0 && milliseconds_until(deadline) > 0)
        rd_kafka_poll(handle_.get(), 1);
    rd_kafka_purge(handle_.get(), RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT |
                                      RD_KAFKA_PURGE_F_NON_BLOCKING);
}

bool ProducerClient::is_dead() const {
    return rd_kafka_fatal_error(handle_.get(), nullptr, 0) != RD_KAFKA_RESP_ERR_NO_ERROR;
}

Result<std::unique_ptr<ProducerClient>> ProducerClient::make(const KafkaOptions& options,
                                                             const std::string& topic,
                                                             bool only_failures,
                                                             ClientEvents& events) {
    auto handle = make_client(
        RD_KAFKA_PRODUCER, options,
        {{"queue.buffering.max.messages", "1000000"}, {"queue.buffering.max.kbytes", "1048576"}},
        {{"enable.idempotence", "true"},
         {"acks", "all"},
         {"linger.ms", "0"},
         {"message.max.bytes", "1000000"},  // a batch, too: below the topic's max.message.bytes
         {"message.timeout.ms", std::to_string(options.message_timeout.count())},
         {"delivery.report.only.error", only_failures ? "true" : "false"}},
        events);
    if (!handle) return handle.error();
    TopicPtr local(rd_kafka_topic_new(handle->get(), topic.c_str(), nullptr));
    if (!local) return error(rd_kafka_err2str(rd_kafka_last_error()));
    const rd_kafka_metadata_t* raw = nullptr;
    const auto patience = static_cast<int>(options.patience.count());
    if (rd_kafka_metadata(handle->get(), 0, local.get(), &raw, patience))
        return no_broker(options, events);
    const MetadataPtr metadata(raw);
    return std::unique_ptr<ProducerClient>(
        new ProducerClient(std::move(*handle), std::move(local)));
}

Result<void> ProducerRenewals::begin(const std::string& topic, const ClientEvents& events) {
    const auto now = std::chrono::steady_clock::now();
    if (now < not_before_)
        return no_answer(
            fmt::format("topic {} takes no records now: its producer was lost ({}) and is "
                        "made again in a moment",
                        topic, events.last_trouble()));
    if (now > not_before_ + kLivedLong) pause_.reset();
    not_before_ = now + pause_.next();
    return {};
}

KafkaProducer::KafkaProducer(const KafkaOptions& options, std::string topic,
                             std::uint32_t partitions, NoticeBox& notices,
                             std::function<void()> refused)
    : options_(options),
      topic_(std::move(topic)),
      notices_(notices),
      refused_(std::move(refused)),
      doubts_(partitions) {
    events_.delivered = [this](const rd_kafka_message_t& message) { on_failure(message); };
    events_.fatal = [this](const std::string& why) { on_fatal(why); };
}

Result<std::unique_ptr<KafkaProducer>> KafkaProducer::make(const KafkaOptions& options,
                                                           std::string topic,
                                                           std::uint32_t partitions,
                                                           NoticeBox& notices,
                                                           std::function<void()> refused) {
    std::unique_ptr<KafkaProducer> producer(
        new KafkaProducer(options, std::move(topic), partitions, notices, std::move(refused)));
    auto client = ProducerClient::make(options, producer->topic_, true, producer->events_);
    if (!client) return client.error();
    producer->client_ = std::move(*client);
    return producer;
}

Result<void> KafkaProducer::renew() {
    if (auto begun = renewals_.begin(topic_, events_); !begun) return begun;
    refused_();
    // Its own call may still wait in a queue that nobody will serve.
    if (client_) on_fatal(events_.last_trouble());
    client_.reset();  // first: nothing of it is handed to a socket any more
    KafkaOptions options = options_;
    options.patience = std::min<std::chrono::milliseconds>(options.patience, kRenewMax);
    auto client = ProducerClient::make(options, topic_, true, events_);
    if (!client) return client.error();
    client_ = std::move(*client);
    return {};
}

Result<void> KafkaProducer::append(PartitionId partition, std::span<const Bytes> records) {
    if (number(partition) >= doubts_.size())
        return error(fmt::format("topic {} has no partition {}", topic_, number(partition)));
    for (const auto& record : records)
        if (record.size() > limits::kRecordMaxBytes)
            return error(
                fmt::format("a record of {} bytes can't be appended: it may have at most {}",
                            record.size(), limits::kRecordMaxBytes));
    if (records.empty()) return {};
    if (!client_ || client_->is_dead())
        if (auto made = renew(); !made) return made;

    std::uint64_t hand_over_number = 0;
    {
        const std::lock_guard lock(mutex_);
        hand_over_number = ++doubts_[number(partition)].handed_over;
    }
    const auto deadline = std::chrono::steady_clock::now() + kRoomMax;
    auto code = RD_KAFKA_RESP_ERR_NO_ERROR;
    auto left = records;
    RetryPause pause(Retry::hand_over, kRoomPause, kRoomPauseMax);
    while (true) {
        left = left.subspan(hand_over(partition, left, hand_over_number, code));
        if (left.empty()) return {};
        if (code != RD_KAFKA_RESP_ERR__QUEUE_FULL || milliseconds_until(deadline) == 0) break;
        std::this_thread::sleep_for(pause.next());
    }
    const bool some = left.size() < records.size();
    if (some) settled_by_doubt(partition);  // the caller hears it here and now
    return error(fmt::format("topic {} takes no records now: {}", topic_, rd_kafka_err2str(code)),
                 some ? Effect::unknown : Effect::none);
}

// How many of the first were taken. librdkafka copies: one allocation holds its message and our
// bytes, which costs less than a report of each delivery would.
std::size_t KafkaProducer::hand_over(PartitionId partition, std::span<const Bytes> records,
                                     std::uint64_t hand_over_number, rd_kafka_resp_err_t& code) {
    scratch_.assign(records.size(), rd_kafka_message_t{});
    for (std::size_t i = 0; i < records.size(); ++i) {
        // F_COPY: librdkafka only reads from the payload
        scratch_[i].payload = const_cast<std::uint8_t*>(records[i].data());
        scratch_[i].len = records[i].size();
        scratch_[i]._private = std::bit_cast<void*>(hand_over_number);
    }
    const int taken =
        rd_kafka_produce_batch(client_->topic(), partition_number(partition), RD_KAFKA_MSG_F_COPY,
                               scratch_.data(), static_cast<int>(scratch_.size()));
    const auto count = static_cast<std::size_t>(taken);
    if (count < records.size()) {
        // Sizes were checked, so one that is refused means that all after it are.
        for (std::size_t i = 0; i < count; ++i) LEDGER_CHECK(!scratch_[i].err);
        code = scratch_[count].err;
    }
    return count;
}

void KafkaProducer::settled_by_doubt(PartitionId partition) {
    const std::lock_guard lock(mutex_);
    auto& doubt = doubts_[number(partition)];
    doubt.covered = doubt.handed_over;
    doubt.pending = false;
}

void KafkaProducer::on_failure(const rd_kafka_message_t& message) {
    if (!message.err) return;
    refused_();
    const auto partition = static_cast<std::size_t>(message.partition);
    const auto hand_over_number = std::bit_cast<std::uint64_t>(message._private);
    {
        const std::lock_guard lock(mutex_);
        if (partition >= doubts_.size()) return;
        auto& doubt = doubts_[partition];
        if (doubt.pending || hand_over_number <= doubt.covered) return;
        doubt.pending = true;
    }
    Notice notice;
    notice.kind = Notice::Kind::doubt;
    notice.partition = PartitionId{static_cast<std::uint32_t>(partition)};
    notice.why =
        fmt::format("topic {}, partition {}: {}", topic_, partition, rd_kafka_err2str(message.err));
    notices_.put({std::move(notice)});
}

void KafkaProducer::on_fatal(const std::string& why) {
    std::vector<Notice> doubts;
    {
        const std::lock_guard lock(mutex_);
        for (std::uint32_t partition = 0; partition < doubts_.size(); ++partition) {
            auto& doubt = doubts_[partition];
            if (doubt.pending || doubt.handed_over == doubt.covered) continue;
            doubt.pending = true;
            Notice notice;
            notice.kind = Notice::Kind::doubt;
            notice.partition = PartitionId{partition};
            notice.why = fmt::format("the producer of topic {} is lost: {}", topic_, why);
            doubts.push_back(std::move(notice));
        }
    }
    notices_.put(std::move(doubts));
}

}  // namespace ledger::log::kafka
