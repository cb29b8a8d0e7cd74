// Where partitions end: asked of the brokers by a thread of its own, answered as notices.
//
// A question is answered by a request that went out after it was asked; all that wait go out in one
// request, so many questions cost no more than one. While the leader of one partition is away, the
// others' answers may wait for its time-out too.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "events/log/kafka/kafka_client.h"
#include "events/log/kafka/tails.h"

namespace ledger::log::kafka {

// The brokers' ends of `partitions`, in their order. Bounded by `patience`; any thread.
Result<std::vector<Position>> query_ends(rd_kafka_t* client, const std::string& topic,
                                         const std::vector<PartitionId>& partitions,
                                         std::chrono::milliseconds patience);

class KafkaEnds {
public:
    // `client` must outlive this.
    KafkaEnds(rd_kafka_t* client, std::string topic, std::shared_ptr<Tails> tails);

    void ask(PartitionId partition, std::uint64_t token);

private:
    struct Question {
        PartitionId partition{};
        std::uint64_t token = 0;
    };

    void run(const std::stop_token& stop);
    std::vector<Notice> answer(const std::vector<Question>& questions);

    rd_kafka_t* const client_;
    const std::string topic_;
    const std::shared_ptr<Tails> tails_;
    std::mutex mutex_;
    std::condition_variable_any asked_;
    std::vector<Question> questions_;
    std::jthread asking_;
};

}  // namespace ledger::log::kafka
