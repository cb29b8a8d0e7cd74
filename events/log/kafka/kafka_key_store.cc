#include "events/log/kafka/kafka_key_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <bit>
#include <condition_variable>
#include <mutex>
#include <unordered_map>

#include "events/crash_point.h"
#include "events/log/kafka/kafka_consumer.h"
#include "events/log/kafka/kafka_ends.h"
#include "events/log/kafka/kafka_producer.h"
#include "events/log/kafka/kafka_topics.h"
#include "events/log/kafka/key_table.h"

namespace ledger::log {

using namespace kafka;
using namespace std::chrono_literals;

namespace {

constexpr PartitionId kPartition{0};
constexpr std::size_t kPollMaxRecords = 4096;
// librdkafka's report of a time-out may be a little late.
constexpr auto kReportSlack = 2000ms;
// How soon a wait for the brokers ends when nobody wants to wait any more.
constexpr std::chrono::milliseconds kLookMax = 500ms;
constexpr std::chrono::milliseconds kAskAgain = 100ms;

Error doubted(ErrorCode code, const std::string& what) {
    return error(code, what +
                           "; what is sealed may not open, and nothing is written: bring the "
                           "ledger's own keys back");
}

KafkaOptions with_patient_messages(KafkaOptions options) {
    options.message_timeout = options.keys_patience;
    return options;
}

}  // namespace

struct KafkaKeyStore::Inside {
    struct Delivery {
        bool done = false;
        rd_kafka_resp_err_t code = RD_KAFKA_RESP_ERR_NO_ERROR;
        bool may_be_there = true;
        std::int64_t offset = -1;
    };

    Inside(const KafkaOptions& given, Id128 the_ledger)
        : options(with_patient_messages(given)), ledger(the_ledger), topic(keys_topic(given)) {}

    Result<void> open();
    Result<void> read_what_is_left(const Error& failure);
    void compare();
    Result<void> open_producer();
    Result<void> read_on(std::chrono::milliseconds patience);
    Result<void> catch_up(std::chrono::milliseconds patience);
    Result<std::uint64_t> send(const std::string& name, BytesView value);
    Result<void> send_and_wait(const std::string& name, BytesView value);
    Result<Delivery> wait_for(std::uint64_t token);
    void on_delivery(const rd_kafka_message_t& message);

    const KafkaOptions options;
    const Id128 ledger;
    const std::string topic;

    mutable std::mutex doubting;
    std::optional<Error> doubt;

    std::atomic<bool> hurried{false};  // nothing waits

    mutable std::mutex reading;  // table, consumer
    KeyTable table;
    ClientEvents asking_events;
    HandlePtr asking;
    TopicPtr asking_topic;
    std::unique_ptr<KafkaConsumer> consumer;  // null: there is no topic, see `doubt`

    std::mutex waiting;  // deliveries; taken by the producer's own thread too
    std::condition_variable delivered;
    std::unordered_map<std::uint64_t, Delivery> deliveries;
    std::mutex sending;  // last_token, producer
    std::uint64_t last_token = 0;
    ClientEvents producer_events;
    ProducerRenewals renewals;
    std::unique_ptr<ProducerClient> producer;
};

Result<void> KafkaKeyStore::Inside::open() {
    const auto deadline = std::chrono::steady_clock::now() + options.patience;
    auto client = make_asking_client(options, asking_events);
    if (!client) return client.error();
    asking = std::move(*client);
    const auto facts = describe_topic(asking.get(), options, asking_events, topic, deadline);
    if (!facts) return facts.error();
    if (!*facts) {
        doubt = doubted(kKeysMissing,
                        fmt::format("the ledger's keys are not at {}: topic {} doesn't exist",
                                    options.brokers, topic));
        return {};
    }
    if (options.check_settings)
        if (auto checked = check_settings(asking.get(), options, asking_events, topic,
                                          keys_requirements(**facts), deadline);
            !checked)
            return checked;
    asking_topic.reset(rd_kafka_topic_new(asking.get(), topic.c_str(), nullptr));

    const ReadFrom from{kPartition, Position{0}};
    auto reader = KafkaConsumer::make(options, topic, {&from, 1});
    if (!reader) return reader.error();
    consumer = std::move(*reader);
    producer_events.delivered = [this](const rd_kafka_message_t& message) { on_delivery(message); };
    if (auto made = open_producer(); !made) return made;
    auto read = catch_up(options.patience);
    if (read || read.error().no_answer) return read;
    return read_what_is_left(read.error());
}

// Of a topic whose beginning is gone.
Result<void> KafkaKeyStore::Inside::read_what_is_left(const Error& failure) {
    std::int64_t low = 0, high = 0;
    if (rd_kafka_query_watermark_offsets(asking.get(), topic.c_str(),
                                         static_cast<std::int32_t>(number(kPartition)), &low, &high,
                                         static_cast<int>(options.patience.count())) ||
        low <= 0)
        return failure;
    const ReadFrom from{kPartition, Position{static_cast<std::uint64_t>(low)}};
    auto reader = KafkaConsumer::make(options, topic, {&from, 1});
    if (!reader) return reader.error();
    consumer = std::move(*reader);
    doubt =
        doubted(kKeysOlder, fmt::format("topic {} at {} begins at position {}: it was truncated",
                                        topic, options.brokers, low));
    return catch_up(options.patience);
}

// Whether it is this ledger's topic.
void KafkaKeyStore::Inside::compare() {
    if (!doubt && !table.is_of(ledger))
        doubt =
            doubted(kKeysOfAnotherLedger,
                    fmt::format("topic {} at {} is not that of the keys of ledger {}, which the "
                                "log is of: it is another ledger's, or was made anew",
                                topic, options.brokers, to_hex(ledger)));
}

Result<void> KafkaKeyStore::Inside::open_producer() {
    producer.reset();
    auto made = ProducerClient::make(options, topic, false, producer_events);
    if (!made) return made.error();
    producer = std::move(*made);
    return {};
}

Result<void> KafkaKeyStore::Inside::read_on(std::chrono::milliseconds patience) {
    if (!consumer) return {};
    while (true) {
        const auto messages = consumer->poll(patience, kPollMaxRecords);
        if (!messages) return messages.error();
        for (const auto& message : *messages) {
            std::optional<BytesView> value;
            if (message->payload)
                value = BytesView{static_cast<const std::uint8_t*>(message->payload), message->len};
            const auto position = static_cast<std::uint64_t>(message->offset);
            table.apply({static_cast<const char*>(message->key), message->key_len}, value,
                        position);
        }
        if (messages->size() < kPollMaxRecords) return {};
        patience = 0ms;
    }
}

Result<void> KafkaKeyStore::Inside::catch_up(std::chrono::milliseconds patience) {
    if (!consumer) return {};
    const auto deadline = std::chrono::steady_clock::now() + patience;
    std::optional<Position> end;
    while (!end || consumer->reached(kPartition) < *end) {
        const auto left = std::chrono::milliseconds(milliseconds_until(deadline));
        if (left == 0ms || hurried) return no_broker(options, asking_events);
        const auto look = std::min(left, kLookMax);
        if (end) {
            if (auto read = read_on(look); !read) return read;
            continue;
        }
        const auto ends = query_ends(asking.get(), topic, {kPartition}, look);
        if (ends)
            end = ends->front();
        else if (auto read = read_on(std::min(look, kAskAgain)); !read)
            return read;
    }
    return {};
}

Result<std::uint64_t> KafkaKeyStore::Inside::send(const std::string& name, BytesView value) {
    const std::lock_guard lock(sending);
    if (!producer || producer->is_dead()) {
        if (auto begun = renewals.begin(topic, producer_events); !begun) return begun.error();
        if (auto made = open_producer(); !made) return made.error();
    }
    const std::uint64_t token = ++last_token;
    {
        const std::lock_guard waiting_lock(waiting);
        deliveries[token] = {};
    }
    // F_COPY: librdkafka only reads from the payload.
    void* payload = const_cast<std::uint8_t*>(value.data());
    if (rd_kafka_produce(producer->topic(), static_cast<std::int32_t>(number(kPartition)),
                         RD_KAFKA_MSG_F_COPY, payload, value.size(), name.data(), name.size(),
                         std::bit_cast<void*>(token)) == 0)
        return token;
    const auto code = rd_kafka_last_error();
    const std::lock_guard waiting_lock(waiting);
    deliveries.erase(token);
    return no_answer(fmt::format("topic {} takes no keys now: {}", topic, rd_kafka_err2str(code)));
}

Result<KafkaKeyStore::Inside::Delivery> KafkaKeyStore::Inside::wait_for(std::uint64_t token) {
    std::unique_lock lock(waiting);
    delivered.wait_for(lock, options.message_timeout + kReportSlack,
                       [&] { return deliveries[token].done || hurried; });
    const Delivery delivery = deliveries[token];
    deliveries.erase(token);
    if (delivery.done && !delivery.code) return delivery;
    return no_answer(
        fmt::format("topic {} didn't take a key: {}: look at the brokers and try again", topic,
                    delivery.done ? rd_kafka_err2str(delivery.code) : "no answer"),
        delivery.may_be_there ? Effect::unknown : Effect::none);
}

// What was acknowledged is read back, so that the table knows it.
Result<void> KafkaKeyStore::Inside::send_and_wait(const std::string& name, BytesView value) {
    const auto token = send(name, value);
    if (!token) return token.error();
    if (const auto delivery = wait_for(*token); !delivery) return delivery.error();
    const std::lock_guard lock(reading);
    return catch_up(options.keys_patience);
}

void KafkaKeyStore::Inside::on_delivery(const rd_kafka_message_t& message) {
    const std::lock_guard lock(waiting);
    const auto found = deliveries.find(std::bit_cast<std::uint64_t>(message._private));
    if (found == deliveries.end()) return;
    found->second.done = true;
    found->second.code = message.err;
    found->second.may_be_there =
        rd_kafka_message_status(&message) != RD_KAFKA_MSG_STATUS_NOT_PERSISTED;
    found->second.offset = message.offset;
    delivered.notify_all();
}

KafkaKeyStore::KafkaKeyStore(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
KafkaKeyStore::~KafkaKeyStore() = default;

Result<std::optional<KeyStore::WrappedKey>> KafkaKeyStore::find(std::string_view subject) {
    const std::lock_guard lock(inside_->reading);
    if (auto read = inside_->read_on(0ms); !read) return read.error();
    return inside_->table.find(subject);
}

Result<std::optional<KeyStore::WrappedKey>> KafkaKeyStore::find(Id128 id) {
    const std::lock_guard lock(inside_->reading);
    if (auto read = inside_->read_on(0ms); !read) return read.error();
    if (auto key = inside_->table.find(id)) return key;
    if (auto read = inside_->catch_up(inside_->options.keys_patience); !read) return read.error();
    return inside_->table.find(id);
}

Result<bool> KafkaKeyStore::was_destroyed(Id128 id) {
    const std::lock_guard lock(inside_->reading);
    if (auto read = inside_->read_on(0ms); !read) return read.error();
    return inside_->table.was_destroyed(id);
}

std::optional<Error> KafkaKeyStore::doubt() const {
    const std::lock_guard lock(inside_->doubting);
    return inside_->doubt;
}

void KafkaKeyStore::cast_doubt(const Error& why) {
    const std::lock_guard lock(inside_->doubting);
    if (!inside_->doubt) inside_->doubt = why;
}

std::optional<KeyChange> KafkaKeyStore::newest() const {
    const std::lock_guard lock(inside_->reading);
    return inside_->table.newest();
}

Result<bool> KafkaKeyStore::has(const KeyChange& change) {
    const auto found = find(change.key);
    if (!found) return found.error();
    const auto destroyed = was_destroyed(change.key);
    if (!destroyed) return destroyed.error();
    return *destroyed || (found->has_value() && !change.destroyed);
}

Result<void> KafkaKeyStore::put(std::string_view subject, const WrappedKey& key) {
    if (const auto why = doubt()) return *why;
    const auto token = inside_->send(key_name(subject, key.id), key.wrapped);
    if (!token) return token.error();
    const auto delivery = inside_->wait_for(*token);
    if (!delivery) return delivery.error();
    LEDGER_CRASH_POINT(key_stored);
    const std::lock_guard lock(inside_->reading);
    // An acknowledgement of a repeated send doesn't tell where the first one stands.
    if (delivery->offset < 0) return inside_->catch_up(inside_->options.keys_patience);
    inside_->table.put(subject, key, static_cast<std::uint64_t>(delivery->offset));
    return {};
}

void KafkaKeyStore::stop_waiting() {
    inside_->hurried = true;
    const std::lock_guard lock(inside_->waiting);
    inside_->delivered.notify_all();
}

Result<void> KafkaKeyStore::each(const Visit& visit) {
    std::vector<std::pair<std::string, WrappedKey>> keys;
    {
        const std::lock_guard lock(inside_->reading);
        if (auto read = inside_->catch_up(inside_->options.keys_patience); !read) return read;
        keys = inside_->table.all();
    }
    for (const auto& [subject, key] : keys)
        if (const auto visited = visit(subject, key); !visited) return visited;
    return {};
}

Result<void> KafkaKeyStore::each_destroyed(const VisitDestroyed& visit) {
    std::vector<Id128> destroyed;
    {
        const std::lock_guard lock(inside_->reading);
        if (auto read = inside_->catch_up(inside_->options.keys_patience); !read) return read;
        destroyed.assign(inside_->table.destroyed().begin(), inside_->table.destroyed().end());
    }
    for (const Id128 id : destroyed)
        if (const auto visited = visit(id); !visited) return visited;
    return {};
}

Result<void> KafkaKeyStore::put_destroyed(Id128 id) {
    if (const auto why = doubt()) return *why;
    return inside_->send_and_wait(key_name(kDestroyedValue, id), view_of(kDestroyedValue));
}

Result<void> KafkaKeyStore::destroy(std::string_view subject) {
    if (const auto why = doubt()) return *why;
    std::vector<Id128> ids;
    {
        const std::lock_guard lock(inside_->reading);
        if (auto read = inside_->catch_up(inside_->options.keys_patience); !read) return read;
        ids = inside_->table.ids_of(subject);
    }
    std::vector<std::uint64_t> tokens;
    Result<void> outcome;
    for (const auto id : ids) {
        const auto token = inside_->send(key_name(subject, id), view_of(kDestroyedValue));
        if (!token) {
            outcome = token.error();
            break;
        }
        tokens.push_back(*token);
    }
    for (const auto token : tokens)
        if (const auto delivery = inside_->wait_for(token); !delivery) outcome = delivery.error();
    if (!outcome) return outcome;
    const std::lock_guard lock(inside_->reading);
    return inside_->catch_up(inside_->options.keys_patience);
}

Result<std::unique_ptr<KafkaKeyStore>> open_kafka_keys(const KafkaOptions& options, Id128 ledger) {
    auto inside = std::make_unique<KafkaKeyStore::Inside>(options, ledger);
    if (auto opened = inside->open(); !opened) return opened.error();
    inside->compare();
    return std::unique_ptr<KafkaKeyStore>(new KafkaKeyStore(std::move(inside)));
}

Result<void> claim_kafka_keys(const KafkaOptions& options, Id128 ledger) {
    KafkaKeyStore::Inside inside(options, ledger);
    if (auto opened = inside.open(); !opened) return opened;
    if (inside.doubt) return *inside.doubt;
    if (inside.table.is_of(ledger)) return {};
    if (!inside.table.empty())
        return error(kKeysOfAnotherLedger,
                     fmt::format("topic {} at {} holds keys of another ledger: name other topics",
                                 inside.topic, options.brokers));
    return inside.send_and_wait(whose_name(ledger), view_of(to_hex(ledger)));
}

}  // namespace ledger::log
