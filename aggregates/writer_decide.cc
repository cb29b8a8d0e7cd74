// Deciding what waits, building the entries, and proving the answers that append nothing.
#include <algorithm>
#include <functional>

#include "aggregates/writer.h"
#include "events/mutant.h"

namespace ledger {
namespace {

Answer refused(const Refusal& refusal, std::uint64_t version) {
    Answer answer;
    answer.outcome = Outcome::refused;
    answer.version = version;
    answer.code = refusal.text();
    answer.rule = refusal.rule;
    answer.reason = refusal.reason;
    answer.earliest = refusal.earliest;
    return answer;
}

Answer nothing_to_do(const Nothing& nothing, std::uint64_t version) {
    Answer answer;
    answer.outcome = Outcome::nothing;
    answer.version = version;
    answer.reason = nothing.reason;
    return answer;
}

}  // namespace

// A cold partner is replayed from the view, so the view must have come to the term's beginning:
// everything later is this writer's own, kept until the view covers it.
bool Writer::ready_to_decide() {
    if (view_next_ < term_start_ && !LEDGER_MUTANT(cold_load_does_not_wait)) return false;
    if (ledger_) return true;
    auto loaded = load_ledger(partition_, *decode_record(genesis_).genesis, history_);
    if (!loaded) {
        stop_with(loaded.error().message);
        return false;
    }
    ledger_ = std::move(*loaded);
    return true;
}

void Writer::decide_queue(Now now) {
    if (queue_.empty() || close_sent_ || !ready_to_decide()) return;
    while (!queue_.empty() && phase_ == Phase::serving &&
           in_flight_.size() < settings_.in_flight_max_entries &&
           to_append_bytes_ < limits::kBatchMaxBytes) {
        Work work = std::move(queue_.front());
        queue_.pop_front();
        decide_one(now, std::move(work));
        if (entries_since_checkpoint_ >= settings_.checkpoint_every_entries) {
            append_own(encode_checkpoint(served_epoch_, served_writer_, pending_.seq,
                                         pending_.frontier.root()));
            entries_since_checkpoint_ = 0;
        }
    }
}

void Writer::decide_one(Now now, Work work) {
    if (fails_after_another(work)) return;
    const fb::Command& command = *fb::GetCommand(work.command.data());
    if (command.partner()->size() == 0) return decide_for_ledger(now, std::move(work), command);
    const auto loaded = partners_.load(text_of(command.partner()));
    if (!loaded) {
        queue_.push_front(std::move(work));  // answered with the others
        return stop_with(loaded.error().message);
    }
    HotPartner& partner = **loaded;
    const auto known = partner.commands.find(text_of(command.id()));
    const std::uint64_t basis = std::max(partner.last_seq, ledger_->last_seq);
    if (answer_known(work, command, known == partner.commands.end() ? nullptr : &known->second,
                     partner.state.version, basis))
        return;
    const Context context = context_of(now, command, partner.event_types);
    Decision decision = decide(partner.state, command, context);
    if (auto* accepted = std::get_if<Accepted>(&decision)) {
        accept(now, std::move(work), context, std::move(accepted->event), &partner);
    } else if (const auto* nothing = std::get_if<Nothing>(&decision)) {
        wait_for_proof(std::move(work), nothing_to_do(*nothing, partner.state.version), basis);
    } else {
        if (LEDGER_MUTANT(refusal_appends)) {
            fb::EventUnion event;
            event.Set(fb::ContactVerifiedT{});
            accept(now, work, context, std::move(event), &partner);
        }
        wait_for_proof(std::move(work), refused(std::get<Refusal>(decision), partner.state.version),
                       basis);
    }
}

void Writer::decide_for_ledger(Now now, Work work, const fb::Command& command) {
    const auto known = ledger_->commands.find(text_of(command.id()));
    if (answer_known(work, command, known == ledger_->commands.end() ? nullptr : &known->second,
                     ledger_->state.version, ledger_->last_seq))
        return;
    const Context context = context_of(now, command, {});
    Decision decision = decide(ledger_->state, command, context);
    if (auto* accepted = std::get_if<Accepted>(&decision))
        accept(now, std::move(work), context, std::move(accepted->event), nullptr);
    else if (const auto* nothing = std::get_if<Nothing>(&decision))
        wait_for_proof(std::move(work), nothing_to_do(*nothing, ledger_->state.version),
                       ledger_->last_seq);
    else
        wait_for_proof(std::move(work),
                       refused(std::get<Refusal>(decision), ledger_->state.version),
                       ledger_->last_seq);
}

// The same id again [LED-02]: the same answer, or a refusal if the body is another.
bool Writer::answer_known(Work& work, const fb::Command& command, const KnownCommand* known,
                          std::uint64_t version, std::uint64_t basis_seq) {
    if (!known || LEDGER_MUTANT(dedup_left_out)) return false;
    if (known->fingerprint != work.fingerprint && !LEDGER_MUTANT(fingerprint_not_compared)) {
        const Refusal refusal =
            refuse(RefusalCode::command_id_reused,
                   "command id '" + command.id()->str() +
                       "' was accepted before with another body; give this one an id of its own");
        wait_for_proof(std::move(work), refused(refusal, version), basis_seq);
        return true;
    }
    Answer again;
    again.outcome = Outcome::accepted;
    again.seq = known->seq;
    again.version = known->version;
    again.position = known->position;
    wait_for_proof(std::move(work), std::move(again), known->seq);
    return true;
}

// The ledger's clock: in the log of a sandbox ledger, else the node's; never earlier than the entry
// before.
Context Writer::context_of(Now now, const fb::Command& command,
                           std::span<const fb::Event> event_types) const {
    const LedgerState& ledger = ledger_->state;
    std::int64_t time = ledger.sandbox ? start_of(ledger.clock).milliseconds : now.wall_ms;
    if (!LEDGER_MUTANT(time_from_caller)) time = std::max(time, pending_.time);
    const Date today = date_of(Time{time});
    return Context{Time{time},
                   today,
                   command.actor()->kind(),
                   text_of(command.actor()->id()),
                   policy_on(ledger, today),
                   catalogue_on(ledger, today),
                   event_types,
                   text_of(command.reason()),
                   command.corrects()};
}

void Writer::accept(Now now, Work work, const Context& context, fb::EventUnion event,
                    HotPartner* partner) {
    const fb::Command& command = *fb::GetCommand(work.command.data());
    EntryHeader header;
    header.epoch = served_epoch_;
    header.writer = served_writer_;
    header.seq = pending_.seq + 1;
    header.partner = text_of(command.partner());
    header.version = (partner ? partner->state.version : ledger_->state.version) + 1;
    header.time_ms = context.now.milliseconds;
    header.command_id = text_of(command.id());
    header.fingerprint = work.fingerprint;
    header.correlation_id = text_of(command.correlation_id());
    header.causation_id = text_of(command.causation_id());
    header.corrects = command.corrects();
    header.actor_kind = context.actor_kind;
    header.actor_id = context.actor_id;
    if (partner)
        header.actor_roles = roles_of(partner->state, context.actor_kind, context.actor_id);
    header.authentication = text_of(command.actor()->authentication());
    header.reason = text_of(command.reason());
    header.policy_version = context.policy.version;
    header.catalogue_version = context.catalogue.version;
    const Bytes body = encode_body(event);
    Bytes record = encode_entry(header, body);
    const std::size_t digest = digest_of(record);
    if (record.size() > limits::kEntryMaxBytes)
        return fail_alone(work.ticket, "entry.too-large",
                          "its entry would have " + std::to_string(record.size()) +
                              " bytes, the limit is " + std::to_string(limits::kEntryMaxBytes) +
                              "; send less in one command");
    if (!append_own(std::move(record)))
        return fail_alone(
            work.ticket, "entry.invalid",
            "every reader would refuse its entry, which is a fault of this program; report it");
    ++entries_since_checkpoint_;
    if (in_flight_.empty()) last_progress_ms_ = now.monotonic_ms;
    auto& commands = partner ? partner->commands : ledger_->commands;
    KnownCommand& known =
        commands
            .insert_or_assign(std::string(header.command_id),
                              KnownCommand{work.fingerprint, header.seq, header.version, {}})
            .first->second;
    const fb::Body& read_back = *flatbuffers::GetRoot<fb::Body>(body.data());
    if (partner) {
        if (!LEDGER_MUTANT(pending_not_seen)) evolve(partner->state, read_back);
        partner->event_types.push_back(read_back.event_type());
        partner->last_seq = header.seq;
    } else {
        evolve(ledger_->state, read_back);
        ledger_->last_seq = header.seq;
    }
    if (LEDGER_MUTANT(answer_at_delivery)) {
        Answer accepted;
        accepted.outcome = Outcome::accepted;
        accepted.seq = header.seq;
        accepted.version = header.version;
        answer(work.ticket, std::move(accepted));
    }
    in_flight_.push_back({header.seq, header.version, digest, partner, &known, std::move(work),
                          LEDGER_MUTANT(answer_at_delivery)});
}

void Writer::wait_for_proof(Work work, Answer answer, std::uint64_t basis_seq) {
    Waiting waiting;
    waiting.basis_seq = LEDGER_MUTANT(refused_on_pending) ? 0 : basis_seq;
    waiting.decided_seq = pending_.seq;
    if (answer.outcome == Outcome::accepted || LEDGER_MUTANT(refused_without_end))
        waiting.end = Position{0};
    waiting.answer = std::move(answer);
    waiting.work = std::move(work);
    waiting_.push_back(std::move(waiting));
}

// Where the own entry of this seq was judged valid while some answer waited; nowhere: position 0,
// which is the genesis'.
Position Writer::own_judged_at(std::uint64_t seq) const {
    const bool known = seq >= own_judged_from_ && seq - own_judged_from_ < own_judged_.size();
    return known ? own_judged_[seq - own_judged_from_] : Position{};
}

// The last position at which nothing decided after `decided_seq` had been added.
Position Writer::true_until(std::uint64_t decided_seq) const {
    const Position later =
        LEDGER_MUTANT(refusal_carries_end) ? Position{} : own_judged_at(decided_seq + 1);
    return Position{number(later == Position{} ? seen_next_ : later) - 1};
}

void Writer::release_waiting() {
    if (phase_ != Phase::serving || waiting_.empty()) return;
    std::deque<Waiting> still;
    for (Waiting& waiting : waiting_) {
        const bool proven =
            waiting.end && seen_seq_ >= waiting.basis_seq && seen_next_ >= *waiting.end;
        if (!proven) {
            still.push_back(std::move(waiting));
            continue;
        }
        if (waiting.answer.outcome != Outcome::accepted)
            waiting.answer.position = true_until(waiting.decided_seq);
        else if (waiting.answer.position == Position{})
            waiting.answer.position = own_judged_at(waiting.basis_seq);
        waiting.answer.partition = partition_;
        const bool refused = waiting.answer.outcome == Outcome::refused;
        ready_.push_back({waiting.work.ticket, std::move(waiting.answer),
                          refused ? std::move(waiting.work.command) : Bytes{}});
    }
    waiting_ = std::move(still);
    if (waiting_.empty()) own_judged_.clear();
}

bool Writer::has_to_ask() const {
    if (phase_ == Phase::catching_up && catch_up_token_ == 0) return true;
    return std::any_of(waiting_.begin(), waiting_.end(), [](const Waiting& waiting) {
        return !waiting.end && waiting.end_token == 0;
    });
}

// One query for everything that has come since the last one.
void Writer::ask_for_end(Now now, WriterOutputs& out) {
    if (asking_ || now.monotonic_ms < ask_not_before_ms_) return;
    if (!has_to_ask()) return;
    const std::uint64_t token = ++last_token_;
    if (phase_ == Phase::catching_up && catch_up_token_ == 0) catch_up_token_ = token;
    for (Waiting& waiting : waiting_)
        if (!waiting.end && waiting.end_token == 0) waiting.end_token = token;
    asking_ = true;
    out.ask_end = token;
}

void Writer::answer(Ticket ticket, Answer answer) {
    answer.partition = partition_;
    ready_.push_back({ticket, std::move(answer), {}});
}

void Writer::fail_alone(Ticket ticket, const char* code, std::string reason) {
    answer(ticket, failed_answer(code, std::move(reason)));
}

}  // namespace ledger
