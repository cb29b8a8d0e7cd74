#include "events/log/kafka/kafka_client.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <thread>

#include "events/log/kafka/abandoned.h"
#include "events/log/log.h"
#include "events/printable.h"

namespace ledger::log {

std::string ledger_topic(const KafkaOptions& options) {
    return options.topic_prefix + ".ledger.v1";
}
std::string keys_topic(const KafkaOptions& options) { return options.topic_prefix + ".keys.v1"; }

namespace kafka {
namespace {

constexpr int kSyslogWarning = 4;
// How long a handle may take to end; the ones behind one that didn't get less.
constexpr std::chrono::milliseconds kDestroyMax{2'000};
constexpr std::chrono::milliseconds kDestroyNextMax{300};

std::atomic<std::size_t> abandoned{0};

// The clients of one opened ledger take 1.4 GiB of address space, nearly all of it stacks and
// arenas that nobody touches. librdkafka aborts the process, or waits for ever, where it can't have
// a thread.
constexpr rlim_t kAddressSpaceMinMebibytes = 2'048;

Result<void> address_space_suffices() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return {};
    const rlim_t mebibytes = limit.rlim_cur >> 20;
    if (mebibytes >= kAddressSpaceMinMebibytes) return {};
    return error(
        fmt::format("this process may use {} MiB of address space, and a ledger on Kafka needs {}: "
                    "raise the limit "
                    "(ulimit -v), or limit the memory by its control group instead",
                    mebibytes, kAddressSpaceMinMebibytes));
}

// The opaque of a handle: cut when the handle is abandoned. A callback may log, and so come here
// within itself.
class Relay {
public:
    explicit Relay(ClientEvents& to) : to_(&to) {}

    template <typename Call>
    void pass(Call call) {
        const std::lock_guard lock(mutex_);
        if (to_) call(*to_);
    }
    void cut() {
        const std::lock_guard lock(mutex_);
        to_ = nullptr;
    }

private:
    std::recursive_mutex mutex_;
    ClientEvents* to_;
};

const char* debug_contexts() { return std::getenv("BENEFITS_KAFKA_DEBUG"); }

void on_log(const rd_kafka_t* handle, int level, const char* facility, const char* text) {
    if (debug_contexts())
        std::fprintf(stderr, "kafka %d %s: %s\n", level, facility, printable(text).c_str());
    if (!handle || level > kSyslogWarning) return;
    if (auto* relay = static_cast<Relay*>(rd_kafka_opaque(handle)))
        relay->pass([&](ClientEvents& events) { events.remember(text); });
}

void on_error(rd_kafka_t* handle, int code, const char* reason, void* opaque) {
    static_cast<Relay*>(opaque)->pass([&](ClientEvents& events) {
        if (code == RD_KAFKA_RESP_ERR__FATAL) {
            std::array<char, kErrorMaxBytes> text{};
            rd_kafka_fatal_error(handle, text.data(), text.size());
            events.remember(text.data());
            if (events.fatal) events.fatal(text.data());
        } else if (code != RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN) {  // the cause was told before
            events.remember(reason);
        }
    });
}

void on_delivery(rd_kafka_t*, const rd_kafka_message_t* message, void* opaque) {
    static_cast<Relay*>(opaque)->pass([&](ClientEvents& events) {
        if (events.delivered) events.delivered(*message);
    });
}

Result<void> set(rd_kafka_conf_t* conf, const char* name, const std::string& value) {
    std::array<char, kErrorMaxBytes> text{};
    const auto done = rd_kafka_conf_set(conf, name, value.c_str(), text.data(), text.size());
    if (done == RD_KAFKA_CONF_OK) return {};
    return error(kUnknownSetting,
                 fmt::format("librdkafka refuses the setting {}={}: {}", name, value, text.data()));
}

// Settings that only newer versions know.
void set_if_known(rd_kafka_conf_t* conf, const char* name, const char* value) {
    std::array<char, kErrorMaxBytes> text{};
    rd_kafka_conf_set(conf, name, value, text.data(), text.size());
}

Result<void> set_all(rd_kafka_conf_t* conf, Settings settings) {
    for (const auto& [name, value] : settings)
        if (auto done = set(conf, name, value); !done) return done;
    return {};
}

// "(Connection refused)" out of librdkafka's long lines, or the line itself.
std::string cause_of(std::string trouble) {
    if (const auto failed = trouble.find("failed: "); failed != std::string::npos)
        trouble.erase(0, failed + std::string_view("failed: ").size());
    if (const auto after = trouble.find(" (after "); after != std::string::npos)
        trouble.resize(after);
    return trouble;
}

}  // namespace

// A consumer isn't closed in good order: it has no group to leave, and closing can wait for a
// coordinator that is down.
void destroy_handle(rd_kafka_t* handle) {
    struct Ending {
        std::mutex mutex;
        std::condition_variable ended;
        bool done = false;
    };
    const auto ending = std::make_shared<Ending>();
    auto* const relay = static_cast<Relay*>(rd_kafka_opaque(handle));
    std::thread destroying([handle, ending] {
        rd_kafka_destroy_flags(handle, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
        const std::lock_guard lock(ending->mutex);
        ending->done = true;
        ending->ended.notify_all();
    });
    std::unique_lock lock(ending->mutex);
    if (ending->ended.wait_for(lock, abandoned == 0 ? kDestroyMax : kDestroyNextMax,
                               [&] { return ending->done; })) {
        lock.unlock();
        destroying.join();
        delete relay;
        return;
    }
    destroying.detach();
    ++abandoned;
    relay->cut();
}

void ClientEvents::remember(std::string_view trouble) {
    const std::lock_guard lock(mutex_);
    last_trouble_ = trouble;
}

std::string ClientEvents::last_trouble() const {
    const std::lock_guard lock(mutex_);
    return last_trouble_;
}

Result<HandlePtr> make_client(rd_kafka_type_t type, const KafkaOptions& options, Settings usual,
                              Settings fixed, ClientEvents& events) {
    if (auto suffices = address_space_suffices(); !suffices) return suffices.error();
    ConfPtr conf(rd_kafka_conf_new());
    const Settings common = {
        {"client.id", "benefits-ledger"},
        {"socket.keepalive.enable", "true"},
        {"socket.timeout.ms", "10000"},        // notices a cut-off broker; 60 s by default
        {"reconnect.backoff.max.ms", "1000"},  // a broker that is back is used soon; 10 s by
                                               // default
        {"log.connection.close", "false"},
    };
    if (auto done = set_all(conf.get(), common); !done) return done.error();
    if (auto done = set_all(conf.get(), usual); !done) return done.error();
    for (const auto& [name, value] : options.settings)
        if (auto done = set(conf.get(), name.c_str(), value); !done) return done.error();
    if (auto done = set_all(conf.get(), fixed); !done) return done.error();
    if (auto done = set_all(
            conf.get(), {{"bootstrap.servers", options.brokers}, {"socket.nagle.disable", "true"}});
        !done)
        return done.error();
    set_if_known(conf.get(), "enable.metrics.push", "false");  // from 2.5
    // From 2.2: how soon a full queue is looked at again, a second by default.
    if (type == RD_KAFKA_CONSUMER) set_if_known(conf.get(), "fetch.queue.backoff.ms", "5");
    if (const char* contexts = debug_contexts(); contexts && std::string_view(contexts) != "1")
        if (auto done = set(conf.get(), "debug", contexts); !done) return done.error();

    rd_kafka_conf_set_log_cb(conf.get(), on_log);
    rd_kafka_conf_set_error_cb(conf.get(), on_error);
    if (type == RD_KAFKA_PRODUCER) rd_kafka_conf_set_dr_msg_cb(conf.get(), on_delivery);
    auto relay = std::make_unique<Relay>(events);
    rd_kafka_conf_set_opaque(conf.get(), relay.get());

    std::array<char, kErrorMaxBytes> text{};
    HandlePtr handle(rd_kafka_new(type, conf.get(), text.data(), text.size()));
    if (!handle) return error(fmt::format("librdkafka can't start a client: {}", text.data()));
    static_cast<void>(conf.release());   // the handle owns it now
    static_cast<void>(relay.release());  // destroy_handle deletes it
    return handle;
}

Result<HandlePtr> make_asking_client(const KafkaOptions& options, ClientEvents& events) {
    return make_client(RD_KAFKA_CONSUMER, options, {},
                       {{"allow.auto.create.topics", "false"},
                        // An end is the end of what was written, also behind an open transaction.
                        {"isolation.level", "read_uncommitted"}},
                       events);
}

Error no_broker(const KafkaOptions& options, const ClientEvents& events) {
    const std::string cause = cause_of(events.last_trouble());
    return no_answer(fmt::format("no broker answers at {}{}: start one or check --kafka",
                                 options.brokers, cause.empty() ? cause : " (" + cause + ")"));
}

bool is_transient(rd_kafka_resp_err_t code) {
    switch (code) {
        case RD_KAFKA_RESP_ERR__TRANSPORT:
        case RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN:
        case RD_KAFKA_RESP_ERR__RESOLVE:
        case RD_KAFKA_RESP_ERR__TIMED_OUT:
        case RD_KAFKA_RESP_ERR__TIMED_OUT_QUEUE:
        case RD_KAFKA_RESP_ERR__WAIT_COORD:
        case RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT:
        case RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE:
        case RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION:
        case RD_KAFKA_RESP_ERR_BROKER_NOT_AVAILABLE:
        case RD_KAFKA_RESP_ERR_REPLICA_NOT_AVAILABLE:
        case RD_KAFKA_RESP_ERR_NETWORK_EXCEPTION:
        case RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS:
        case RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE:
        case RD_KAFKA_RESP_ERR_NOT_COORDINATOR:
        case RD_KAFKA_RESP_ERR_NOT_CONTROLLER:
        case RD_KAFKA_RESP_ERR_KAFKA_STORAGE_ERROR:
        case RD_KAFKA_RESP_ERR_FENCED_LEADER_EPOCH:
        case RD_KAFKA_RESP_ERR_UNKNOWN_LEADER_EPOCH:
        case RD_KAFKA_RESP_ERR_OFFSET_NOT_AVAILABLE:
        case RD_KAFKA_RESP_ERR_THROTTLING_QUOTA_EXCEEDED:
            return true;
        default:  // librdkafka's enum, not ours
            return false;
    }
}

void wait(rd_kafka_t* client, RetryPause& pause, std::chrono::steady_clock::time_point deadline) {
    const auto until = std::min(std::chrono::steady_clock::now() + pause.next(), deadline);
    do rd_kafka_poll(client, milliseconds_until(until));
    while (milliseconds_until(until) > 0);
}

int milliseconds_until(std::chrono::steady_clock::time_point deadline) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    return static_cast<int>(
        std::clamp<std::int64_t>(left.count(), 0, std::numeric_limits<int>::max()));
}

}  // namespace kafka

bool has_abandoned_clients() { return kafka::abandoned > 0; }

}  // namespace ledger::log
