// Deciding what waits, building the entries, and proving the answers that append nothing.
#include <algorithm>
#include <functional>

#include "aggregates/writer.h"
#include "events/mutant.h"

namespace ledger {

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
    const Standing standing{
        .ledger = ledger_->state,
        .partner = &partner.state,
        .event_types = partner.event_types,
        .known = known == partner.commands.end() ? nullptr : &known->second,
    };
    Ruling ruling = answer_of(standing, command, work.fingerprint, time_of(now));
    act_on(now, std::move(work), std::move(ruling), &partner);
}

void Writer::decide_for_ledger(Now now, Work work, const fb::Command& command) {
    const auto known = ledger_->commands.find(text_of(command.id()));
    const Standing standing{
        .ledger = ledger_->state,
        .known = known == ledger_->commands.end() ? nullptr : &known->second,
    };
    Ruling ruling = answer_of(standing, command, work.fingerprint, time_of(now));
    act_on(now, std::move(work), std::move(ruling), nullptr);
}

void Writer::act_on(Now now, Work work, Ruling ruling, HotPartner* partner) {
    if (auto* entry = std::get_if<NewEntry>(&ruling.says))
        return accept(now, std::move(work), std::move(*entry), partner);
    const auto* known = std::get_if<KnownCommand>(&ruling.says);
    const std::uint64_t basis = known     ? known->seq
                                : partner ? std::max(partner->last_seq, ledger_->last_seq)
                                          : ledger_->last_seq;
    if (LEDGER_MUTANT(refusal_appends) && std::holds_alternative<Refusal>(ruling.says)) {
        const fb::Command& command = *fb::GetCommand(work.command.data());
        NewEntry entry;
        entry.header.partner = text_of(command.partner());
        entry.header.version = ruling.version + 1;
        entry.header.time_ms = time_of(now).milliseconds;
        entry.header.command_id = text_of(command.id());
        entry.header.fingerprint = work.fingerprint;
        entry.header.actor_id = text_of(command.actor()->id());
        entry.event.Set(fb::ContactVerifiedT{});
        accept(now, work, std::move(entry), partner);
    }
    wait_for_proof(std::move(work), answer_from(ruling), basis);
}

Time Writer::time_of(Now now) const {
    const Time newest{LEDGER_MUTANT(time_from_caller) ? 0 : pending_.time};
    return ledger_time(ledger_->state, Time{now.wall_ms}, newest);
}

void Writer::accept(Now now, Work work, NewEntry entry, HotPartner* partner) {
    EntryHeader& header = entry.header;
    header.epoch = served_epoch_;
    header.writer = served_writer_;
    header.seq = pending_.seq + 1;
    const Bytes body = encode_body(entry.event);
    Bytes record = encode_entry(header, body);
    const std::size_t digest = digest_of(record);
    if (record.size() > limits::kEntryMaxBytes)
        return fail_alone(work.ticket, "entry.too-large",
                          "its entry would have " + std::to_string(record.size()) +
                              " bytes, the limit is " + std::to_string(limits::kEntryMaxBytes) +
                              "; send less in one command");
    if (!append_own(std::move(record)))
        return fail_alone(work.ticket, "entry.invalid",
                          "its entry would not be taken by a reader; report this");
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
