// What only a real broker shows: topics that are refused, logs that were cut, transactions of
// others.
#include "events/log/kafka/kafka_log.h"

#include <algorithm>
#include <thread>

#include "events/log/genesis.h"
#include "events/log/kafka/kafka_create.h"
#include "events/log/log.h"
#include "tests/events/log/kafka_broker.h"
#include "tests/events/log/log_reading.h"
#include "tests/support/catch.h"

namespace ledger::tests {
namespace {

using namespace std::chrono_literals;
using log::Notice;
using Texts = std::vector<std::string>;

std::unique_ptr<log::KafkaLog> open(const log::KafkaOptions& options) {
    auto opened = log::open_kafka(options);
    INFO((opened ? "" : opened.error().message));
    REQUIRE(opened.ok());
    return std::move(*opened);
}

std::unique_ptr<log::KafkaLog> create(const log::KafkaOptions& options, std::uint32_t partitions) {
    const auto created = log::create_kafka_topics(options, partitions);
    INFO((created ? "" : created.error().message));
    REQUIRE(created.ok());
    return open(options);
}

std::unique_ptr<log::Cursor> cursor_at(log::Log& log, std::uint64_t position) {
    const log::ReadFrom from{PartitionId{0}, Position{position}};
    auto cursor = log.read({&from, 1});
    REQUIRE(cursor.ok());
    return std::move(*cursor);
}

// Appends to partition 0 of an empty log and reads back.
void settle(log::Log& log, const Texts& texts) {
    REQUIRE(append_texts(log, 0, texts));
    REQUIRE(texts_of(read_count(*cursor_at(log, 0), texts.size())) == texts);
}

// What a poll says in the end when the log can't be read.
std::optional<Error> failure_of(log::Cursor& cursor) {
    for (int round = 0; round < 100; ++round)
        if (auto batches = cursor.poll(100ms, 100); !batches) return batches.error();
    return {};
}

}  // namespace

TEST_CASE("A topic that could lose history is refused, with the command that mends it") {
    const auto options = new_ledger_options();
    const auto topic = log::ledger_topic(options);
    make_topic(options, topic, 1,
               {{"retention.ms", "1000000"},
                {"cleanup.policy", "compact"},
                {"unclean.leader.election.enable", "true"},
                {"max.message.bytes", "500000"},
                {"retention.bytes", "1000000000"}});
    const auto refused = log::open_kafka(options);
    REQUIRE(!refused.ok());
    const auto& sentence = refused.error().message;
    CHECK(sentence.find("kafka-configs.sh --bootstrap-server " + options.brokers +
                        " --alter --entity-type topics --entity-name " + topic +
                        " --add-config ") != std::string::npos);
    auto mended = configs_command_in(sentence);
    std::sort(mended.begin(), mended.end());
    CHECK(mended == TopicSettings{{"cleanup.policy", "delete"},
                                  {"flush.messages", "1"},
                                  {"max.message.bytes", "1048576"},
                                  {"message.timestamp.type", "LogAppendTime"},
                                  {"retention.bytes", "-1"},
                                  {"retention.ms", "-1"},
                                  {"unclean.leader.election.enable", "false"}});
    set_topic(options, topic, mended);
    CHECK(log::open_kafka(options).ok());
}

TEST_CASE("Creating on a topic with wrong settings leaves it as it is and says how to mend it") {
    const auto options = new_ledger_options();
    make_topic(options, log::ledger_topic(options), 1, {{"retention.ms", "1000000"}});
    const auto created = log::create_kafka_topics(options, 1);
    REQUIRE(!created.ok());
    CHECK(configs_command_in(created.error().message) ==
          TopicSettings{{"retention.ms", "-1"},
                        {"message.timestamp.type", "LogAppendTime"},
                        {"flush.messages", "1"}});
}

TEST_CASE("Creating again changes nothing, also with another number of partitions") {
    const auto options = new_ledger_options();
    create(options, 2);
    REQUIRE(log::create_kafka_topics(options, 5).ok());
    CHECK(open(options)->partitions() == 2);
}

TEST_CASE("Four creators at once make one set of topics") {
    const auto options = new_ledger_options();
    std::vector<std::string> failures(4);
    std::vector<std::thread> creators;
    creators.reserve(failures.size());
    for (auto& failure : failures)
        creators.emplace_back([&] {
            const auto created = log::create_kafka_topics(options, 3);
            if (!created) failure = created.error().message;
        });
    for (auto& creator : creators) creator.join();
    CHECK(failures == std::vector<std::string>(4));
    CHECK(open(options)->partitions() == 3);
}

TEST_CASE("A topic that isn't there is no ledger, and opening doesn't make it") {
    const auto options = new_ledger_options();
    for (int attempt = 0; attempt < 2; ++attempt) {
        const auto opened = log::open_kafka(options);
        REQUIRE(!opened.ok());
        CHECK(opened.error().code == log::kLogMissing);
    }
}

TEST_CASE("A topic with somebody else's records is read, and is no ledger") {
    const auto options = new_ledger_options();
    const auto log = create(options, 1);
    settle(*log, {"{\"somebody\": \"else's\"}"});
    CHECK(!log::check_genesis(*log).ok());
}

TEST_CASE("A position beyond the end of the log is an error, not a jump") {
    const auto options = new_ledger_options();
    const auto log = create(options, 1);
    settle(*log, {"only one"});
    auto cursor = cursor_at(*log, 1000);
    const auto failure = failure_of(*cursor);
    REQUIRE(failure.has_value());
    CHECK(failure->code == log::kLogTruncated);
    CHECK(failure_of(*cursor).has_value());
}

TEST_CASE("A log whose first records were deleted is an error for who needs them") {
    const auto options = new_ledger_options();
    const auto log = create(options, 1);
    settle(*log, {"a", "b", "c"});
    delete_records(options, log->topic(), 2);
    CHECK(failure_of(*cursor_at(*log, 0)).has_value());
    CHECK(texts_of(read_count(*cursor_at(*log, 2), 1)) == Texts{"c"});
}

TEST_CASE("A stray transaction stops no reader, open or aborted, and its marker is a hole") {
    const auto options = new_ledger_options();
    const auto log = create(options, 1);
    auto cursor = cursor_at(*log, 0);
    REQUIRE(append_texts(*log, 0, {"before"}));
    REQUIRE(read_count(*cursor, 1).size() == 1);

    StrayTransaction stray(options, log->topic());
    stray.write("stray");
    REQUIRE(append_texts(*log, 0, {"beside"}));
    CHECK(texts_of(read_count(*cursor, 2)) == Texts{"stray", "beside"});
    CHECK(*log->end(PartitionId{0}) == Position{3});

    stray.abort();
    REQUIRE(append_texts(*log, 0, {"after"}));
    const auto after = read_count(*cursor, 1);
    REQUIRE(texts_of(after) == Texts{"after"});
    CHECK(after.front().position == Position{4});
    CHECK(texts_of(read_all(*log, 0)) == Texts{"before", "stray", "beside", "after"});
}

TEST_CASE("Behind an aborted transaction the end is one past the last record, not its marker") {
    const auto options = new_ledger_options();
    const auto log = create(options, 1);
    settle(*log, {"before"});
    auto cursor = cursor_at(*log, 0);
    for (int i = 0; i < 3; ++i) {
        StrayTransaction stray(options, log->topic());
        stray.write("stray");
        stray.abort();
    }
    // Positions: before, then three times stray and its marker.
    SECTION("asked for anew") { CHECK(*open(options)->end(PartitionId{0}) == Position{6}); }
    SECTION("asked for where a cursor reads") {
        REQUIRE(read_count(*cursor, 4).size() == 4);
        CHECK(*log->end(PartitionId{0}) == Position{6});
    }
    SECTION("told too far before the cursor came there, and told again by the same token") {
        log->ask_end(PartitionId{0}, 11);
        auto answer = await_notice(*log, Notice::Kind::end_is);
        REQUIRE(answer.has_value());
        CHECK(answer->end == Position{7});
        REQUIRE(read_count(*cursor, 4).size() == 4);
        std::vector<Notice> notices;
        for (int round = 0; round < 100 && notices.empty(); ++round) {
            REQUIRE(cursor->poll(100ms, 10).ok());
            log->take_notices(notices);
        }
        REQUIRE(notices.size() == 1);
        CHECK(notices.front().kind == Notice::Kind::end_is);
        CHECK(notices.front().token == 11);
        CHECK(notices.front().end == Position{6});

        log->ask_end(PartitionId{0}, 12);
        answer = await_notice(*log, Notice::Kind::end_is);
        REQUIRE(answer.has_value());
        CHECK(answer->end == Position{6});
    }
}

TEST_CASE(
    "Where one partition ends with a marker and others are empty, a log opened anew finds each "
    "end") {
    const auto options = new_ledger_options();
    const auto log = create(options, 3);
    StrayTransaction stray(options, log->topic());
    stray.write("stray");
    stray.abort();
    CHECK(*log->end(PartitionId{0}) == Position{1});
    CHECK(*log->end(PartitionId{1}) == Position{0});
    CHECK(texts_of(read_all(*log, 0)) == Texts{"stray"});
}

}  // namespace ledger::tests
