// How long the writer lets a command wait, whatever it waits for.
#include "aggregates/writer.h"
#include "tests/aggregates/writer_bench.h"
#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::tests;

namespace {

// The writer is called when it said it wants to be, and the command is answered on time.
void check_answered_in_time(WriterBench& bench, Ticket ticket) {
    const std::int64_t begin = bench.now_.monotonic_ms;
    while (!bench.answer(ticket)) {
        const std::int64_t wake = bench.writer->wake_at_ms();
        REQUIRE(wake <= begin + kPatience);
        bench.pass(std::max<std::int64_t>(wake - bench.now_.monotonic_ms, 1));
        bench.lose();
        bench.step();
    }
    CHECK(bench.now_.monotonic_ms - begin == kPatience);
}

}  // namespace

TEST_CASE("A command whose entry is not read back is answered unknown when its time is over") {
    WriterBench bench(impatient());
    bench.begin();
    const Ticket ticket = bench.ask(adding("c1", "kim"));
    bench.step();
    CHECK(bench.sent_kinds() == "entry2");
    check_answered_in_time(bench, ticket);
    check_answer(bench, ticket, Outcome::unknown, "unsettled");
}

TEST_CASE(
    "A refusal carries no position behind the next entry, whatever waited in vain before it") {
    WriterBench bench(impatient());
    bench.begin();
    // Waits for an end that nobody tells, while an own entry is judged.
    const Ticket in_vain = bench.ask(adding_with({"c1", 9, {}}, "kim"));
    bench.ask(adding("c2", "kim"));
    bench.step();
    bench.land();
    bench.read();
    bench.pass(kPatience);
    bench.step();
    check_answer(bench, in_vain, Outcome::failed, "log.unavailable");
    // Another is judged while nothing waits.
    bench.tell_end();
    bench.ask(adding("c3", "lee"));
    bench.step();
    bench.land();
    bench.read();

    const Ticket refused = bench.ask(adding_with({"c4", 9, {}}, "max"));
    const Ticket added = bench.ask(adding("c5", "max"));
    bench.step();
    bench.land();
    bench.tell_end();
    bench.read();
    bench.step();
    check_answer(bench, refused, Outcome::refused, "version.conflict");
    check_answer(bench, added, Outcome::accepted, "");
    CHECK(number(bench.answer(refused)->position) == number(bench.answer(added)->position) - 1);
}

TEST_CASE("Claiming again and again in doubt holds no answer back") {
    WriterSettings settings = impatient();
    settings.read_back_patience_ms = 100;
    WriterBench bench(settings);
    bench.begin();
    const Ticket sent = bench.ask(adding("c1", "kim"));
    bench.step();
    bench.lose();
    bench.writer->doubt(bench.now_, "the disk is full");
    bench.step();
    CHECK(bench.sent_kinds() == "claim");
    const Ticket queued = bench.ask(adding("c2", "lee"));
    check_answered_in_time(bench, sent);
    check_answer(bench, sent, Outcome::unknown, "unsettled");
    check_answer(bench, queued, Outcome::failed, "log.unavailable");
    CHECK(bench.answer(queued)->reason.find("the disk is full") != std::string::npos);
}

TEST_CASE("An answer unknown is not contradicted, and the same id gets the true one later") {
    WriterBench bench(impatient());
    bench.begin();
    const Ticket first = bench.ask(adding("c1", "kim"));
    const Ticket second = bench.ask(adding("c2", "lee"));
    bench.step();
    bench.pass(kPatience);
    bench.step();
    check_answer(bench, first, Outcome::unknown, "unsettled");
    check_answer(bench, second, Outcome::unknown, "unsettled");
    bench.run();
    CHECK(bench.reading.judge.seq == 3);
    const Ticket again = bench.ask(adding("c1", "kim"));
    bench.run();
    check_answer(bench, again, Outcome::accepted, "");
    CHECK(bench.answer(again)->seq == 2);
    CHECK(bench.writer->idle());
}

TEST_CASE("What was answered unknown is not decided again when its entry is lost") {
    WriterBench bench(impatient());
    bench.begin();
    const Ticket first = bench.ask(adding("c1", "kim"));
    bench.step();
    bench.pass(kPatience / 2);
    const Ticket second = bench.ask(adding("c2", "lee"));
    bench.step();
    bench.pass(kPatience / 2);
    bench.step();
    check_answer(bench, first, Outcome::unknown, "unsettled");
    CHECK(bench.answer(second) == nullptr);
    bench.lose();
    bench.writer->doubt(bench.now_);
    bench.run();
    check_answer(bench, second, Outcome::accepted, "");
    CHECK(bench.reading.judge.seq == 2);
    CHECK(bench.writer->idle());
}

TEST_CASE(
    "A retry that waits for the first one's entry is answered unknown when its time is over") {
    WriterBench bench(impatient());
    bench.begin();
    const Bytes command = adding("c1", "kim");
    bench.ask(command);
    const Ticket again = bench.ask(command);
    bench.step();
    check_answered_in_time(bench, again);
    check_answer(bench, again, Outcome::unknown, "unsettled");
}

TEST_CASE("A refusal that can't be proven is answered failed when its time is over") {
    WriterBench bench(impatient());
    bench.begin();
    const Ticket ticket = bench.ask(registering("c1"));
    bench.step();
    check_answered_in_time(bench, ticket);
    check_answer(bench, ticket, Outcome::failed, "log.unavailable");
}

TEST_CASE("A command that waits for the views in a term is answered when its time is over") {
    WriterBench bench(impatient());
    const Ticket ticket = bench.ask(registering("c1"));
    bench.step();
    bench.tell_end();
    bench.step();
    bench.land();
    bench.read();
    bench.step();
    REQUIRE(bench.writer->waits_for_view());
    bench.pass(kPatience);
    bench.step();
    check_answer(bench, ticket, Outcome::failed, "log.unavailable");
}

TEST_CASE("A command behind as many in flight as may be is answered when its time is over") {
    WriterSettings settings = impatient();
    settings.in_flight_max_entries = 1;
    settings.read_back_patience_ms = 60'000;
    WriterBench bench(settings);
    bench.begin();
    const Ticket sent = bench.ask(adding("c1", "kim"));
    const Ticket queued = bench.ask(adding("c2", "lee"));
    bench.step();
    check_answered_in_time(bench, queued);
    check_answer(bench, sent, Outcome::unknown, "unsettled");
    check_answer(bench, queued, Outcome::failed, "log.unavailable");
}

TEST_CASE("Settling ends when its time is over") {
    WriterBench bench(impatient());
    const Ticket ticket = bench.settle();
    bench.step();
    check_answered_in_time(bench, ticket);
    check_answer(bench, ticket, Outcome::failed, "log.unavailable");
    CHECK(bench.writer->idle());
}

TEST_CASE("What was answered in time is not answered again at the end") {
    WriterBench bench(impatient());
    bench.begin();
    bench.ask(adding("c1", "kim"));
    bench.step();
    bench.pass(kPatience);
    bench.step();
    CHECK(bench.writer->give_up().empty());
}
