// The writer's terms: claiming, serving, losing, settling what is in doubt, closing.
#include "aggregates/writer.h"

#include "tests/aggregates/writer_bench.h"
#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::tests;

namespace {

constexpr Id128 kOther{9, 9};

// Somebody else takes the partition and opens the term.
void take_over(WriterBench& bench) {
    const JudgeState state = bench.judged_log();
    bench.put(encode_claim(state.epoch + 1, kOther, 100, "other"));
    bench.put(encode_checkpoint(state.epoch + 1, kOther, state.seq, state.frontier.root()));
}

// Time goes by, in small steps, until the writer sends something.
std::int64_t pass_until_it_sends(WriterBench& bench, std::int64_t at_most_ms) {
    for (std::int64_t passed = 0; passed <= at_most_ms; passed += 10) {
        bench.step();
        if (!bench.sent.empty()) return passed;
        bench.tell_end();
        bench.step();
        if (!bench.sent.empty()) return passed;
        bench.pass(10);
    }
    return -1;
}

bool is_accepted(const WriterBench& bench, Ticket ticket) {
    const Answer* answer = bench.answer(ticket);
    return answer && answer->outcome == Outcome::accepted;
}

}  // namespace

TEST_CASE("A writer without work does nothing") {
    WriterBench bench;
    bench.run();
    CHECK(bench.sent.empty());
    CHECK(bench.log.size() == 1);
    CHECK_FALSE(bench.asked.has_value());
    CHECK(bench.writer->idle());
    CHECK(bench.writer->wake_at_ms() == std::numeric_limits<std::int64_t>::max());
}

TEST_CASE("With work in hand it reads to the end of the log, and only then claims") {
    WriterBench bench;
    take_over(bench);  // not read yet
    bench.ask(registering("c1"));
    bench.step();
    REQUIRE(bench.asked.has_value());
    CHECK(bench.sent.empty());
    bench.tell_end();
    bench.step();
    CHECK(bench.sent.empty());
    bench.read();
    bench.pass(10'000);
    bench.step();
    bench.tell_end();
    bench.step();
    CHECK(bench.sent_kinds() == "claim");
    CHECK(decode_record(bench.sent.front()).opened->epoch() == 2);
}

TEST_CASE("It serves when its own claim is judged valid: first checkpoint, then all that waits") {
    WriterBench bench;
    bench.ask(registering("c1"));
    bench.ask(adding("c2", "kim"));
    bench.ask(adding("c3", "lee"));
    bench.step();
    bench.tell_end();
    bench.step();
    CHECK(bench.sent_kinds() == "claim");
    bench.step();
    CHECK(bench.sent_kinds() == "claim");  // handed over, not read back
    bench.land();
    bench.read();
    bench.step();
    CHECK(bench.sent_kinds() == "checkpoint");  // the view has not come to the term's beginning
    bench.view();
    bench.step();
    CHECK(bench.sent_kinds() == "checkpoint entry1 entry2 entry3");
    CHECK(bench.answers.empty());
}

TEST_CASE("Accepted is answered when the entry was read back and judged valid, not before") {
    WriterBench bench;
    bench.begin();
    const Ticket ticket = bench.ask(adding("c1", "kim"));
    bench.step();
    CHECK(bench.sent_kinds() == "entry2");
    bench.land();
    bench.step();
    CHECK(bench.answer(ticket) == nullptr);
    bench.read();
    bench.step();
    REQUIRE(is_accepted(bench, ticket));
    CHECK(bench.answer(ticket)->seq == 2);
    CHECK(bench.answer(ticket)->version == 2);
    CHECK(number(bench.answer(ticket)->position) == bench.log.size() - 1);
}

TEST_CASE("A doubt settles nothing: it claims again, and knows at its claim") {
    WriterBench bench;
    bench.begin();
    const Ticket first = bench.ask(adding("c1", "kim"));
    const Ticket second = bench.ask(adding("c2", "lee"));
    bench.step();
    CHECK(bench.sent_kinds() == "entry2 entry3");
    bench.land(1);
    bench.lose(1);
    bench.writer->doubt(bench.now_);
    bench.step();
    CHECK(bench.sent_kinds() == "claim");
    CHECK(bench.answers.size() == 1);
    bench.read();
    bench.step();
    CHECK(is_accepted(bench, first));  // it was in the log before the claim
    CHECK(bench.answer(second) == nullptr);
    bench.run();
    REQUIRE(is_accepted(bench, second));
    CHECK(bench.answer(second)->seq == 3);
    CHECK(bench.writer->counts().decided_again == 1);
}

TEST_CASE("An entry that comes in after the new claim is void, and was decided again under it") {
    WriterBench bench;
    bench.begin();
    const Ticket ticket = bench.ask(adding("c1", "kim"));
    bench.step();
    const Bytes late = bench.sent.front();
    bench.lose();
    bench.writer->doubt(bench.now_);
    bench.run();
    REQUIRE(is_accepted(bench, ticket));
    const Position position = bench.answer(ticket)->position;
    bench.put(late);
    bench.run();
    CHECK(bench.reading.counts.voided == 1);
    CHECK(bench.reading.judge.seq == 2);
    CHECK(decode_record(*bench.log[number(position)]).entry->epoch() == 2);
}

TEST_CASE("An own entry that comes back void is in doubt, not settled") {
    WriterBench bench;
    bench.begin();
    const Ticket first = bench.ask(adding("c1", "kim"));
    const Ticket second = bench.ask(adding("c2", "lee"));
    bench.step();
    const std::vector<Bytes> entries(bench.sent.begin(), bench.sent.end());
    bench.lose();
    bench.put(entries[1]);  // out of order: a gap
    bench.read();
    bench.step();
    CHECK(bench.sent_kinds() == "claim");
    CHECK(bench.answer(second) == nullptr);
    // Both may still come in before the claim does, in the right order.
    bench.put(entries[0]);
    bench.put(entries[1]);
    bench.run();
    CHECK(is_accepted(bench, first));
    CHECK(is_accepted(bench, second));
    CHECK(bench.writer->counts().decided_again == 0);
    CHECK(bench.reading.judge.seq == 3);
}

TEST_CASE("An own entry not read back in time is in doubt") {
    WriterBench bench;
    bench.begin();
    bench.ask(adding("c1", "kim"));
    bench.step();
    bench.lose();
    const std::int64_t wake = bench.writer->wake_at_ms();
    CHECK(wake == bench.now_.monotonic_ms + WriterSettings{}.read_back_patience_ms);
    bench.pass(wake - bench.now_.monotonic_ms - 1);
    bench.step();
    CHECK(bench.sent.empty());
    bench.pass(1);
    bench.step();
    CHECK(bench.sent_kinds() == "claim");
}

TEST_CASE("A claim that is not read back in time is sent again under another id") {
    WriterBench bench;
    bench.ask(registering("c1"));
    bench.step();
    bench.tell_end();
    bench.step();
    REQUIRE(bench.sent_kinds() == "claim");
    const Bytes first = bench.sent.front();
    bench.lose();
    bench.pass(bench.writer->wake_at_ms() - bench.now_.monotonic_ms);
    bench.step();
    REQUIRE(bench.sent_kinds() == "claim");
    CHECK(id_of(*decode_record(bench.sent.front()).opened->writer()) !=
          id_of(*decode_record(first).opened->writer()));
    // The first comes in all the same: a term that nobody serves. It claims the next one later.
    bench.put(first);
    bench.run();
    CHECK(bench.answers.empty());
    CHECK(pass_until_it_sends(bench, 60'000) >= 0);
    bench.run();
    CHECK(bench.answers.size() == 1);
}

TEST_CASE("Superseded, it decides again what was open, after a wait, in the order of arrival") {
    WriterBench bench;
    bench.begin();
    const Ticket first = bench.ask(adding("c1", "kim"));
    const Ticket second = bench.ask(adding("c2", "lee"));
    bench.step();
    bench.lose();
    take_over(bench);
    bench.read();
    bench.view();
    bench.step();
    CHECK(bench.sent.empty());
    CHECK(bench.answers.size() == 1);
    const std::int64_t waited = pass_until_it_sends(bench, 60'000);
    CHECK(waited >= static_cast<std::int64_t>(WriterSettings{}.tenure_min_ms));
    CHECK(bench.sent_kinds() == "claim");
    bench.run();
    REQUIRE(is_accepted(bench, first));
    REQUIRE(is_accepted(bench, second));
    CHECK(bench.answer(first)->seq == 2);
    CHECK(bench.answer(second)->seq == 3);
    CHECK(bench.reading.judge.epoch == 3);
}

TEST_CASE("A writer that keeps being superseded waits longer and longer") {
    WriterBench bench;
    bench.begin();
    std::int64_t before = 0;
    for (int i = 0; i < 3; ++i) {
        if (i == 0) bench.ask(adding("c1", "kim"));
        bench.step();
        bench.lose();
        take_over(bench);
        bench.read();
        bench.view();
        const std::int64_t waited = pass_until_it_sends(bench, 600'000);
        CHECK(waited > before);
        before = waited;
        bench.land();
        bench.read();
        bench.view();
    }
}

TEST_CASE("What another writer has added meanwhile is what it decides on") {
    WriterBench bench;
    bench.begin();
    take_over(bench);
    EntryHeader header;
    header.epoch = 2;
    header.writer = kOther;
    header.seq = 2;
    header.partner = "contoso";
    header.version = 2;
    header.time_ms = kNoon;
    header.command_id = "others";
    header.actor_id = "ada";
    fb::UserAddedT added;
    added.user = std::make_unique<fb::PersonT>();
    added.user->id = "kim";
    fb::EventUnion event;
    event.Set(std::move(added));
    bench.put(encode_entry(header, encode_body(event)));
    const Ticket ticket = bench.ask(adding("c1", "kim"));  // still serving, as far as it knows
    bench.step();
    bench.read();
    bench.view();
    for (int i = 0; i < 100 && !bench.answer(ticket); ++i) {
        bench.run();
        bench.pass(100);
    }
    REQUIRE(bench.answer(ticket) != nullptr);
    CHECK(bench.answer(ticket)->code == "user.exists");
    CHECK(bench.answer(ticket)->version == 2);
}

TEST_CASE("Before a hole at the end of the log it claims all the same, after a silence") {
    WriterBench bench;
    bench.leave_hole();
    const Ticket ticket = bench.ask(registering("c1"));
    bench.run();
    CHECK(bench.answer(ticket) == nullptr);
    CHECK(bench.log.size() == 2);
    CHECK(bench.writer->wake_at_ms() == bench.now_.monotonic_ms + WriterSettings{}.silence_ms);
    bench.pass(WriterSettings{}.silence_ms);
    bench.run();
    CHECK(is_accepted(bench, ticket));
}

TEST_CASE("Closing ends the term with a checkpoint and a closing, once nothing is open") {
    WriterBench bench;
    bench.begin();
    const Ticket ticket = bench.ask(adding("c1", "kim"));
    bench.step();
    bench.writer->close(bench.now_);
    bench.step();
    CHECK(bench.sent_kinds() == "entry2");
    CHECK_FALSE(bench.writer->closed());
    bench.land();
    bench.read();
    bench.step();
    CHECK(is_accepted(bench, ticket));
    CHECK(bench.sent_kinds() == "checkpoint close");
    const Ticket late = bench.ask(adding("c2", "lee"));
    bench.step();
    CHECK(bench.answer(late)->code == "closing");
    bench.land();
    bench.read();
    bench.step();
    CHECK(bench.writer->closed());
    CHECK(bench.reading.judge.closed);
}

TEST_CASE("A writer without a term closes at once, and writes nothing") {
    WriterBench bench;
    bench.writer->close(bench.now_);
    bench.step();
    CHECK(bench.writer->closed());
    CHECK(bench.sent.empty());
}

TEST_CASE("A closing that got lost is sent again under a new claim") {
    WriterBench bench;
    bench.begin();
    bench.writer->close(bench.now_);
    bench.step();
    bench.lose();
    bench.pass(bench.writer->wake_at_ms() - bench.now_.monotonic_ms);
    bench.run();
    CHECK(bench.writer->closed());
    CHECK(bench.reading.judge.closed);
    CHECK(bench.reading.judge.epoch == 2);
}

TEST_CASE("After another writer's closing it claims without waiting") {
    WriterBench bench;
    take_over(bench);
    bench.put(encode_close(1, kOther));
    bench.read();
    bench.ask(registering("c1"));
    bench.step();
    bench.tell_end();
    bench.step();
    CHECK(bench.sent_kinds() == "claim");
}

TEST_CASE("Settling is answered with a claim made after the request") {
    WriterBench bench;
    bench.ask(registering("c1"));
    bench.step();
    bench.tell_end();
    bench.step();
    REQUIRE(bench.sent_kinds() == "claim");
    bench.land();
    bench.put(Bytes{});  // the log goes on; none of it is read yet
    const Position end = bench.end();
    const Ticket ticket = bench.settle();
    for (int i = 0; i < 100 && !bench.answer(ticket); ++i) {
        bench.run();
        bench.pass(100);
    }
    REQUIRE(bench.answer(ticket) != nullptr);
    CHECK(bench.answer(ticket)->outcome == Outcome::nothing);
    CHECK(bench.answer(ticket)->position >= end);
    CHECK(decode_record(*bench.log[number(bench.answer(ticket)->position)]).opened != nullptr);
}

TEST_CASE("A valid entry in its name that it didn't send stops it, and leaves nobody waiting") {
    WriterBench bench;
    bench.begin();
    const Ticket open = bench.ask(adding("c1", "kim"));
    bench.step();
    bench.lose();
    EntryHeader header;
    header.epoch = 1;
    header.writer = bench.reading.judge.writer;
    header.seq = 2;
    header.partner = "contoso";
    header.version = 2;
    header.time_ms = kNoon;
    header.command_id = "forged";
    header.actor_id = "mallory";
    fb::EventUnion event;
    event.Set(fb::ContactVerifiedT{});
    bench.put(encode_entry(header, encode_body(event)));
    const Ticket waiting = bench.ask(adding("c2", "lee"));
    bench.read();
    bench.step();
    CHECK_FALSE(bench.stopped.empty());
    REQUIRE(bench.answer(open) != nullptr);
    CHECK(bench.answer(open)->outcome == Outcome::unknown);
    REQUIRE(bench.answer(waiting) != nullptr);
    CHECK(bench.answer(waiting)->outcome == Outcome::failed);
    const Ticket late = bench.ask(adding("c3", "max"));
    bench.step();
    CHECK(bench.answer(late)->code == "stopped");
    CHECK(bench.sent.empty());
}

TEST_CASE("A view that can't be read stops it, and every command is answered") {
    WriterBench bench;
    bench.begin();
    bench.history_broken = true;
    const Ticket first = bench.ask(registering_other("c1", "fabrikam"));
    const Ticket second = bench.ask(registering_other("c2", "northwind"));
    bench.step();
    CHECK_FALSE(bench.stopped.empty());
    REQUIRE(bench.answer(first) != nullptr);
    REQUIRE(bench.answer(second) != nullptr);
    CHECK(bench.answer(first)->outcome == Outcome::failed);
}

TEST_CASE(
    "Giving up says unknown where an entry was sent, for its twin too, and failed elsewhere") {
    WriterSettings settings;
    settings.in_flight_max_entries = 1;
    WriterBench bench(settings);
    bench.begin();
    const Bytes command = adding("c1", "kim");
    const Ticket sent = bench.ask(command);
    bench.step();
    const Ticket queued = bench.ask(adding("c2", "lee"));
    const std::vector<Answered> given_up = bench.writer->give_up();
    REQUIRE(given_up.size() == 2);
    for (const Answered& answered : given_up)
        CHECK(answered.answer.outcome ==
              (answered.ticket == sent ? Outcome::unknown : Outcome::failed));
    CHECK(queued != sent);

    WriterBench other;
    other.begin();
    other.ask(command);
    other.ask(command);
    other.step();
    for (const Answered& answered : other.writer->give_up())
        CHECK(answered.answer.outcome == Outcome::unknown);
}

TEST_CASE("A writer whose node stopped says why with every command that it can't serve") {
    WriterBench bench;
    bench.ask(registering("c1"));
    const auto answers = bench.writer->give_up("the clock is in doubt");
    REQUIRE(answers.size() == 1);
    CHECK(answers.front().answer.outcome == Outcome::failed);
    CHECK(answers.front().answer.code == "stopped");
    CHECK(answers.front().answer.reason == "it was not sent: the clock is in doubt");
}

TEST_CASE("The end is asked for again when there was no answer") {
    WriterBench bench;
    bench.ask(registering("c1"));
    bench.step();
    REQUIRE(bench.asked.has_value());
    bench.writer->end_unavailable(bench.now_, *bench.asked);
    bench.asked.reset();
    bench.step();
    CHECK_FALSE(bench.asked.has_value());
    CHECK(bench.writer->wake_at_ms() == bench.now_.monotonic_ms + WriterSettings{}.ask_again_ms);
    bench.pass(WriterSettings{}.ask_again_ms);
    bench.step();
    CHECK(bench.asked.has_value());
}

TEST_CASE("A command that no term comes for is answered as unavailable: it was not done") {
    WriterBench bench;
    const Ticket ticket = bench.ask(registering("c1"));
    bench.step();
    bench.pass(WriterSettings{}.term_patience_ms);
    bench.step();
    REQUIRE(bench.answer(ticket) != nullptr);
    CHECK(bench.answer(ticket)->outcome == Outcome::failed);
    CHECK(bench.answer(ticket)->code == "log.unavailable");
    CHECK(bench.writer->idle());
}

TEST_CASE("An own entry read back twice does no harm") {
    WriterBench bench;
    bench.begin();
    const Ticket ticket = bench.ask(adding("c1", "kim"));
    bench.step();
    bench.put(bench.sent.front());
    bench.run();
    for (int i = 0; i < 100; ++i) {
        bench.run();
        bench.pass(100);
    }
    CHECK(is_accepted(bench, ticket));
    CHECK(bench.reading.judge.seq == 2);
    CHECK(bench.stopped.empty());
}
