// A node's core on a bench of two partitions: each goes its own way, a term can be given up, and
// who listens is given each record once.
#include "consumers/node_core.h"
#include "consumers/sink.h"

#include <algorithm>
#include <array>
#include <map>

#include "events/partition.h"
#include "projections/fold.h"
#include "projections/map_rows.h"
#include "projections/queries.h"
#include "tests/aggregates/writer_bench.h"
#include "tests/support/catch.h"

namespace ledger {
namespace {

constexpr std::uint32_t kPartitions = 2;
constexpr PartitionId kFirst{0};
constexpr PartitionId kSecond{1};

class Dice : public Random {
public:
    Id128 fresh_id() override { return {7, ++last_}; }
    std::uint64_t between(std::uint64_t low, std::uint64_t) override { return low; }

private:
    std::uint64_t last_ = 0;
};

Bytes genesis() {
    fb::GenesisT genesis;
    genesis.ledger = std::make_unique<fb::Id128>(1, 2);
    genesis.key_check = std::make_unique<fb::Id128>(3, 4);
    genesis.partitions = kPartitions;
    genesis.policies.emplace_back().version = 1;
    genesis.catalogues.emplace_back().version = 1;
    return encode_genesis(genesis);
}

// The n-th partner whose entries stand in a partition.
std::string partner_in(PartitionId partition, int n = 0) {
    for (int i = 0;; ++i) {
        std::string name = "p" + std::to_string(i);
        if (partition_of(PartnerId{name}, kPartitions) == partition && n-- == 0) return name;
    }
}

class Bench {
public:
    Bench() {
        for (auto& log : logs_) log.push_back(genesis());
    }

    Ticket ask(PartitionId partition, int n = 0) {
        const Ticket ticket{++last_ticket_};
        const std::string partner = partner_in(partition, n);
        core_.submit(now_, partition, ticket, tests::registering_other("c1", partner),
                     {9, last_ticket_});
        return ticket;
    }
    // Whatever is handed over stands in the log, and is read and folded, until nothing happens.
    void run() {
        for (bool more = true; more;) {
            NodeCore::Outputs out = core_.step(now_);
            more = out.to_log() || !out.answers.empty();
            for (const NodeCore::Append& each : out.append)
                for (const Bytes& record : each.records) put(each.partition, record);
            for (const NodeCore::AskEnd& each : out.ask_end)
                core_.take(now_, {log::Notice::Kind::end_is,
                                  each.partition,
                                  each.token,
                                  Position{log(each.partition).size()},
                                  {}});
            for (Answered& each : out.answers) answers_[each.ticket] = each.answer;
            for (const PartitionId partition : {kFirst, kSecond}) more |= read(partition);
        }
    }
    void put(PartitionId partition, Bytes record) {
        logs_[number(partition)].push_back(std::move(record));
    }
    // A checkpoint of the writer that is served, for another tree than is read here.
    void put_other_tree(PartitionId partition) {
        const JudgeState& judge = core_.reading(partition).judge;
        put(partition, encode_checkpoint(judge.epoch, judge.writer, judge.seq, Hash{1}));
    }

    const Answer& answer(Ticket ticket) const { return answers_.at(ticket); }
    const std::vector<Bytes>& log(PartitionId partition) const { return logs_[number(partition)]; }
    NodeCore& core() { return core_; }

private:
    bool read(PartitionId partition) {
        const auto& log = logs_[number(partition)];
        log::ReadBatch batch{partition, {}, nullptr};
        for (std::uint64_t at = number(core_.reading(partition).next); at < log.size(); ++at)
            batch.records.push_back({Position{at}, log[at], 0});
        if (batch.records.empty()) return false;
        const auto judged = core_.read(now_, batch);
        REQUIRE(judged.ok());
        if (judged->records.empty()) return false;
        REQUIRE(fold_.add(partition, judged->records, judged->after).ok());
        REQUIRE(fold_.commit().ok());
        core_.view_at(partition, judged->after.next);
        return true;
    }

    std::array<std::vector<Bytes>, kPartitions> logs_;
    views::MapRows rows_;
    views::RowsHistory history_{rows_};
    views::Fold fold_{rows_};
    Dice dice_;
    NodeCore core_{{genesis(), genesis()}, {{}, {}}, history_, dice_, {}};
    Now now_{1'000'000, tests::kNoon};
    std::map<Ticket, Answer> answers_;
    std::uint64_t last_ticket_ = 0;
};

std::size_t closings_in(const std::vector<Bytes>& log) {
    return static_cast<std::size_t>(std::count_if(log.begin(), log.end(), [](const Bytes& record) {
        return decode_record(record).closed != nullptr;
    }));
}

}  // namespace

TEST_CASE("A partition whose reader stops is stopped alone") {
    Bench bench;
    const Ticket before = bench.ask(kFirst);
    bench.run();
    REQUIRE(bench.answer(before).outcome == Outcome::accepted);
    bench.put_other_tree(kFirst);
    const Ticket open = bench.ask(kFirst, 1);
    bench.run();
    CHECK_FALSE(bench.core().stopped(kFirst).empty());
    CHECK(bench.answer(open).outcome != Outcome::accepted);
    const Ticket after = bench.ask(kFirst, 2);
    const Ticket settling{77};
    bench.core().settle({1'000'000, tests::kNoon}, kFirst, settling);
    const Ticket elsewhere = bench.ask(kSecond);
    bench.run();
    CHECK(bench.answer(after).outcome == Outcome::failed);
    CHECK(bench.answer(after).code == "stopped");
    CHECK(bench.answer(settling).outcome == Outcome::failed);
    CHECK(bench.answer(elsewhere).outcome == Outcome::accepted);
    CHECK(bench.core().stopped(kSecond).empty());
    CHECK_FALSE(bench.core().all_stopped());
    // Nothing of it is judged any more.
    const Position next = bench.core().reading(kFirst).next;
    bench.put(kFirst, bench.log(kFirst).back());
    bench.run();
    CHECK(bench.core().reading(kFirst).next == next);
    bench.core().close({1'000'000, tests::kNoon});
    bench.run();
    CHECK(bench.core().closed());
}

TEST_CASE("A term that is released ends once it is settled, and what comes has one of its own") {
    Bench bench;
    const Ticket before = bench.ask(kFirst);
    bench.run();
    REQUIRE(bench.answer(before).outcome == Outcome::accepted);
    REQUIRE(bench.core().serving(kFirst));
    bench.core().release(kFirst);
    bench.run();
    CHECK_FALSE(bench.core().serving(kFirst));
    CHECK(closings_in(bench.log(kFirst)) == 1);
    const Ticket next = bench.ask(kFirst, 1);
    // In one turn with the term before it.
    bench.run();
    CHECK(bench.answer(next).outcome == Outcome::accepted);
    CHECK(bench.core().counts(kFirst).terms == 2);

    bench.ask(kFirst, 2);
    bench.core().release(kFirst);
    const Ticket waits = bench.ask(kFirst, 3);
    bench.run();
    CHECK(bench.answer(waits).outcome == Outcome::accepted);
    CHECK(closings_in(bench.log(kFirst)) == 2);
    CHECK(bench.core().counts(kFirst).terms == 3);
}

TEST_CASE("Where no term is served, there is none to be released") {
    Bench bench;
    bench.core().release(kSecond);
    const Ticket ticket = bench.ask(kSecond);
    bench.run();
    CHECK(bench.answer(ticket).outcome == Outcome::accepted);
    CHECK(bench.core().serving(kSecond));
    CHECK(closings_in(bench.log(kSecond)) == 0);
}

TEST_CASE("A listener is given what is new to it, and all of that once") {
    const auto reading_to = [](std::uint64_t next) {
        Reading reading;
        reading.next = Position{next};
        return reading;
    };
    const auto batch = [&](std::uint64_t from, std::uint64_t to) {
        JudgedBatch made{kSecond, {}, {}, reading_to(to)};
        for (std::uint64_t at = from; at < to; ++at) made.records.push_back({Position{at}, {}, {}});
        return made;
    };
    Taken taken({reading_to(0), reading_to(5)});
    CHECK_FALSE(taken.news(batch(0, 5)).has_value());
    const auto part = taken.news(batch(3, 8));
    REQUIRE(part.has_value());
    CHECK(part->records.size() == 3);
    CHECK(part->records.front().position == Position{5});
    CHECK(part->after.next == Position{8});
    CHECK_FALSE(taken.news(batch(3, 8)).has_value());
    CHECK(taken.news(batch(8, 9))->records.size() == 1);

    const std::vector<Listener> listeners{{nullptr, {reading_to(4), reading_to(2)}},
                                          {nullptr, {reading_to(3), reading_to(9)}}};
    CHECK(earliest(listeners, kFirst).next == Position{3});
    CHECK(earliest(listeners, kSecond).next == Position{2});
}

}  // namespace ledger
