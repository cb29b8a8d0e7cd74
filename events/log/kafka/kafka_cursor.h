// The log's cursor over librdkafka's consumer: copies each poll's records into one block, aligned,
// so that a reader takes them in place and librdkafka gets its fetch buffers back at once. Outlives
// its log; records outlive both.
#pragma once

#include <memory>
#include <vector>

#include "events/log/kafka/kafka_consumer.h"
#include "events/log/kafka/tails.h"
#include "events/log/log.h"

namespace ledger::log::kafka {

class KafkaCursor : public Cursor {
public:
    KafkaCursor(std::unique_ptr<KafkaConsumer> consumer, std::uint32_t partitions,
                std::shared_ptr<Tails> tails);

    Result<std::vector<ReadBatch>> poll(std::chrono::milliseconds patience,
                                        std::size_t max_records) override;
    void wake() override { consumer_->wake(); }

private:
    const std::shared_ptr<Tails> tails_;
    std::unique_ptr<KafkaConsumer> consumer_;
    std::vector<std::size_t> batch_of_;  // by partition, of the poll under way
};

}  // namespace ledger::log::kafka
