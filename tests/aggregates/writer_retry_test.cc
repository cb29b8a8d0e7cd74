// What the writer tries again: after which pause, how often, and what it answers in the end.
#include "aggregates/writer.h"

#include "tests/aggregates/writer_bench.h"
#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::tests;

namespace {

// Time goes by, in small steps, until the writer sends something.
std::int64_t pass_until_it_sends(WriterBench& bench) {
    constexpr std::int64_t kAtMostMs = 10'000;
    for (std::int64_t passed = 0; passed <= kAtMostMs; passed += 10) {
        bench.step();
        if (!bench.sent.empty()) return passed;
        bench.pass(10);
    }
    return -1;
}

// The claim comes back; the term's first checkpoint is taken, and the entry behind it is not.
void refuse_the_entry(WriterBench& bench) {
    bench.land();
    bench.read();
    bench.view();
    bench.step();
    REQUIRE(bench.sent_kinds() == "checkpoint entry2");
    bench.land(1);
    bench.lose();
    bench.writer->doubt(bench.now_, "the log doesn't take it");
}

// A term is served, and a first entry of it was refused.
Ticket begin_with_a_refused_entry(WriterBench& bench) {
    bench.begin();
    const Ticket ticket = bench.ask(adding("c1", "kim"));
    bench.step();
    REQUIRE(bench.sent_kinds() == "entry2");
    bench.lose();
    bench.writer->doubt(bench.now_, "the log doesn't take it");
    return ticket;
}

}  // namespace

TEST_CASE("A doubt is settled at once, and those that follow it after growing pauses") {
    WriterBench bench;
    begin_with_a_refused_entry(bench);
    std::vector<std::int64_t> pauses{pass_until_it_sends(bench)};
    for (int i = 0; i < 6; ++i) {
        refuse_the_entry(bench);
        pauses.push_back(pass_until_it_sends(bench));
        CHECK(bench.sent_kinds() == "claim");
    }
    CHECK(pauses == std::vector<std::int64_t>{0, 50, 100, 200, 400, 800, 800});
    CHECK(bench.writer->counts().doubts == 7);

    // Where it was calm for a while, the next one is settled at once again.
    bench.run();
    bench.pass(WriterSettings{}.calm_ms + 1'000);
    bench.ask(adding("c2", "lee"));
    bench.step();
    bench.lose();
    bench.writer->doubt(bench.now_);
    CHECK(pass_until_it_sends(bench) == 0);
}

TEST_CASE("While a doubt waits, entries that come back are answered, and nothing is decided") {
    WriterBench bench;
    begin_with_a_refused_entry(bench);
    bench.run();  // settled and accepted: the next doubt waits
    const Ticket first = bench.ask(adding("c2", "lee"));
    bench.step();
    REQUIRE(bench.sent_kinds() == "entry3");
    bench.writer->doubt(bench.now_);
    const Ticket second = bench.ask(adding("c3", "eve"));
    bench.step();
    CHECK(bench.sent_kinds() == "entry3");
    CHECK(bench.writer->wake_at_ms() == bench.now_.monotonic_ms + 50);
    bench.land();
    bench.read();
    bench.step();
    REQUIRE(bench.answer(first) != nullptr);
    CHECK(bench.answer(first)->outcome == Outcome::accepted);
    CHECK(bench.answer(second) == nullptr);
    bench.pass(50);
    bench.run();
    REQUIRE(bench.answer(second) != nullptr);
    CHECK(bench.answer(second)->outcome == Outcome::accepted);
    CHECK(bench.answer(second)->seq == 4);
}

TEST_CASE("What the log loses again and again is answered failed, and others go on") {
    WriterBench bench;
    const Ticket ticket = begin_with_a_refused_entry(bench);
    for (std::uint32_t i = 1; i < WriterSettings{}.lost_max; ++i) {
        REQUIRE(pass_until_it_sends(bench) >= 0);
        CHECK(bench.answer(ticket) == nullptr);
        refuse_the_entry(bench);
    }
    REQUIRE(pass_until_it_sends(bench) >= 0);
    bench.run();
    REQUIRE(bench.answer(ticket) != nullptr);
    CHECK(bench.answer(ticket)->outcome == Outcome::failed);
    CHECK(bench.answer(ticket)->code == "log.refuses");
    CHECK(bench.answer(ticket)->reason.find("the log doesn't take it") != std::string::npos);
    const Ticket other = bench.ask(adding("c2", "lee"));
    bench.run();
    REQUIRE(bench.answer(other) != nullptr);
    CHECK(bench.answer(other)->outcome == Outcome::accepted);
    CHECK(bench.answer(other)->seq == 2);
}

TEST_CASE("What is lost after its patience was answered unknown by then, and isn't decided again") {
    WriterBench bench;
    const Ticket ticket = begin_with_a_refused_entry(bench);
    bench.step();
    bench.pass(WriterSettings{}.term_patience_ms);
    refuse_the_entry(bench);
    REQUIRE(bench.answer(ticket) != nullptr);
    CHECK(bench.answer(ticket)->outcome == Outcome::unknown);
    CHECK(bench.answer(ticket)->code == "unsettled");
    const Ticket other = bench.ask(adding("c2", "lee"));
    REQUIRE(pass_until_it_sends(bench) >= 0);
    bench.run();
    REQUIRE(bench.answer(other) != nullptr);
    CHECK(bench.answer(other)->outcome == Outcome::accepted);
    CHECK(bench.answer(other)->seq == 2);
}

TEST_CASE("In a log that is unfit nothing new is written, and what was handed over is settled") {
    WriterBench bench;
    bench.begin();
    const Ticket landed = bench.ask(adding("c1", "kim"));
    const Ticket lost = bench.ask(adding("c2", "lee"));
    bench.step();
    REQUIRE(bench.sent_kinds() == "entry2 entry3");
    bench.writer->forbid("its retention was changed");
    const Ticket late = bench.ask(adding("c3", "eve"));
    const Ticket settled = bench.settle();
    bench.step();
    CHECK(bench.sent_kinds() == "entry2 entry3");
    for (const Ticket ticket : {late, settled}) {
        REQUIRE(bench.answer(ticket) != nullptr);
        CHECK(bench.answer(ticket)->outcome == Outcome::failed);
        CHECK(bench.answer(ticket)->code == "log.unfit");
        CHECK(bench.answer(ticket)->reason.find("its retention was changed") != std::string::npos);
    }
    CHECK(bench.answer(lost) == nullptr);

    bench.land(1);
    bench.lose();
    bench.writer->doubt(bench.now_);
    bench.step();
    CHECK(bench.sent_kinds() == "claim");
    bench.run();
    REQUIRE(bench.answer(landed) != nullptr);
    CHECK(bench.answer(landed)->outcome == Outcome::accepted);
    REQUIRE(bench.answer(lost) != nullptr);
    CHECK(bench.answer(lost)->outcome == Outcome::failed);
    CHECK(bench.answer(lost)->code == "log.unfit");

    bench.writer->forbid({});
    const Ticket again = bench.ask(adding("c2", "lee"));
    bench.run();
    REQUIRE(bench.answer(again) != nullptr);
    CHECK(bench.answer(again)->outcome == Outcome::accepted);
}

TEST_CASE("A writer of an unfit log closes without writing") {
    WriterBench bench;
    bench.begin();
    const std::size_t records = bench.log.size();
    bench.writer->forbid("its retention was changed");
    bench.writer->close(bench.now_);
    bench.run();
    CHECK(bench.writer->closed());
    CHECK(bench.log.size() == records);
}

TEST_CASE("The end of the log is asked for again after growing pauses") {
    WriterBench bench;
    bench.ask(registering("c1"));
    std::vector<std::int64_t> pauses;
    for (int i = 0; i < 6; ++i) {
        bench.step();
        REQUIRE(bench.asked.has_value());
        bench.writer->end_unavailable(bench.now_, *bench.asked);
        bench.asked.reset();
        pauses.push_back(bench.writer->wake_at_ms() - bench.now_.monotonic_ms);
        bench.pass(pauses.back());
    }
    CHECK(pauses == std::vector<std::int64_t>{100, 200, 400, 800, 1'600, 1'600});
    CHECK(bench.writer->counts().ends_asked_again == 6);
    bench.run();
    bench.tell_end();
    bench.run();
    CHECK(bench.writer->counts().terms == 1);
}
