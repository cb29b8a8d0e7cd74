// What the log says when a broker is away, refuses or dies: on a mock cluster, so that it happens
// when the test wants it.
#include <atomic>
#include <chrono>

#include "events/log/kafka/kafka_log.h"
#include "events/log/log.h"
#include "tests/events/log/kafka_mock.h"
#include "tests/events/log/log_reading.h"
#include "tests/support/catch.h"

namespace ledger::tests {
namespace {

using namespace std::chrono_literals;
using log::Notice;
using Texts = std::vector<std::string>;

constexpr auto kLong = 30s;

std::unique_ptr<log::KafkaLog> open(const KafkaMock& mock) {
    auto opened = log::open_kafka(mock.options());
    INFO((opened ? "" : opened.error().message));
    REQUIRE(opened.ok());
    return std::move(*opened);
}

std::unique_ptr<log::Cursor> cursor_at_start(log::Log& log, std::uint32_t partition) {
    const log::ReadFrom from{PartitionId{partition}, Position{0}};
    auto cursor = log.read({&from, 1});
    REQUIRE(cursor.ok());
    return std::move(*cursor);
}

Texts numbered(const std::string& prefix, int count) {
    Texts texts;
    for (int i = 0; i < count; ++i) texts.push_back(prefix + std::to_string(i));
    return texts;
}

}  // namespace

TEST_CASE("Records that no broker takes put their partition in doubt, once for a burst") {
    KafkaMock mock(3);
    const auto log = open(mock);
    std::atomic<int> woken = 0;
    log->on_notice([&] { ++woken; });
    auto cursor = cursor_at_start(*log, 1);
    REQUIRE(append_texts(*log, 1, {"before"}));
    REQUIRE(texts_of(read_count(*cursor, 1)) == Texts{"before"});

    mock.take_down();
    for (int i = 0; i < 10; ++i) REQUIRE(append_texts(*log, 1, numbered("lost ", 20)));
    const auto doubt = await_notice(*log, Notice::Kind::doubt);
    REQUIRE(doubt.has_value());
    CHECK(doubt->partition == PartitionId{1});
    CHECK(!doubt->why.empty());
    CHECK(woken >= 1);

    // A second burst, a second doubt; what comes between belongs to the first.
    REQUIRE(append_texts(*log, 1, {"lost too"}));
    const auto again = await_notice(*log, Notice::Kind::doubt);
    REQUIRE(again.has_value());
    CHECK(again->partition == PartitionId{1});
    std::vector<Notice> none;
    log->take_notices(none);
    CHECK(none.empty());
}

TEST_CASE("After a broker was away, a waiting cursor reads on and appends go on in order") {
    KafkaMock mock(1);
    const auto log = open(mock);
    auto cursor = cursor_at_start(*log, 0);
    REQUIRE(append_texts(*log, 0, {"before"}));
    REQUIRE(texts_of(read_count(*cursor, 1)) == Texts{"before"});
    mock.take_down();
    REQUIRE(append_texts(*log, 0, {"lost"}));
    REQUIRE(await_notice(*log, Notice::Kind::doubt).has_value());
    const auto nothing = cursor->poll(0ms, 10);
    REQUIRE(nothing.ok());
    CHECK(nothing->empty());

    mock.bring_up();
    Texts seen;
    const auto deadline = std::chrono::steady_clock::now() + kLong;
    for (int i = 0; seen.empty() && std::chrono::steady_clock::now() < deadline; ++i) {
        REQUIRE(append_texts(*log, 0, {"after"}));
        auto batches = cursor->poll(100ms, 10);
        REQUIRE(batches.ok());
        for (const auto& batch : *batches)
            for (const auto& record : batch.records) seen.emplace_back(text_of(record.bytes));
    }
    REQUIRE(!seen.empty());
    CHECK(seen.front() == "after");
}

TEST_CASE("A dead producer puts what it was given in doubt, and the next append makes a new one") {
    KafkaMock mock(2);
    const auto log = open(mock);
    auto cursor = cursor_at_start(*log, 0);
    REQUIRE(append_texts(*log, 0, {"before"}));
    REQUIRE(texts_of(read_count(*cursor, 1)) == Texts{"before"});
    mock.break_the_sequence();
    REQUIRE(append_texts(*log, 0, {"killed"}));
    const auto doubt = await_notice(*log, Notice::Kind::doubt);
    REQUIRE(doubt.has_value());
    CHECK(doubt->partition == PartitionId{0});

    REQUIRE(append_texts(*log, 0, {"after"}));
    CHECK(texts_of(read_count(*cursor, 1)) == Texts{"after"});
}

TEST_CASE("An end that can't be had is told as unavailable, and had when the broker is back") {
    KafkaMock mock(1);
    const auto log = open(mock);
    mock.take_down();
    log->ask_end(PartitionId{0}, 7);
    const auto unavailable = await_notice(*log, Notice::Kind::end_unavailable);
    REQUIRE(unavailable.has_value());
    CHECK(unavailable->token == 7);
    mock.bring_up();
    std::optional<Notice> answer;
    for (std::uint64_t token = 8; token < 40 && !answer; ++token) {
        log->ask_end(PartitionId{0}, token);
        std::vector<Notice> notices;
        const auto deadline = std::chrono::steady_clock::now() + kLong;
        while (notices.empty() && std::chrono::steady_clock::now() < deadline)
            log->take_notices(notices);
        REQUIRE(notices.size() == 1);
        if (notices.front().kind == Notice::Kind::end_is) answer = notices.front();
    }
    REQUIRE(answer.has_value());
    CHECK(answer->end == Position{0});
}

TEST_CASE("A log whose broker is away closes in a few seconds") {
    KafkaMock mock(1);
    auto log = open(mock);
    auto cursor = cursor_at_start(*log, 0);
    mock.take_down();
    REQUIRE(append_texts(*log, 0, {"never"}));
    log->ask_end(PartitionId{0}, 1);
    const auto before = std::chrono::steady_clock::now();
    cursor.reset();
    log.reset();
    CHECK(std::chrono::steady_clock::now() - before < 8s);
}

TEST_CASE("Where no broker is, opening says so within its patience") {
    log::KafkaOptions options;
    options.brokers = "127.0.0.1:9";
    options.patience = 300ms;
    const auto before = std::chrono::steady_clock::now();
    const auto opened = log::open_kafka(options);
    CHECK(std::chrono::steady_clock::now() - before < 5s);
    REQUIRE(!opened.ok());
    CHECK(opened.error().effect == Effect::none);
    CHECK(opened.error().code == kNoAnswer);
}

TEST_CASE("A setting that librdkafka doesn't know is an error that names it") {
    log::KafkaOptions options;
    options.brokers = "127.0.0.1:9";
    options.settings = {{"security.protokoll", "ssl"}};
    const auto opened = log::open_kafka(options);
    REQUIRE(!opened.ok());
    CHECK(opened.error().code == log::kUnknownSetting);
}

}  // namespace ledger::tests
