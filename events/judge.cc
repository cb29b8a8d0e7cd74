#include "events/judge.h"

namespace ledger {
namespace {

constexpr Verdict kControl{VerdictKind::control, Why::none};
constexpr Verdict kApplied{VerdictKind::applied, Why::none};

Verdict stop(Why why) { return {VerdictKind::stop, why}; }
Verdict voided(Why why) { return {VerdictKind::voided, why}; }

// Void, and of the current writer. It reads what it wrote, so its entry is never further ahead of
// us than what it may have in flight, however many of its records are lost, late or doubled
// (checked in tests/model).
Verdict voided_entry(const JudgeState& state, const fb::Entry& entry, Why why) {
    return entry.seq() > state.seq + state.in_flight ? stop(Why::too_far_ahead) : voided(why);
}

// Whether a record belongs to the current writer's running term.
Why not_of_the_term(const JudgeState& state, std::uint64_t epoch, Id128 writer) {
    // Epoch 0: no claim has opened any term.
    if (epoch < state.epoch || epoch == 0) return Why::old_epoch;
    if (epoch > state.epoch) return Why::future_epoch;
    if (writer != state.writer) return Why::foreign_writer;
    if (state.closed) return Why::term_closed;
    return Why::none;
}

Verdict judge_claim(JudgeState& state, const fb::WriterOpened& claim) {
    if (claim.epoch() != state.epoch + 1)
        return voided(claim.epoch() <= state.epoch ? Why::old_epoch : Why::claim_out_of_turn);
    state.epoch = claim.epoch();
    state.writer = id_of(*claim.writer());
    state.opened = false;
    state.closed = false;
    state.in_flight = claim.in_flight();
    return kControl;
}

Verdict judge_checkpoint(JudgeState& state, const fb::Checkpoint& checkpoint) {
    const Why why = not_of_the_term(state, checkpoint.epoch(), id_of(*checkpoint.writer()));
    if (why != Why::none) return voided(why);
    const bool seq_agrees = checkpoint.seq() == state.seq;
    const bool root_agrees = seq_agrees && hash_of(*checkpoint.root()) == state.frontier.root();
    if (!state.opened) {
        if (!seq_agrees || !root_agrees) return stop(Why::divergence);
        state.opened = true;
    } else if (!seq_agrees) {
        return voided(Why::checkpoint_elsewhere);
    } else if (!root_agrees) {
        return stop(Why::divergence);
    }
    return kControl;
}

Verdict judge_entry(JudgeState& state, const RecordView& record) {
    const fb::Entry& entry = *record.entry;
    const Why why = not_of_the_term(state, entry.epoch(), id_of(*entry.writer()));
    if (why != Why::none) return voided(why);
    if (!state.opened) return voided_entry(state, entry, Why::not_opened);
    if (entry.seq() > state.seq + 1) return voided_entry(state, entry, Why::gap);
    if (entry.seq() <= state.seq) return voided_entry(state, entry, Why::repeat);
    if (!is_known_event(record.body->event_type())) return stop(Why::newer_event);
    state.seq = entry.seq();
    state.time = entry.time();
    state.frontier.add(record.bytes);
    return kApplied;
}

Verdict judge_close(JudgeState& state, const fb::WriterClosed& close) {
    const Why why = not_of_the_term(state, close.epoch(), id_of(*close.writer()));
    if (why != Why::none) return voided(why);
    state.closed = true;
    return kControl;
}

}  // namespace

Verdict judge(JudgeState& state, const RecordView& record) {
    if (!state.has_genesis) {
        if (record.kind != fb::RecordKind::Genesis) return stop(Why::no_genesis);
        state.has_genesis = true;
        return kControl;
    }
    switch (record.kind) {
        case fb::RecordKind::NONE:
            return voided(Why::poison);
        case fb::RecordKind::Genesis:
            return voided(Why::genesis_again);
        case fb::RecordKind::WriterOpened:
            return judge_claim(state, *record.opened);
        case fb::RecordKind::Checkpoint:
            return judge_checkpoint(state, *record.checkpoint);
        case fb::RecordKind::WriterClosed:
            return judge_close(state, *record.closed);
        case fb::RecordKind::Entry:
            return judge_entry(state, record);
    }
    return voided(Why::poison);
}

const char* name_of(Why why) {
    switch (why) {
        case Why::none:
            return "";
        case Why::poison:
            return "poison";
        case Why::genesis_again:
            return "genesis-again";
        case Why::old_epoch:
            return "old-epoch";
        case Why::future_epoch:
            return "future-epoch";
        case Why::foreign_writer:
            return "foreign-writer";
        case Why::claim_out_of_turn:
            return "claim-out-of-turn";
        case Why::term_closed:
            return "term-closed";
        case Why::not_opened:
            return "not-opened";
        case Why::gap:
            return "gap";
        case Why::repeat:
            return "repeat";
        case Why::checkpoint_elsewhere:
            return "checkpoint-elsewhere";
        case Why::no_genesis:
            return "no-genesis";
        case Why::divergence:
            return "divergence";
        case Why::newer_event:
            return "newer-event";
        case Why::too_far_ahead:
            return "too-far-ahead";
    }
    return "";
}

std::string explain_stop(Why why, const JudgeState& state, const RecordView& record) {
    if (why == Why::no_genesis)
        return "the partition doesn't begin with a genesis record, so it is no ledger: create one "
               "with 'benefits create'";
    if (why == Why::divergence)
        return "the writer's checkpoint says seq " + std::to_string(record.checkpoint->seq()) +
               " root " + to_hex(hash_of(*record.checkpoint->root())) + ", this reader has seq " +
               std::to_string(state.seq) + " root " + to_hex(state.frontier.root()) +
               ": one of the two is wrong and nothing more is applied; run 'benefits verify'";
    if (why == Why::newer_event)
        return "an entry holds event type " +
               std::to_string(static_cast<int>(record.body->event_type())) +
               ", written under schema version " + std::to_string(record.entry->schema_version()) +
               "; this program knows version " + std::to_string(kSchemaVersion) +
               ": run a newer one";
    if (why == Why::too_far_ahead)
        return "an entry of the current writer has seq " + std::to_string(record.entry->seq()) +
               ", this reader stands at " + std::to_string(state.seq) +
               " and the writer may have only " + std::to_string(state.in_flight) +
               " in flight: the writer and this reader don't see the same log";
    return name_of(why);
}

}  // namespace ledger
