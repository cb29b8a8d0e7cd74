// The order of one caller's commands: what stands behind one that came to no answer.
#include "aggregates/stream_order.h"
#include "aggregates/writer.h"
#include "tests/aggregates/writer_bench.h"
#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::tests;

namespace {

constexpr Origin kInput{Stream{1}, 0};
constexpr Origin kOther{Stream{2}, 0};

Answer failed(const char* code) {
    Answer answer;
    answer.outcome = Outcome::failed;
    answer.code = code;
    return answer;
}

}  // namespace

TEST_CASE("What stands behind a command that came to no answer is not decided") {
    WriterBench bench(impatient());
    const Ticket lost = bench.ask(registering("c1"), kInput);
    bench.step();
    bench.pass(kPatience - 1);
    const Ticket behind = bench.ask(adding("c2", "kim"), kInput);
    const Ticket other_partner = bench.ask(registering_other("c3", "fabrikam"), kInput);
    bench.pass(1);
    bench.step();
    check_answer(bench, lost, Outcome::failed, "log.unavailable");
    bench.run();
    const Ticket later = bench.ask(adding("c4", "lee"), kInput);
    const Ticket other_stream = bench.ask(registering("c5"), kOther);
    const Ticket alone = bench.ask(adding("c6", "ann"));
    bench.run();
    check_answer(bench, behind, Outcome::failed, kAfterFailedCode);
    CHECK(bench.answer(behind)->reason.ends_with(bench.answer(lost)->reason));
    check_answer(bench, later, Outcome::failed, kAfterFailedCode);
    check_answer(bench, other_partner, Outcome::accepted, "");
    check_answer(bench, other_stream, Outcome::accepted, "");
    check_answer(bench, alone, Outcome::accepted, "");
}

TEST_CASE("An entry in flight behind one that was answered unknown goes where that one goes") {
    WriterBench bench(impatient());
    bench.begin();
    const Ticket first = bench.ask(adding("c1", "kim"), kInput);
    bench.step();
    bench.pass(kPatience - 1);
    const Ticket second = bench.ask(adding("c2", "lee"), kInput);
    bench.step();
    bench.pass(1);
    bench.step();
    check_answer(bench, first, Outcome::unknown, "unsettled");
    CHECK(bench.answer(second) == nullptr);

    SECTION("into the log") {
        bench.run();
        check_answer(bench, second, Outcome::accepted, "");
        CHECK(bench.answer(second)->seq == 3);
    }
    SECTION("nowhere: it is not decided again alone") {
        bench.lose();
        bench.writer->doubt(bench.now_);
        bench.run();
        check_answer(bench, second, Outcome::failed, kAfterFailedCode);
        CHECK(bench.reading.judge.seq == 1);
    }
    CHECK(bench.writer->idle());
}

TEST_CASE("What came before the one that failed is decided all the same") {
    WriterSettings settings;
    settings.queue_max_commands = 2;
    WriterBench bench(settings);
    const Ticket first = bench.ask(registering("c1"), kInput);
    const Ticket second = bench.ask(adding("c2", "kim"), kInput);
    const Ticket busy = bench.ask(adding("c3", "lee"), kInput);
    bench.run();
    const Ticket behind = bench.ask(adding("c4", "ann"), kInput);
    bench.run();
    check_answer(bench, first, Outcome::accepted, "");
    check_answer(bench, second, Outcome::accepted, "");
    check_answer(bench, busy, Outcome::failed, "busy");
    check_answer(bench, behind, Outcome::failed, kAfterFailedCode);
}

TEST_CASE("A refusal, or a command at fault itself, breaks no order") {
    WriterBench bench;
    const Ticket first = bench.ask(registering("c1"), kInput);
    const Ticket refused = bench.ask(registering("c2"), kInput);
    const Ticket large = bench.ask(registering("c3", limits::kEntryMaxBytes), kOther);
    const Ticket behind = bench.ask(adding("c4", "kim"), kInput);
    bench.run();
    check_answer(bench, first, Outcome::accepted, "");
    CHECK(bench.answer(refused)->outcome == Outcome::refused);
    CHECK(bench.answer(large)->outcome != Outcome::accepted);
    check_answer(bench, behind, Outcome::accepted, "");
    CHECK_FALSE(came_to_no_answer(failed("entry.too-large")));
    CHECK_FALSE(came_to_no_answer(failed("command.invalid")));
    CHECK(came_to_no_answer(failed("busy")));
    CHECK(came_to_no_answer(failed("keys.unavailable")));
    CHECK(came_to_no_answer(failed(kAfterFailedCode)));
}

TEST_CASE("Sent again whole, an input comes to what it would have come to") {
    WriterBench bench(impatient());
    bench.begin();
    const std::vector<Bytes> input{adding("c1", "kim"), adding("c2", "lee"), adding("c3", "ann")};
    std::vector<Ticket> tickets;
    for (const Bytes& command : input) tickets.push_back(bench.ask(command, kInput));
    bench.step();
    bench.pass(kPatience);
    bench.step();
    bench.lose(2);  // of three
    bench.run();
    const std::uint64_t standing = bench.reading.judge.seq;
    CHECK(standing == 1);
    for (const Bytes& command : input) bench.ask(command, kOther);
    bench.run();
    std::vector<std::string> ids;
    for (const auto& record : bench.log) {
        const RecordView view = decode_record(*record);
        if (view.entry && view.entry->epoch() == bench.reading.judge.epoch)
            ids.push_back(view.entry->command_id()->str());
    }
    CHECK(ids == std::vector<std::string>{"c1", "c2", "c3"});
}

TEST_CASE("What a command has waited already counts") {
    WriterBench bench(impatient());
    const Ticket ticket = bench.ask(registering("c1"), Origin{Stream{1}, kPatience - 100});
    CHECK(bench.writer->wake_at_ms() <= bench.now_.monotonic_ms + 100);
    bench.step();
    bench.pass(100);
    bench.step();
    check_answer(bench, ticket, Outcome::failed, "log.unavailable");
}

TEST_CASE("A stream that broke for many partners, or for all, is broken for all behind") {
    StreamOrder order;
    order.broke(Stream{1}, "contoso", 5, "no log");
    REQUIRE(order.broken_before(Stream{1}, "contoso", 6));
    CHECK(*order.broken_before(Stream{1}, "contoso", 6) == "no log");
    CHECK_FALSE(order.broken_before(Stream{1}, "contoso", 4));
    CHECK_FALSE(order.broken_before(Stream{1}, "fabrikam", 6));
    CHECK_FALSE(order.broken_before(Stream{2}, "contoso", 6));
    CHECK(order.broken_for_anybody(Stream{1}));
    CHECK_FALSE(order.broken_for_anybody(Stream{2}));
    order.broke_for_all(Stream{1}, 7, "no clock");
    CHECK_FALSE(order.broken_before(Stream{1}, "fabrikam", 7));
    CHECK(order.broken_before(Stream{1}, "fabrikam", 8));
    for (std::uint64_t i = 0; i < 20'000; ++i)
        order.broke(Stream{2}, "p" + std::to_string(i), i + 1, "no keys");
    CHECK(order.broken_before(Stream{2}, "anybody", 20'001));
    order.broke(kNoStream, "contoso", 1, "no log");
    CHECK_FALSE(order.broken_before(kNoStream, "contoso", 2));
}
