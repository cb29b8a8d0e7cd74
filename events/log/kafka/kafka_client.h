// A librdkafka handle made from our options, and what it last complained about.
//
// librdkafka's log lines go nowhere, but the last trouble is kept for error sentences. The variable
// BENEFITS_KAFKA_DEBUG in the environment sends them to stderr; a value other than 1 is taken for
// librdkafka's `debug` contexts (such as "broker,msg").
#pragma once

#include <functional>
#include <initializer_list>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include "events/log/kafka/kafka_options.h"
#include "events/log/kafka/rdkafka_ptr.h"
#include "events/result.h"
#include "events/retry.h"

namespace ledger::log::kafka {

constexpr std::size_t kErrorMaxBytes = 512;  // of a sentence by librdkafka

// What a handle calls back. Must outlive the handle's destruction, which is bounded: after that
// nothing is called any more (abandoned.h).
class ClientEvents {
public:
    // From the thread that polls the handle. `delivered` gets failures only, unless the client asks
    // for all (delivery.report.only.error).
    std::function<void(const rd_kafka_message_t&)> delivered;
    std::function<void(const std::string& why)> fatal;

    void remember(std::string_view trouble);
    // "127.0.0.1:9/bootstrap: Connect to ipv4#127.0.0.1:9 failed: Connection refused ...", or "".
    std::string last_trouble() const;

private:
    mutable std::mutex mutex_;
    std::string last_trouble_;
};

using Settings = std::initializer_list<std::pair<const char*, std::string>>;

// `usual` may be overridden by the options' settings, `fixed` may not. Error: also a limit on
// address space (RLIMIT_AS) below 2 GiB, for librdkafka ends the process when it can't make a
// thread.
Result<HandlePtr> make_client(rd_kafka_type_t type, const KafkaOptions& options, Settings usual,
                              Settings fixed, ClientEvents& events);

// For questions only: metadata, settings, ends of partitions. A consumer by type, because a
// producer's question for a topic that isn't there makes brokers create it.
Result<HandlePtr> make_asking_client(const KafkaOptions& options, ClientEvents& events);

// "no broker answers at 127.0.0.1:9 (Connection refused): start one or check --kafka"
Error no_broker(const KafkaOptions& options, const ClientEvents& events);

// True for what passes by itself: a broker away, an election, a time-out.
bool is_transient(rd_kafka_resp_err_t code);

// Serves the handle for the loop's next pause, or to the deadline.
void wait(rd_kafka_t* client, RetryPause& pause, std::chrono::steady_clock::time_point deadline);

// At least 0, for librdkafka's int time-outs.
int milliseconds_until(std::chrono::steady_clock::time_point deadline);

}  // namespace ledger::log::kafka
