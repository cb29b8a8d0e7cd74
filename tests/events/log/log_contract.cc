#include "tests/events/log/log_contract.h"

#include <atomic>
#include <chrono>
#include <thread>

#include "events/limits.h"
#include "tests/events/log/genesis_contract.h"
#include "tests/events/log/log_reading.h"
#include "tests/support/catch.h"

namespace ledger::tests {
namespace {

using namespace std::chrono_literals;
using log::Notice;
using log::ReadFrom;
using Texts = std::vector<std::string>;

constexpr auto kLong = 30s;  // longer than anything takes; a rule that waits it out fails

std::unique_ptr<log::Cursor> cursor_from(log::Log& log, std::vector<ReadFrom> from) {
    auto cursor = log.read(from);
    REQUIRE(cursor.ok());
    return std::move(*cursor);
}

std::unique_ptr<log::Cursor> cursor_at(log::Log& log, std::uint32_t partition,
                                       std::uint64_t position = 0) {
    return cursor_from(log, {{PartitionId{partition}, Position{position}}});
}

Texts numbered(const std::string& prefix, std::size_t count) {
    Texts texts;
    for (std::size_t i = 0; i < count; ++i) texts.push_back(prefix + std::to_string(i));
    return texts;
}

// Appends and reads back, so that the records stand.
std::vector<ReadRecord> settle(log::Log& log, std::uint32_t partition, const Texts& texts) {
    const auto end = log.end(PartitionId{partition});
    REQUIRE(end.ok());
    auto cursor = cursor_at(log, partition, number(*end));
    REQUIRE(append_texts(log, partition, texts));
    auto read = read_count(*cursor, texts.size());
    REQUIRE(texts_of(read) == texts);
    return read;
}

bool positions_grow(const std::vector<ReadRecord>& records) {
    for (std::size_t i = 1; i < records.size(); ++i)
        if (records[i].position <= records[i - 1].position) return false;
    return true;
}

void new_log_is_empty(LogFixture& fixture) {
    const auto log = fixture.fresh(3);
    REQUIRE(log);
    CHECK(log->partitions() == 3);
    for (std::uint32_t partition = 0; partition < 3; ++partition) {
        const auto end = log->end(PartitionId{partition});
        REQUIRE(end.ok());
        CHECK(number(*end) == 0);
    }
    auto cursor = cursor_at(*log, 1);
    const auto batches = cursor->poll(0ms, 10);
    REQUIRE(batches.ok());
    CHECK(batches->empty());
}

void one_append_keeps_order_and_bytes(LogFixture& fixture) {
    const auto log = fixture.fresh(1);
    Texts texts = numbered("record ", 50);
    texts.push_back(std::string("\0zero\0inside\xff", 13));
    texts.push_back("");
    texts.push_back("last");
    auto cursor = cursor_at(*log, 0);
    REQUIRE(append_texts(*log, 0, texts));
    const auto read = read_count(*cursor, texts.size());
    CHECK(texts_of(read) == texts);
    CHECK(positions_grow(read));
}

void appends_keep_order(LogFixture& fixture) {
    const auto log = fixture.fresh(1);
    auto cursor = cursor_at(*log, 0);
    const Texts texts = numbered("r", 2000);
    for (const std::string& text : texts) REQUIRE(append_texts(*log, 0, {text}));
    const auto read = read_count(*cursor, texts.size());
    CHECK(texts_of(read) == texts);
    CHECK(positions_grow(read));
}

void partitions_are_independent(LogFixture& fixture) {
    const auto log = fixture.fresh(3);
    auto all = cursor_from(*log, {{PartitionId{0}, Position{0}},
                                  {PartitionId{1}, Position{0}},
                                  {PartitionId{2}, Position{0}}});
    auto second = cursor_at(*log, 1);
    for (int i = 0; i < 20; ++i) {
        REQUIRE(append_texts(*log, 0, {"a" + std::to_string(i)}));
        REQUIRE(append_texts(*log, 1, {"b" + std::to_string(i)}));
    }
    const auto read = read_count(*all, 40);
    CHECK(texts_of(read, 0) == numbered("a", 20));
    CHECK(texts_of(read, 1) == numbered("b", 20));
    CHECK(texts_of(read, 2).empty());
    const auto only = read_count(*second, 20);
    CHECK(texts_of(only) == numbered("b", 20));
    CHECK(texts_of(only, 1).size() == 20);
}

void empty_append_is_nothing(LogFixture& fixture) {
    const auto log = fixture.fresh(1);
    REQUIRE(append_texts(*log, 0, {}));
    settle(*log, 0, {"one"});
    CHECK(texts_of(read_all(*log, 0)) == Texts{"one"});
}

void reads_from_a_position(LogFixture& fixture) {
    const auto log = fixture.fresh(1);
    const auto read = settle(*log, 0, numbered("r", 10));
    auto middle = cursor_at(*log, 0, number(read[4].position));
    const auto rest = read_count(*middle, 6);
    REQUIRE(rest.size() == 6);
    CHECK(rest.front() == read[4]);
    CHECK(rest.back() == read[9]);
    auto after = cursor_at(*log, 0, number(next(read[9].position)));
    const auto none = after->poll(0ms, 10);
    REQUIRE(none.ok());
    CHECK(none->empty());
    settle(*log, 0, {"later"});
    CHECK(texts_of(read_count(*after, 1)) == Texts{"later"});
}

void polls_with_patience(LogFixture& fixture) {
    const auto log = fixture.fresh(2);
    auto cursor = cursor_at(*log, 1);
    REQUIRE(append_texts(*log, 0, {"elsewhere"}));
    const auto before = std::chrono::steady_clock::now();
    const auto batches = cursor->poll(50ms, 10);
    REQUIRE(batches.ok());
    CHECK(batches->empty());
    CHECK(std::chrono::steady_clock::now() - before >= 45ms);
}

void record_wakes_a_waiting_poll(LogFixture& fixture) {
    const auto log = fixture.fresh(1);
    auto cursor = cursor_at(*log, 0);
    Texts seen;
    std::atomic<bool> started = false;
    std::thread reader([&] {
        started = true;
        seen = texts_of(read_count(*cursor, 1));
    });
    while (!started) std::this_thread::yield();
    const bool appended = append_texts(*log, 0, {"wake up"});
    reader.join();
    CHECK(appended);
    CHECK(seen == Texts{"wake up"});
}

void wake_ends_a_waiting_poll(LogFixture& fixture) {
    const auto log = fixture.fresh(1);
    auto cursor = cursor_at(*log, 0);
    std::atomic<bool> done = false;
    bool empty = false;
    const auto before = std::chrono::steady_clock::now();
    std::thread reader([&] {
        const auto batches = cursor->poll(std::chrono::milliseconds(kLong), 10);
        empty = batches.ok() && batches->empty();
        done = true;
    });
    while (!done) {
        cursor->wake();
        std::this_thread::yield();
    }
    reader.join();
    CHECK(empty);
    CHECK(std::chrono::steady_clock::now() - before < kLong);
}

void batches_are_bounded(LogFixture& fixture) {
    const auto log = fixture.fresh(2);
    settle(*log, 0, numbered("a", 60));
    settle(*log, 1, numbered("b", 40));
    auto cursor = cursor_from(*log, {{PartitionId{0}, Position{0}}, {PartitionId{1}, Position{0}}});
    Texts a, b;
    while (a.size() + b.size() < 100) {
        const auto batches = cursor->poll(std::chrono::milliseconds(kLong), 7);
        REQUIRE(batches.ok());
        REQUIRE(!batches->empty());
        std::size_t records = 0;
        for (const log::ReadBatch& batch : *batches) {
            records += batch.records.size();
            for (const log::StoredRecord& record : batch.records)
                (number(batch.partition) == 0 ? a : b).emplace_back(text_of(record.bytes));
        }
        REQUIRE(records >= 1);
        REQUIRE(records <= 7);
    }
    CHECK(a == numbered("a", 60));
    CHECK(b == numbered("b", 40));
}

void takes_large_records(LogFixture& fixture) {
    const auto log = fixture.fresh(1);
    Texts texts;
    std::size_t bytes = 0;
    for (char fill = 'a'; bytes + limits::kRecordMaxBytes <= limits::kBatchMaxBytes; ++fill) {
        texts.emplace_back(limits::kRecordMaxBytes, fill);
        bytes += limits::kRecordMaxBytes;
    }
    auto cursor = cursor_at(*log, 0);
    REQUIRE(append_texts(*log, 0, texts));
    REQUIRE(append_texts(*log, 0, texts));
    const auto read = texts_of(read_count(*cursor, texts.size() * 2));
    REQUIRE(read.size() == texts.size() * 2);
    bool equal = true;
    for (std::size_t i = 0; i < read.size(); ++i)
        equal = equal && read[i] == texts[i % texts.size()];
    CHECK(equal);
}

void batches_outlive_the_next_poll(LogFixture& fixture) {
    const auto log = fixture.fresh(1);
    settle(*log, 0, numbered("r", 500));
    auto cursor = cursor_at(*log, 0);
    std::vector<log::ReadBatch> kept;
    std::size_t records = 0;
    while (records < 500) {
        auto batches = cursor->poll(std::chrono::milliseconds(kLong), 50);
        REQUIRE(batches.ok());
        REQUIRE(!batches->empty());
        for (log::ReadBatch& batch : *batches) {
            records += batch.records.size();
            kept.push_back(std::move(batch));
        }
    }
    cursor.reset();
    Texts texts;
    for (const log::ReadBatch& batch : kept)
        for (const log::StoredRecord& record : batch.records)
            texts.emplace_back(text_of(record.bytes));
    CHECK(texts == numbered("r", 500));
}

void several_cursors_at_once(LogFixture& fixture) {
    const auto log = fixture.fresh(2);
    settle(*log, 0, numbered("r", 300));
    constexpr std::size_t kReaders = 4;
    std::vector<std::unique_ptr<log::Cursor>> cursors;
    std::vector<Texts> seen(kReaders);
    std::vector<std::thread> readers;
    for (std::size_t i = 0; i < kReaders; ++i) cursors.push_back(cursor_at(*log, 0));
    for (std::size_t i = 0; i < kReaders; ++i)
        readers.emplace_back(
            [&, i] { seen[i] = texts_of(read_count(*cursors[i], 600, 10 + i * 20)); });
    bool appended = true;
    for (int i = 300; i < 600; ++i)
        appended = append_texts(*log, 0, {"r" + std::to_string(i)}) && appended;
    for (std::thread& reader : readers) reader.join();
    CHECK(appended);
    for (const Texts& texts : seen) CHECK(texts == numbered("r", 600));
}

void reopening_keeps_everything(LogFixture& fixture) {
    auto log = fixture.fresh(2);
    const auto first = settle(*log, 0, numbered("a", 30));
    const auto other = settle(*log, 1, {"b"});
    log.reset();
    log = fixture.reopen();
    REQUIRE(log);
    CHECK(log->partitions() == 2);
    CHECK(read_all(*log, 0) == first);
    CHECK(read_all(*log, 1) == other);
    const auto later = settle(*log, 0, {"later"});
    CHECK(later.front().position > first.back().position);
    log.reset();
    log = fixture.reopen();
    REQUIRE(log);
    CHECK(read_all(*log, 0).size() == 31);
}

void end_is_one_past_the_last(LogFixture& fixture) {
    const auto log = fixture.fresh(2);
    const auto read = settle(*log, 0, numbered("r", 5));
    const auto end = log->end(PartitionId{0});
    REQUIRE(end.ok());
    CHECK(*end == next(read.back().position));
    const auto other = log->end(PartitionId{1});
    REQUIRE(other.ok());
    CHECK(number(*other) == 0);
}

// Asks until an end is given: a log may have none for a while.
Notice ask_until_answered(log::Log& log, std::uint32_t partition, std::uint64_t first_token) {
    Notice answer;
    answer.kind = Notice::Kind::end_unavailable;
    const auto deadline = std::chrono::steady_clock::now() + kLong;
    for (std::uint64_t token = first_token; answer.kind != Notice::Kind::end_is; ++token) {
        REQUIRE(std::chrono::steady_clock::now() < deadline);
        log.ask_end(PartitionId{partition}, token);
        std::vector<Notice> notices;
        while (notices.empty() && std::chrono::steady_clock::now() < deadline) {
            log.take_notices(notices);
            std::this_thread::yield();
        }
        REQUIRE(notices.size() == 1);
        answer = notices.front();
        CHECK(answer.token == token);
        CHECK(number(answer.partition) == partition);
    }
    return answer;
}

void asked_end_comes_as_a_notice(LogFixture& fixture) {
    const auto log = fixture.fresh(2);
    std::atomic<int> woken = 0;
    log->on_notice([&] { ++woken; });
    const auto read = settle(*log, 1, numbered("r", 5));
    const Notice answer = ask_until_answered(*log, 1, 4711);
    CHECK(answer.end == next(read.back().position));
    CHECK(woken >= 1);
    CHECK(number(ask_until_answered(*log, 0, 1).end) == 0);
    std::vector<Notice> none;
    log->take_notices(none);
    CHECK(none.empty());
}

void asked_end_can_be_reached(LogFixture& fixture) {
    const auto log = fixture.fresh(1);
    auto cursor = cursor_at(*log, 0);
    for (int round = 0; round < 20; ++round) {
        REQUIRE(append_texts(*log, 0, numbered("r", 10)));
        const Notice answer =
            ask_until_answered(*log, 0, static_cast<std::uint64_t>(round) * 1000 + 1);
        CHECK(number(answer.end) <= static_cast<std::uint64_t>(round + 1) * 10);
        const auto read = read_count(*cursor, 10, 10);
        REQUIRE(read.size() == 10);
        CHECK(next(read.back().position) >= answer.end);
    }
}

void unknown_partition_is_an_error(LogFixture& fixture) {
    const auto log = fixture.fresh(2);
    const std::vector<Bytes> records{bytes_of("nowhere")};
    const auto appended = log->append(PartitionId{2}, records);
    REQUIRE(!appended.ok());
    CHECK(appended.error().effect == Effect::none);
    CHECK(!log->end(PartitionId{2}).ok());
    const ReadFrom from{PartitionId{2}, Position{0}};
    CHECK(!log->read({&from, 1}).ok());
    settle(*log, 1, {"still works"});
}

void two_handles_see_one_order(LogFixture& fixture) {
    const auto one = fixture.fresh(1);
    const auto two = fixture.another();
    if (!two) return;
    auto from_one = cursor_at(*one, 0);
    auto from_two = cursor_at(*two, 0);
    for (int i = 0; i < 50; ++i) {
        REQUIRE(append_texts(*one, 0, {"a" + std::to_string(i)}));
        REQUIRE(append_texts(*two, 0, {"b" + std::to_string(i)}));
    }
    const auto seen_one = read_count(*from_one, 100);
    CHECK(seen_one == read_count(*from_two, 100));
    Texts a, b;
    for (const ReadRecord& record : seen_one)
        (record.text.front() == 'a' ? a : b).push_back(record.text);
    CHECK(a == numbered("a", 50));
    CHECK(b == numbered("b", 50));
}

constexpr LogRule kRules[] = {
    {"a new log is empty", new_log_is_empty},
    {"records of one append keep their order and their bytes", one_append_keeps_order_and_bytes},
    {"appends one after another keep their order", appends_keep_order},
    {"partitions are independent", partitions_are_independent},
    {"an append of nothing is nothing", empty_append_is_nothing},
    {"a cursor reads from any position on", reads_from_a_position},
    {"poll waits as long as its patience", polls_with_patience},
    {"a record ends a waiting poll", record_wakes_a_waiting_poll},
    {"wake ends a waiting poll", wake_ends_a_waiting_poll},
    {"a poll gives at most max_records and loses none", batches_are_bounded},
    {"the largest records and hand-overs are taken", takes_large_records},
    {"a batch's bytes outlive later polls and the cursor", batches_outlive_the_next_poll},
    {"several cursors read at once", several_cursors_at_once},
    {"a reopened log has everything", reopening_keeps_everything},
    {"the end is one past the last record", end_is_one_past_the_last},
    {"the answer to ask_end comes as a notice with its token", asked_end_comes_as_a_notice},
    {"a cursor reaches the end that was told", asked_end_can_be_reached},
    {"a partition that isn't there is an error without effect", unknown_partition_is_an_error},
    {"two handles see one order", two_handles_see_one_order},
};

}  // namespace

std::span<const LogRule> log_contract() { return kRules; }

void run_log_contract(LogFixture& fixture) {
    for (const LogRule& rule : log_contract()) {
        DYNAMIC_SECTION(rule.name) { rule.check(fixture); }
    }
    for (const LogRule& rule : genesis_contract()) {
        DYNAMIC_SECTION(rule.name) { rule.check(fixture); }
    }
}

}  // namespace ledger::tests
