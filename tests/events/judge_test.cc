// Every line of the judge: a log so far, one more record, its verdict, and the state after it.
#include "events/judge.h"

#include <algorithm>
#include <string>
#include <vector>

#include "events/limits.h"
#include "tests/events/records.h"
#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::tests;

namespace {

constexpr std::uint32_t kInFlight = 4;

Bytes claim(std::uint64_t epoch, Id128 writer = kAnn) {
    return encode_claim(epoch, writer, kInFlight, "node");
}
Bytes entry(std::uint64_t epoch, Id128 writer, std::uint64_t seq) {
    return entry_record(epoch, writer, seq);
}
Bytes close(std::uint64_t epoch, Id128 writer) { return encode_close(epoch, writer); }
Bytes checkpoint(std::uint64_t epoch, Id128 writer, const std::vector<Bytes>& entries) {
    return encode_checkpoint(epoch, writer, entries.size(), root_of(entries));
}

// What the log of most lines begins with: epoch 5 is Ann's and open, with two entries.
const std::vector<Bytes>& two_entries() {
    static const std::vector<Bytes> entries{entry(5, kAnn, 1), entry(5, kAnn, 2)};
    return entries;
}

using Log = std::vector<Bytes>;

Log claimed() { return {genesis_record(), claim(1, kBob), claim(2), claim(3), claim(4), claim(5)}; }
Log opened() {
    Log log = claimed();
    log.push_back(checkpoint(5, kAnn, {}));
    return log;
}
Log open_with_two() {
    Log log = opened();
    for (const Bytes& record : two_entries()) log.push_back(record);
    return log;
}
Log closed() {
    Log log = open_with_two();
    log.push_back(close(5, kAnn));
    return log;
}
Log claimed_after_two() {
    Log log = open_with_two();
    log.push_back(claim(6, kBob));
    return log;
}

JudgeState after(const Log& log) {
    JudgeState state;
    for (const Bytes& record : log) {
        const Verdict verdict = judge(state, decode_record(record));
        REQUIRE((verdict.kind == VerdictKind::applied || verdict.kind == VerdictKind::control));
    }
    return state;
}

struct Line {
    const char* rule;
    Log log;
    Bytes record;
    Why why;
};

// What is void, or stops the reader, leaves the state as it was.
void check_lines(const std::vector<Line>& lines, VerdictKind kind) {
    for (const Line& line : lines) {
        INFO(line.rule);
        const JudgeState before = after(line.log);
        JudgeState state = before;
        const Verdict verdict = judge(state, decode_record(line.record));
        CHECK(verdict.kind == kind);
        CHECK(std::string(name_of(verdict.why)) == name_of(line.why));
        CHECK(state == before);
    }
}

JudgeState judged(const Log& log, const Bytes& record, VerdictKind kind) {
    JudgeState state = after(log);
    const Verdict verdict = judge(state, decode_record(record));
    CHECK(verdict.kind == kind);
    CHECK(verdict.why == Why::none);
    return state;
}

Bytes oversize() { return Bytes(limits::kRecordMaxBytes + 1, 7); }
Bytes truncated() {
    Bytes record = entry(5, kAnn, 3);
    record.resize(record.size() / 2);
    return record;
}
Bytes of_unknown_kind() {
    flatbuffers::FlatBufferBuilder builder;
    const auto content = fb::CreateContactVerified(builder, 1).Union();
    fb::FinishRecordBuffer(builder,
                           fb::CreateRecord(builder, static_cast<fb::RecordKind>(77), content));
    return Bytes(builder.GetBufferPointer(), builder.GetBufferPointer() + builder.GetSize());
}

// The first number that is left between the types of events.
std::uint8_t type_in_a_gap() {
    auto type = static_cast<std::uint8_t>(fb::Event::NONE);
    for (const fb::Event known : fb::EnumValuesEvent())
        if (known == static_cast<fb::Event>(type)) ++type;
    return type;
}

}  // namespace

TEST_CASE("A partition begins with a genesis record, and nothing else begins one") {
    check_lines({{"a claim first", {}, claim(1), Why::no_genesis},
                 {"an entry first", {}, entry(0, {}, 1), Why::no_genesis},
                 {"poison first", {}, {}, Why::no_genesis}},
                VerdictKind::stop);
    const JudgeState state = judged({}, genesis_record(), VerdictKind::control);
    CHECK(state.has_genesis);
    CHECK(state.epoch == 0);
    CHECK(state.seq == 0);
}

TEST_CASE("Bytes that are no record are void, whatever they are") {
    Bytes flipped = entry(5, kAnn, 3);
    flipped[4] = 'X';
    check_lines(
        {{"nothing at all", open_with_two(), {}, Why::poison},
         {"a few bytes", open_with_two(), {1, 2, 3}, Why::poison},
         {"half a record", open_with_two(), truncated(), Why::poison},
         {"a record of another schema", open_with_two(), flipped, Why::poison},
         {"a body of more tables than a record may have", open_with_two(),
          entry_of_tables(5'000, 5, kAnn, 3), Why::poison},
         {"more than a record may have", open_with_two(), oversize(), Why::poison},
         {"a kind of record that nobody knows", open_with_two(), of_unknown_kind(), Why::poison}},
        VerdictKind::voided);
}

TEST_CASE("A genesis record anywhere else is void") {
    check_lines(
        {{"right behind the first", {genesis_record()}, genesis_record(), Why::genesis_again},
         {"in a term", open_with_two(), genesis_record(), Why::genesis_again}},
        VerdictKind::voided);
}

TEST_CASE("A claim is valid with the epoch after the current one, and with no other") {
    const JudgeState state = judged(open_with_two(), claim(6, kBob), VerdictKind::control);
    CHECK(state.epoch == 6);
    CHECK(state.writer == kBob);
    CHECK_FALSE(state.opened);
    CHECK_FALSE(state.closed);
    CHECK(state.in_flight == kInFlight);
    CHECK(state.seq == 2);
    CHECK(state.frontier.root() == root_of(two_entries()));
    CHECK(judged(closed(), claim(6, kBob), VerdictKind::control).closed == false);
    CHECK(judged({genesis_record()}, claim(1), VerdictKind::control).epoch == 1);
    CHECK(judged(open_with_two(), claim(6, kAnn), VerdictKind::control).opened == false);
    check_lines({{"the current epoch again", open_with_two(), claim(5, kBob), Why::old_epoch},
                 {"the current claim once more", open_with_two(), claim(5, kAnn), Why::old_epoch},
                 {"an epoch long over", open_with_two(), claim(1, kBob), Why::old_epoch},
                 {"epoch 0", {genesis_record()}, claim(0), Why::old_epoch},
                 {"an epoch left out", open_with_two(), claim(7, kBob), Why::claim_out_of_turn},
                 {"the last epoch there is", open_with_two(), claim(~std::uint64_t{0}),
                  Why::claim_out_of_turn}},
                VerdictKind::voided);
}

TEST_CASE("The first checkpoint opens the term; a later one is taken at our seq only") {
    CHECK(judged(claimed(), checkpoint(5, kAnn, {}), VerdictKind::control).opened);
    CHECK(judged(claimed_after_two(), checkpoint(6, kBob, two_entries()), VerdictKind::control)
              .opened);
    const JudgeState later =
        judged(open_with_two(), checkpoint(5, kAnn, two_entries()), VerdictKind::control);
    CHECK(later == after(open_with_two()));
    check_lines({{"a later one behind us", open_with_two(), checkpoint(5, kAnn, {}),
                  Why::checkpoint_elsewhere},
                 {"a later one ahead of us", opened(), checkpoint(5, kAnn, two_entries()),
                  Why::checkpoint_elsewhere},
                 {"of a term that is over", claimed_after_two(), checkpoint(5, kAnn, two_entries()),
                  Why::old_epoch},
                 {"of a term to come", open_with_two(), checkpoint(6, kAnn, two_entries()),
                  Why::future_epoch},
                 {"of another writer", claimed(), checkpoint(5, kBob, {}), Why::foreign_writer},
                 {"of a writer that has closed", closed(), checkpoint(5, kAnn, two_entries()),
                  Why::term_closed}},
                VerdictKind::voided);
}

TEST_CASE("A reader that differs from the writer stops at its checkpoint") {
    const std::vector<Bytes> others{entry(5, kAnn, 1), entry(5, kAnn, 3)};
    check_lines(
        {{"the first, of another seq", claimed(), checkpoint(5, kAnn, two_entries()),
          Why::divergence},
         {"the first, behind us", claimed_after_two(), checkpoint(6, kBob, {}), Why::divergence},
         {"the first, of another root", claimed_after_two(), checkpoint(6, kBob, others),
          Why::divergence},
         {"a later one of another root", open_with_two(), checkpoint(5, kAnn, others),
          Why::divergence}},
        VerdictKind::stop);
    const JudgeState state = after(open_with_two());
    const Bytes record = checkpoint(5, kAnn, others);
    const std::string sentence = explain_stop(Why::divergence, state, decode_record(record));
    CHECK(sentence.find(to_hex(root_of(others))) != std::string::npos);
    CHECK(sentence.find(to_hex(root_of(two_entries()))) != std::string::npos);
}

TEST_CASE(
    "An entry is valid with the current epoch and writer, in an open term, with the next seq") {
    const JudgeState first = judged(opened(), two_entries()[0], VerdictKind::applied);
    CHECK(first.seq == 1);
    CHECK(first.time == 1'000);
    CHECK(first.frontier.size() == 1);
    CHECK(first.frontier.root() == root_of({two_entries()[0]}));
    const Bytes third = entry_record(5, kAnn, 3, 77);
    const JudgeState state = judged(open_with_two(), third, VerdictKind::applied);
    CHECK(state.seq == 3);
    CHECK(state.time == 77);
    CHECK(state.frontier.root() == root_of({two_entries()[0], two_entries()[1], third}));
}

TEST_CASE("Every other entry is void, and says why") {
    Log reopened = claimed_after_two();
    reopened.push_back(checkpoint(6, kBob, two_entries()));
    check_lines(
        {{"before the term is open", claimed(), entry(5, kAnn, 1), Why::not_opened},
         {"before the term is open again", claimed_after_two(), entry(6, kBob, 3), Why::not_opened},
         {"one seq left out", open_with_two(), entry(5, kAnn, 4), Why::gap},
         {"as far ahead as may be in flight", open_with_two(), entry(5, kAnn, 2 + kInFlight),
          Why::gap},
         {"the last once more", open_with_two(), two_entries()[1], Why::repeat},
         {"the first once more", open_with_two(), two_entries()[0], Why::repeat},
         {"another one under a used seq", open_with_two(), entry_record(5, kAnn, 2, 5),
          Why::repeat},
         {"seq 0", open_with_two(), entry(5, kAnn, 0), Why::repeat},
         {"of a term that is over", claimed_after_two(), entry(5, kAnn, 3), Why::old_epoch},
         {"of a term that is over, in an open one", reopened, entry(5, kAnn, 3), Why::old_epoch},
         {"in an old epoch by the current writer", reopened, entry(5, kBob, 3), Why::old_epoch},
         {"of a term to come", open_with_two(), entry(6, kAnn, 3), Why::future_epoch},
         {"of a writer whose claim lost", open_with_two(), entry(5, kBob, 3), Why::foreign_writer},
         {"of a writer that has closed", closed(), entry(5, kAnn, 3), Why::term_closed}},
        VerdictKind::voided);
}

TEST_CASE("Before the first claim there is no term, not even epoch 0 of nobody") {
    const Log begun{genesis_record()};
    check_lines({{"an entry", begun, entry(0, {}, 1), Why::old_epoch},
                 {"a checkpoint", begun, checkpoint(0, {}, {}), Why::old_epoch},
                 {"a closing", begun, close(0, {}), Why::old_epoch},
                 {"an entry of the first term", begun, entry(1, kAnn, 1), Why::future_epoch}},
                VerdictKind::voided);
}

TEST_CASE("An entry of a type this program doesn't know stops it, if it is valid") {
    const Bytes unknown = entry_of_type(200, 5, kAnn, 3);
    check_lines(
        {{"the next one", open_with_two(), unknown, Why::newer_event},
         {"one of no type", open_with_two(), entry_of_type(0, 5, kAnn, 3), Why::newer_event},
         {"one between known types", open_with_two(), entry_of_type(type_in_a_gap(), 5, kAnn, 3),
          Why::newer_event}},
        VerdictKind::stop);
    check_lines({{"out of order", open_with_two(), entry_of_type(200, 5, kAnn, 4), Why::gap},
                 {"of another writer", open_with_two(), entry_of_type(200, 5, kBob, 3),
                  Why::foreign_writer}},
                VerdictKind::voided);
    const std::string sentence =
        explain_stop(Why::newer_event, after(open_with_two()), decode_record(unknown));
    CHECK(sentence.find("200") != std::string::npos);
}

TEST_CASE(
    "An entry of the current writer further ahead than it may have in flight stops the reader") {
    check_lines(
        {{"in an open term", open_with_two(), entry(5, kAnn, 3 + kInFlight), Why::too_far_ahead},
         {"before it is open", claimed(), entry(5, kAnn, 1 + kInFlight), Why::too_far_ahead}},
        VerdictKind::stop);
    check_lines(
        {{"of a writer that is not current", open_with_two(), entry(5, kBob, 99),
          Why::foreign_writer},
         {"of a term that is over", claimed_after_two(), entry(5, kAnn, 99), Why::old_epoch}},
        VerdictKind::voided);
}

TEST_CASE("A bound in flight near the largest number doesn't wrap") {
    Log log{genesis_record(), encode_claim(1, kAnn, ~std::uint32_t{0}, "node")};
    check_lines({{"a gap", log, entry(1, kAnn, 50), Why::not_opened}}, VerdictKind::voided);
}

TEST_CASE("A writer closes its own running term, once") {
    const JudgeState state = judged(open_with_two(), close(5, kAnn), VerdictKind::control);
    CHECK(state.closed);
    CHECK(state.epoch == 5);
    CHECK(state.seq == 2);
    CHECK(judged(claimed(), close(5, kAnn), VerdictKind::control).closed);
    check_lines({{"of a term that is over", claimed_after_two(), close(5, kAnn), Why::old_epoch},
                 {"of a term to come", open_with_two(), close(6, kAnn), Why::future_epoch},
                 {"by another writer", open_with_two(), close(5, kBob), Why::foreign_writer},
                 {"a second time", closed(), close(5, kAnn), Why::term_closed}},
                VerdictKind::voided);
}

TEST_CASE("Every reason has a name of its own") {
    std::vector<std::string> names;
    for (int why = 0; why <= static_cast<int>(Why::too_far_ahead); ++why)
        names.emplace_back(name_of(static_cast<Why>(why)));
    std::sort(names.begin(), names.end());
    CHECK(std::adjacent_find(names.begin(), names.end()) == names.end());
}
