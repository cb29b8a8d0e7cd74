#include "events/reading.h"

#include <utility>

#include "events/mutant.h"

namespace ledger {
namespace {

Error stopped(Position position, const std::string& why) {
    return error(kReaderStopped,
                 "stopped at position " + std::to_string(number(position)) + ": " + why);
}

void count(Counts& counts, const Judged& judged) {
    switch (judged.verdict.kind) {
        case VerdictKind::applied:
            ++counts.applied;
            break;
        case VerdictKind::control:
            ++counts.control;
            if (judged.record.kind == fb::RecordKind::WriterOpened) ++counts.claims;
            break;
        case VerdictKind::voided:
            ++counts.voided;
            break;
        case VerdictKind::stop:
            break;
    }
}

// In a test build a reader can be made to differ from all others: it takes the 10th entry of each
// partition for another one.
Verdict judge_as_read(JudgeState& state, const RecordView& record) {
    if (!LEDGER_MUTANT(misjudges_one)) return judge(state, record);
    Frontier differs = state.frontier;
    differs.add(record.bytes.first(1));
    const Verdict verdict = judge(state, record);
    if (verdict.kind == VerdictKind::applied && state.seq == 10)
        state.frontier = std::move(differs);
    return verdict;
}

}  // namespace

Result<Judged> read_next(Reading& reading, Position position, BytesView bytes) {
    if (position < reading.next)
        return stopped(position, "the log gave a position twice; expected " +
                                     std::to_string(number(reading.next)));
    Judged judged{position, {}, decode_record(bytes)};
    const std::int64_t time_before = reading.judge.time;
    if (judged.record.entry && judged.record.entry->time() < time_before) {
        // Only a valid entry must not go back in time, so the judge is asked on a copy first.
        JudgeState trial = reading.judge;
        if (judge(trial, judged.record).kind == VerdictKind::applied)
            return stopped(position,
                           "a valid entry is older than the one before it: its writer is broken");
    }
    judged.verdict = judge_as_read(reading.judge, judged.record);
    if (judged.verdict.kind == VerdictKind::stop)
        return stopped(position, explain_stop(judged.verdict.why, reading.judge, judged.record));
    count(reading.counts, judged);
    reading.counts.absent += number(position) - number(reading.next);
    reading.next = next(position);
    reading.last = position;
    return judged;
}

}  // namespace ledger
