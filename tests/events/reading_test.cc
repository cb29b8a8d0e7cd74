// Reading: the judge record by record, everything counted.
#include "events/reading.h"

#include "tests/events/records.h"
#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::tests;

namespace {

Reading read_all(const std::vector<std::pair<std::uint64_t, Bytes>>& log) {
    Reading reading;
    for (const auto& [position, record] : log)
        REQUIRE(read_next(reading, Position{position}, record).ok());
    return reading;
}

Reading open_at_four() {
    return read_all({{0, genesis_record()},
                     {1, encode_claim(1, kAnn, 8, "node")},
                     {3, encode_checkpoint(1, kAnn, 0, root_of({}))}});
}

}  // namespace

TEST_CASE("What was applied, void, control and absent is the span of positions") {
    Reading reading = open_at_four();
    const Bytes entry = entry_record(1, kAnn, 1);
    const auto judged = read_next(reading, Position{6}, entry);
    REQUIRE(judged.ok());
    CHECK(judged->verdict.kind == VerdictKind::applied);
    CHECK(judged->position == Position{6});
    REQUIRE(read_next(reading, Position{7}, entry).ok());    // a repeat
    REQUIRE(read_next(reading, Position{9}, Bytes{}).ok());  // poison
    CHECK(reading.counts == Counts{1, 2, 3, 4, 1});
    CHECK(reading.next == Position{10});
    CHECK(reading.last == Position{9});
    CHECK(reading.counts.applied + reading.counts.voided + reading.counts.control +
              reading.counts.absent ==
          10);
}

TEST_CASE("A position that was read already stops the reader") {
    Reading reading = open_at_four();
    const Reading before = reading;
    CHECK_FALSE(read_next(reading, Position{3}, entry_record(1, kAnn, 1)).ok());
    CHECK(reading == before);
}

TEST_CASE(
    "A valid entry older than the one before it stops the reader; a void one doesn't matter") {
    Reading reading = open_at_four();
    REQUIRE(read_next(reading, Position{4}, entry_record(1, kAnn, 1, 500)).ok());
    const Reading before = reading;
    CHECK_FALSE(read_next(reading, Position{5}, entry_record(1, kAnn, 2, 499)).ok());
    CHECK(reading == before);
    REQUIRE(read_next(reading, Position{5}, entry_record(1, kBob, 2, 1)).ok());
    REQUIRE(read_next(reading, Position{6}, entry_record(1, kAnn, 3, 1)).ok());
    CHECK(reading.judge.time == 500);
    REQUIRE(read_next(reading, Position{7}, entry_record(1, kAnn, 2, 500)).ok());
    CHECK(reading.counts.applied == 2);
}

TEST_CASE("A reader that must stop says where and why, and stays where it was") {
    Reading reading = open_at_four();
    const Reading before = reading;
    const auto judged = read_next(reading, Position{17}, entry_of_type(200, 1, kAnn, 1));
    REQUIRE_FALSE(judged.ok());
    CHECK(judged.error().code == kReaderStopped);
    CHECK(reading == before);
}
