// What the writer answers, and when it may.
#include "aggregates/writer.h"

#include "events/date.h"
#include "tests/aggregates/writer_bench.h"
#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::tests;

namespace {

const Answer& answer(const WriterBench& bench, Ticket ticket) {
    const Answer* found = bench.answer(ticket);
    REQUIRE(found != nullptr);
    return *found;
}

const fb::Entry& entry_at(const WriterBench& bench, Position position) {
    return *decode_record(*bench.log[number(position)]).entry;
}

std::optional<Said> since(std::uint64_t version, std::uint64_t expected, std::string events) {
    return refuse(say::VersionConflictSince{
                      .version = version, .expected = expected, .events = std::move(events)})
        .said;
}

}  // namespace

TEST_CASE("The next command is decided on entries that are not judged yet") {
    WriterBench bench;
    bench.begin();
    const Ticket first = bench.ask(adding("c1", "kim"));
    const Ticket second = bench.ask(adding("c2", "kim"));
    bench.step();
    CHECK(bench.sent_kinds() == "entry2");
    bench.run();
    CHECK(answer(bench, first).outcome == Outcome::accepted);
    CHECK(answer(bench, second).code == "user.exists");
    CHECK(answer(bench, second).version == 2);
}

TEST_CASE("A refusal waits for the entries it was judged on, and for the end asked for after it") {
    WriterBench bench;
    bench.begin();
    bench.ask(adding("c1", "kim"));
    const Ticket refused = bench.ask(adding("c2", "kim"));
    bench.step();
    REQUIRE(bench.asked.has_value());
    bench.tell_end();  // before the entry landed
    bench.step();
    CHECK(bench.answer(refused) == nullptr);
    bench.land();
    bench.step();
    CHECK(bench.answer(refused) == nullptr);
    bench.read();
    bench.step();
    CHECK(answer(bench, refused).code == "user.exists");

    const Ticket next = bench.ask(adding("c3", "kim"));
    bench.step();
    CHECK(bench.answer(next) == nullptr);  // all it was judged on is valid, the end is not known
    bench.put(Bytes{});
    bench.tell_end();
    bench.step();
    CHECK(bench.answer(next) == nullptr);  // the end is not read
    bench.read();
    bench.step();
    CHECK(answer(bench, next).outcome == Outcome::refused);
    CHECK(number(answer(bench, next).position) == bench.log.size() - 1);
    CHECK_FALSE(bench.answers.at(next).command.empty());
}

TEST_CASE("A refusal whose basis is lost is judged afresh") {
    WriterBench bench;
    bench.begin();
    const Ticket added = bench.ask(adding("c1", "kim"));
    const Ticket refused = bench.ask(adding("c2", "kim"));
    bench.step();
    bench.lose();
    bench.tell_end();
    bench.writer->doubt(bench.now_);
    bench.step();
    CHECK(bench.answer(refused) == nullptr);
    bench.run();
    CHECK(answer(bench, added).outcome == Outcome::accepted);
    CHECK(answer(bench, refused).version == 2);
}

TEST_CASE(
    "A refusal carries no position behind the next entry, which may have changed what it says") {
    WriterBench bench;
    bench.begin();
    const Ticket refused = bench.ask(adding_with({"c1", 9, {}}, "kim"));
    const Ticket added = bench.ask(adding("c2", "kim"));
    bench.step();
    bench.land();
    bench.tell_end();
    bench.read();
    bench.step();
    CHECK(answer(bench, refused).code == "version.conflict");
    CHECK(answer(bench, refused).version == 1);
    CHECK(answer(bench, refused).position < answer(bench, added).position);
    CHECK(number(answer(bench, refused).position) == number(answer(bench, added).position) - 1);
}

TEST_CASE("The same command again gets the same answer, whenever it comes [LED-02]") {
    WriterBench bench;
    bench.begin();
    const Bytes command = adding("c1", "kim");
    const Ticket first = bench.ask(command);
    const Ticket at_once = bench.ask(command);
    bench.step();
    CHECK(bench.sent_kinds() == "entry2");
    const Ticket in_flight = bench.ask(command);
    bench.step();
    bench.run();
    const Ticket later = bench.ask(command);
    bench.run();
    for (const Ticket ticket : {first, at_once, in_flight, later}) {
        CHECK(answer(bench, ticket).outcome == Outcome::accepted);
        CHECK(answer(bench, ticket).seq == 2);
        CHECK(answer(bench, ticket).version == 2);
        CHECK(answer(bench, ticket).position == answer(bench, first).position);
    }
    // And of a new term, which knows it from the view.
    bench.settle();
    bench.run();
    const Ticket after = bench.ask(command);
    bench.run();
    CHECK(answer(bench, after).position == answer(bench, first).position);
    CHECK(bench.reading.judge.seq == 2);
}

TEST_CASE("Another command under a known id is refused [LED-02]") {
    WriterBench bench;
    bench.begin();
    bench.ask(adding("c1", "kim"));
    const Ticket at_once = bench.ask(adding("c1", "lee"));
    bench.run();
    const Ticket later = bench.ask(adding("c1", "max"));
    bench.run();
    for (const Ticket ticket : {at_once, later}) {
        CHECK(answer(bench, ticket).code == "command.id-reused");
        CHECK(answer(bench, ticket).version == 2);
    }
    CHECK(bench.reading.judge.seq == 2);
}

TEST_CASE("An event says of which group its command is: given none, of its own alone [LED-03]") {
    WriterBench bench;
    bench.begin();
    bench.ask(adding("c1", "kim"));
    bench.ask(adding_with({"c2", {}, {}, "ticket-17"}, "lee"));
    bench.step();
    REQUIRE(bench.sent_kinds() == "entry2 entry3");
    const auto correlation_of = [&](std::size_t sent) {
        return decode_record(bench.sent[sent]).entry->correlation_id()->str();
    };
    CHECK(correlation_of(0) == "c1");
    CHECK(correlation_of(1) == "ticket-17");
}

TEST_CASE("A refused id may be tried again") {
    WriterBench bench;
    const Ticket refused = bench.ask(adding("c1", "kim"));
    bench.run();
    CHECK(answer(bench, refused).code == "partner.unknown");
    CHECK(answer(bench, refused).version == 0);
    bench.begin();
    const Ticket again = bench.ask(adding("c1", "kim"));
    bench.run();
    CHECK(answer(bench, again).outcome == Outcome::accepted);
}

TEST_CASE(
    "An expected version that is not the partner's is a conflict that names what came between "
    "[LED-09]") {
    WriterBench bench;
    bench.begin();
    const Ticket right = bench.ask(adding_with({"c1", 1, {}}, "kim"));
    const Ticket old = bench.ask(adding_with({"c2", 1, {}}, "lee"));
    bench.run();
    CHECK(answer(bench, right).outcome == Outcome::accepted);
    CHECK(answer(bench, old).code == "version.conflict");
    CHECK(answer(bench, old).said == since(2, 1, "UserAdded (2)"));
    // The names are those of the whole history, also of one that was replayed from the view.
    bench.settle();
    bench.run();
    const Ticket older = bench.ask(adding_with({"c3", 0, {}}, "lee"));
    bench.run();
    CHECK(answer(bench, older).said == since(2, 0, "PartnerRegistered (1), UserAdded (2)"));
}

TEST_CASE(
    "After its not_after a command is refused whoever sends it, but what was accepted stays so "
    "[LED-08]") {
    WriterBench bench;
    bench.begin();
    const Bytes in_time = adding_with({"c1", {}, kNoon + 60'000}, "kim");
    const Bytes too_late = adding_with({"c2", {}, kNoon + 60'000}, "lee");
    const Ticket accepted = bench.ask(in_time);
    bench.run();
    bench.pass(60'001);
    const Ticket again = bench.ask(in_time);
    const Ticket late = bench.ask(too_late);
    bench.run();
    CHECK(answer(bench, accepted).outcome == Outcome::accepted);
    CHECK(answer(bench, again).outcome == Outcome::accepted);
    CHECK(answer(bench, late).code == "command.too-late");
}

TEST_CASE("An entry's time is never earlier than that of the one before, whatever the clock says") {
    WriterBench bench;
    bench.begin();
    bench.now_.wall_ms += 5'000;
    const Ticket first = bench.ask(adding("c1", "kim"));
    bench.run();
    bench.now_.wall_ms -= 60'000;
    const Ticket second = bench.ask(adding("c2", "lee"));
    bench.run();
    CHECK(entry_at(bench, answer(bench, first).position).time() == kNoon + 5'000);
    CHECK(entry_at(bench, answer(bench, second).position).time() == kNoon + 5'000);
}

TEST_CASE(
    "A sandbox ledger's clock is the one in its log, and moves for what is decided behind it") {
    WriterBench bench({}, true);
    const Ticket first = bench.ask(registering("c1"));
    const Ticket moved = bench.ask(moving_clock("c2", kToday + 40));
    const Ticket second = bench.ask(adding("c3", "kim"));
    const Ticket back = bench.ask(moving_clock("c4", kToday + 39));
    const Ticket again = bench.ask(moving_clock("c2", kToday + 40));
    const Ticket there = bench.ask(moving_clock("c5", kToday + 40));
    bench.run();
    CHECK(entry_at(bench, answer(bench, first).position).time() ==
          start_of(Date{kToday}).milliseconds);
    CHECK(entry_at(bench, answer(bench, moved).position).version() == 1);
    CHECK(entry_at(bench, answer(bench, second).position).time() ==
          start_of(Date{kToday + 40}).milliseconds);
    CHECK(answer(bench, back).code == "clock.backwards");
    CHECK(answer(bench, again).position == answer(bench, moved).position);
    CHECK(answer(bench, there).outcome == Outcome::nothing);
    CHECK(answer(bench, there).version == 1);
}

TEST_CASE("A conflict with the ledger's own version names no events", "[LED-09]") {
    WriterBench bench({}, true);
    bench.ask(moving_clock("c1", kToday + 1));
    const Ticket late = bench.ask(moving_clock("c2", kToday + 2, 0));
    bench.run();
    CHECK(answer(bench, late).code == "version.conflict");
    CHECK(answer(bench, late).said ==
          refuse(say::VersionConflict{.version = 1, .expected = 0}).said);
}

TEST_CASE("One command more than may wait is answered busy") {
    WriterSettings settings;
    settings.queue_max_commands = 2;
    WriterBench bench(settings);
    const Ticket first = bench.ask(registering("c1"));
    bench.ask(adding("c2", "kim"));
    const Ticket third = bench.ask(adding("c3", "lee"));
    bench.step();
    CHECK(answer(bench, third).code == "busy");
    CHECK(answer(bench, third).outcome == Outcome::failed);
    bench.run();
    CHECK(answer(bench, first).outcome == Outcome::accepted);
}

TEST_CASE("No more entries are in flight than were announced in the claim") {
    WriterSettings settings;
    settings.in_flight_max_entries = 2;
    WriterBench bench(settings);
    bench.begin();
    for (int i = 0; i < 5; ++i) bench.ask(adding("c" + std::to_string(i), "u" + std::to_string(i)));
    bench.step();
    CHECK(bench.sent_kinds() == "entry2 entry3");
    bench.step();
    CHECK(bench.sent_kinds() == "entry2 entry3");
    bench.land();
    bench.read();
    bench.step();
    CHECK(bench.sent_kinds() == "entry4 entry5");
}

TEST_CASE("Between so many entries stands a checkpoint") {
    WriterSettings settings;
    settings.in_flight_max_entries = 2;
    settings.checkpoint_every_entries = 3;
    WriterBench bench(settings);
    bench.begin();
    for (int i = 0; i < 6; ++i) bench.ask(adding("c" + std::to_string(i), "u" + std::to_string(i)));
    bench.run();
    std::string kinds;
    for (const auto& record : bench.log)
        kinds += decode_record(*record).checkpoint ? "C" : decode_record(*record).entry ? "e" : "";
    CHECK(kinds == "CeeeCeeeCe");
    CHECK(bench.reading.counts.voided == 0);
}

TEST_CASE("An entry larger than any reader takes is failed and never sent, and the others go on") {
    WriterBench bench;
    const Ticket large = bench.ask(registering("c1", limits::kEntryMaxBytes));
    const Ticket small = bench.ask(registering("c2"));
    bench.run();
    CHECK(answer(bench, large).outcome == Outcome::failed);
    CHECK(answer(bench, large).code == "entry.too-large");
    CHECK(answer(bench, small).outcome == Outcome::accepted);
    CHECK(answer(bench, small).seq == 1);
}

TEST_CASE("A partner is kept until the view covers its last entry, however many there are") {
    WriterSettings settings;
    settings.hot_partners_max = 1;
    WriterBench bench(settings);
    bench.begin();
    // Accepted, read back, and not in the view.
    const Ticket first = bench.ask(adding("c1", "kim"));
    bench.step();
    bench.land();
    bench.read();
    const Ticket other = bench.ask(registering_other("c2", "fabrikam"));
    bench.step();
    bench.land();
    bench.read();
    bench.step();
    const Ticket second = bench.ask(adding("c3", "lee"));
    bench.step();
    bench.land();
    bench.read();
    bench.step();
    CHECK(answer(bench, first).version == 2);
    CHECK(answer(bench, other).version == 1);
    CHECK(answer(bench, second).version == 3);
}
