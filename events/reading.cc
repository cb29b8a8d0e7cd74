#include "events/reading.h"

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
            LEDGER_MUTANT(void_counted_as_applied) ? ++counts.applied : ++counts.voided;
            break;
        case VerdictKind::stop:
            break;
    }
}

}  // namespace

Result<Judged> read_next(Reading& reading, Position position, BytesView bytes) {
    if (position < reading.next)
        return stopped(position, "the log gave a position twice; expected " +
                                     std::to_string(number(reading.next)));
    Judged judged{position, {}, decode_record(bytes)};
    if (LEDGER_MUTANT(stops_at_poison) && judged.record.poison)
        return stopped(position, judged.record.poison);
    const std::int64_t time_before = reading.judge.time;
    if (judged.record.entry && judged.record.entry->time() < time_before) {
        // Only a valid entry must not go back in time, so the judge is asked on a copy first.
        JudgeState trial = reading.judge;
        if (judge(trial, judged.record).kind == VerdictKind::applied)
            return stopped(position,
                           "a valid entry is older than the one before it: its writer is broken");
    }
    judged.verdict = judge(reading.judge, judged.record);
    if (judged.verdict.kind == VerdictKind::stop)
        return stopped(position, explain_stop(judged.verdict.why, reading.judge, judged.record));
    if (LEDGER_MUTANT(time_from_void_record) && judged.record.entry)
        reading.judge.time = judged.record.entry->time();
    if (!(LEDGER_MUTANT(skips_unverifiable) && judged.record.poison)) count(reading.counts, judged);
    reading.counts.absent += number(position) - number(reading.next);
    reading.next = next(position);
    reading.last = position;
    return judged;
}

}  // namespace ledger
