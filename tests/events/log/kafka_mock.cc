#include "tests/events/log/kafka_mock.h"

#include "events/log/kafka/rdkafka_ptr.h"
#include "tests/support/catch.h"

// Needs rdkafka.h before it.
#include <librdkafka/rdkafka_mock.h>

namespace ledger::tests {
namespace {

using namespace std::chrono_literals;

constexpr int kBroker = 1;
constexpr std::int16_t kProduceRequest = 0;

using ClusterPtr =
    std::unique_ptr<rd_kafka_mock_cluster_t, log::kafka::Destroyer<rd_kafka_mock_cluster_destroy>>;

}  // namespace

struct KafkaMock::Inside {
    log::kafka::HandlePtr handle;
    ClusterPtr cluster;
};

KafkaMock::KafkaMock(std::uint32_t partitions) : inside_(std::make_unique<Inside>()) {
    auto* conf = rd_kafka_conf_new();
    rd_kafka_conf_set_log_cb(conf, nullptr);  // it would complain that it has no brokers
    inside_->handle.reset(rd_kafka_new(RD_KAFKA_PRODUCER, conf, nullptr, 0));
    REQUIRE(inside_->handle);
    inside_->cluster.reset(rd_kafka_mock_cluster_new(inside_->handle.get(), kBroker));
    REQUIRE(inside_->cluster);
    rd_kafka_mock_topic_create(inside_->cluster.get(), ledger_topic(options()).c_str(),
                               static_cast<int>(partitions), 1);
}

KafkaMock::~KafkaMock() = default;

log::KafkaOptions KafkaMock::options() const {
    log::KafkaOptions options;
    options.brokers = rd_kafka_mock_cluster_bootstraps(inside_->cluster.get());
    options.patience = 10'000ms;
    options.message_timeout = 500ms;
    options.check_settings = false;
    return options;
}

void KafkaMock::take_down() {
    REQUIRE(!rd_kafka_mock_broker_set_down(inside_->cluster.get(), kBroker));
}

void KafkaMock::bring_up() {
    REQUIRE(!rd_kafka_mock_broker_set_up(inside_->cluster.get(), kBroker));
}

void KafkaMock::break_the_sequence() {
    rd_kafka_mock_push_request_errors(inside_->cluster.get(), kProduceRequest, 1,
                                      RD_KAFKA_RESP_ERR_OUT_OF_ORDER_SEQUENCE_NUMBER);
}

}  // namespace ledger::tests
