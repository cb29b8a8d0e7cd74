#include "events/log/kafka/kafka_create.h"
#include "events/log/kafka/kafka_log.h"
#include "tests/events/log/kafka_broker.h"
#include "tests/events/log/log_contract.h"
#include "tests/support/catch.h"

namespace ledger::tests {
namespace {

class KafkaFixture : public LogFixture {
public:
    std::unique_ptr<log::Log> fresh(std::uint32_t partitions) override {
        options_ = new_ledger_options();
        const auto created = log::create_kafka_topics(options_, partitions);
        INFO((created ? "" : created.error().message));
        REQUIRE(created.ok());
        return open();
    }
    std::unique_ptr<log::Log> reopen() override { return open(); }
    std::unique_ptr<log::Log> another() override { return open(); }

private:
    std::unique_ptr<log::Log> open() {
        auto opened = log::open_kafka(options_);
        INFO((opened ? "" : opened.error().message));
        REQUIRE(opened.ok());
        return std::move(*opened);
    }

    log::KafkaOptions options_;
};

}  // namespace

TEST_CASE("The log on Kafka keeps the contract of every log") {
    KafkaFixture fixture;
    run_log_contract(fixture);
}

}  // namespace ledger::tests
