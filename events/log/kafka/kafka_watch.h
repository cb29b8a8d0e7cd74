// Looks at the topics of a ledger while the log is open: every few seconds, and soon after a broker
// refused something. What was checked at opening may have been changed since: then the log is unfit
// to be written, and when its topic was deleted it is gone. A broker that doesn't answer says
// nothing about either.
#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "events/log/kafka/kafka_client.h"
#include "events/log/kafka/kafka_topics.h"
#include "events/log/kafka/notice_box.h"

namespace ledger::log::kafka {

class KafkaWatch {
public:
    // `partitions` is what the ledger's topic had at opening. Everything given outlives this.
    KafkaWatch(rd_kafka_t* client, const KafkaOptions& options, const ClientEvents& events,
               std::uint32_t partitions, NoticeBox& notices);

    // Any thread, and as often as it likes.
    void look_soon();

private:
    // What a look came to; nothing: no answer.
    struct Looked {
        std::string unfit;  // empty: all is well
        bool gone = false;
    };

    void run(const std::stop_token& stop);
    std::optional<Looked> look() const;
    std::optional<Looked> look_at_keys(Deadline deadline) const;
    std::string wrong_partitions(std::uint32_t found) const;
    void tell(const Looked& looked);

    rd_kafka_t* const client_;
    const KafkaOptions& options_;
    const ClientEvents& events_;
    const std::uint32_t partitions_;
    NoticeBox& notices_;
    bool was_unfit_ = false;
    std::mutex mutex_;
    std::condition_variable_any wanted_;
    bool soon_ = false;
    std::jthread looking_;
};

}  // namespace ledger::log::kafka
