// What the embedded ledger keeps clean, Kafka's topics keep clean too [SWK-05, LED-06]: every key,
// value and header of the ledger's and of the keys' topic, and the node's own folder.
#include "consumers/create_ledger.h"
#include "tests/consumers/planted.h"
#include "tests/events/log/kafka_broker.h"
#include "tests/events/log/kafka_bytes.h"
#include "tests/support/catch.h"
#include "tests/support/stored_bytes.h"
#include "tests/support/temp_dir.h"

namespace ledger::tests {
namespace {

constexpr std::uint32_t kPartitions = 2;

class KafkaSandbox {
public:
    KafkaSandbox() {
        place_.directory = folder_ / "node";
        place_.brokers = options_.brokers;
        place_.topic_prefix = options_.topic_prefix;
        place_.patience = options_.patience;
        CreateSettings settings;
        settings.partitions = kPartitions;
        settings.sandbox = true;
        settings.clock = *parse_date("2020-09-01");
        const auto made = create_ledger(place_, settings);
        if (!made) FAIL(made.error().message);
    }
    const LedgerPlace& place() const { return place_; }

    Finds search() const {
        Finds finds;
        const auto look = [&](const std::string& where, std::string_view bytes) {
            finds.look(where, bytes);
        };
        CHECK(for_each_record(options_, log::ledger_topic(options_), kPartitions, look) > 0);
        CHECK(for_each_record(options_, log::keys_topic(options_), 1, look) > 0);
        for_each_stored(place_.directory, look);
        finds.look_into_records(place_);
        return finds;
    }

private:
    log::KafkaOptions options_ = new_ledger_options();
    TempDir folder_;
    LedgerPlace place_;
};

}  // namespace

TEST_CASE("No planted secret stands in the clear in a topic or in a node's folder", "[SWK-05]") {
    const KafkaSandbox sandbox;
    {
        Running run(sandbox.place());
        plant(run);
    }
    const Finds finds = sandbox.search();
    INFO(finds.text());
    CHECK(finds.empty());
}

TEST_CASE("A secret that was planted in the clear is found in the ledger's topic", "[SWK-05]") {
    const KafkaSandbox sandbox;
    {
        Running run(sandbox.place());
        plant(run);
        plant_in_the_clear(run);
    }
    const Finds finds = sandbox.search();
    CHECK(finds.any_in(sandbox.place().topic_prefix));
    CHECK(finds.any_in("record:"));
    CHECK(finds.any_in("views/partners, value"));
}

}  // namespace ledger::tests
