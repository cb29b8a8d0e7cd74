// librdkafka's mock cluster: one broker in this process that can be taken down and made to refuse.
// Keeps 5 MiB a partition, knows no CreateTopics and no DescribeConfigs.
#pragma once

#include <cstdint>
#include <memory>

#include "events/log/kafka/kafka_options.h"

namespace ledger::tests {

class KafkaMock {
public:
    explicit KafkaMock(std::uint32_t partitions);
    ~KafkaMock();

    // Of a log on it: its topic is there, doubts come within a second.
    log::KafkaOptions options() const;

    void take_down();
    void bring_up();
    // The next produce request is answered with a broken sequence, which kills an idempotent
    // producer.
    void break_the_sequence();

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace ledger::tests
