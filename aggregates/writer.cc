#include "aggregates/writer.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <utility>

namespace ledger {
namespace {

using writing::Decided;
using writing::OnHand;
using writing::Phase;
using writing::Proofs;

std::size_t digest_of(BytesView record) { return std::hash<std::string_view>()(text_of(record)); }

}  // namespace

Writer::Writer(PartitionId partition, BytesView genesis, History& history, Random& random,
               WriterSettings settings)
    : settings_(std::move(settings)),
      partition_(partition),
      terms_(settings_, random, counts_),
      deciding_(partition, genesis, history, settings_.hot_partners_max),
      proofs_(settings_, counts_),
      callers_(partition) {
    LEDGER_CHECK(settings_.checkpoint_every_entries > settings_.in_flight_max_entries);
}

void Writer::start_at(const Reading& reading) {
    terms_.start_at(reading);
    deciding_.start_at(reading.next);
}

void Writer::submit(Now now, Ticket ticket, Bytes command, Id128 fingerprint, Origin origin) {
    // Patience ends in the order of arrival.
    last_arrived_ms_ = std::max(last_arrived_ms_, now.monotonic_ms - origin.waited_ms);
    Work work{ticket,      std::move(command), fingerprint,
              ++arrivals_, last_arrived_ms_,   origin.stream};
    if (stopped()) return callers_.fail(work, "stopped", stopped_);
    if (closing_)
        return callers_.fail(work, "closing",
                             "this node is shutting down; send the command to another one");
    if (callers_.fails_after_another(work)) return;
    if (queue_.size() + in_flight_.size() + proofs_.size() >= settings_.queue_max_commands)
        return callers_.fail(work, "busy",
                             "this partition has " + std::to_string(settings_.queue_max_commands) +
                                 " commands waiting; send it again in a moment");
    queue_.push_back(std::move(work));
}

void Writer::settle(Now now, Ticket ticket) {
    settling_.push_back({ticket, now.monotonic_ms});
    if (!forbidden_.empty()) return;  // answered with the next step
    // A claim that is under way won't do: it may stand in the log already, with newer terms behind
    // it.
    if (terms_.phase() == Phase::serving || terms_.phase() == Phase::doubting ||
        terms_.phase() == Phase::claiming)
        terms_.claim(now);
}

void Writer::close(Now) { closing_ = true; }

void Writer::judged(Now now, const Judged& judged, const Reading& after) {
    terms_.read(now, after);
    if (stopped()) return;
    const bool valid = judged.verdict.kind != VerdictKind::voided;
    if (judged.record.opened) {
        const bool own = terms_.claim_sent(judged.record).has_value();
        if (own && valid) return begin_term(now, judged, after);
        if (!valid) return;
        terms_.lose(now);
        reopen_all();
    } else if (judged.record.closed && valid) {
        terms_.closed(now, *judged.record.closed);
    } else if (judged.record.entry && terms_.is_own(*judged.record.entry)) {
        terms_.progress(now);
        if (judged.verdict.kind == VerdictKind::applied)
            own_entry_valid(judged);
        else
            own_entry_void(now);
    }
}

void Writer::own_entry_valid(const Judged& judged) {
    const fb::Entry& entry = *judged.record.entry;
    if (in_flight_.empty() || in_flight_.front().seq != entry.seq() ||
        in_flight_.front().digest != digest_of(judged.record.bytes))
        return stop_with("partition " + std::to_string(number(partition_)) + ", position " +
                         std::to_string(number(judged.position)) +
                         ": a valid entry stands in this writer's name that it did not send; find "
                         "out who else writes with its identity before starting it again");
    Flight flight = std::move(in_flight_.front());
    in_flight_.pop_front();
    Answer accepted;
    accepted.outcome = Outcome::accepted;
    accepted.seq = flight.seq;
    accepted.version = flight.version;
    accepted.position = judged.position;
    flight.known->position = judged.position;
    if (flight.partner) flight.partner->last_position = judged.position;
    proofs_.own_judged(flight.seq, judged.position);
    if (!flight.told) callers_.answer(flight.work.ticket, std::move(accepted));
}

// Some record before it is missing or late. It may still come in later, a second time: only a claim
// settles it.
void Writer::own_entry_void(Now now) {
    ++counts_.own_void;
    doubt(now);
}

void Writer::doubt(Now now, std::string why) {
    if (!why.empty()) trouble_ = std::move(why);
    terms_.doubt(now);
}

void Writer::forbid(std::string why) { forbidden_ = std::move(why); }

// Everything still open is known when the own claim was judged valid: what is not in the log before
// it can never be valid.
void Writer::begin_term(Now now, const Judged& claim, const Reading& after) {
    terms_.begin(now, claim, after);
    proofs_.begin_term();
    give_up_what_gets_lost();
    trouble_.clear();
    reopen_all();
    deciding_.forget();
    for (const Settling& settling : settling_) {
        Answer settled;
        settled.outcome = Outcome::nothing;
        settled.position = claim.position;
        callers_.answer(settling.ticket, std::move(settled));
    }
    settling_.clear();
}

// What was in flight at an own claim is not in the log. It is decided again, but not for ever.
void Writer::give_up_what_gets_lost() {
    std::erase_if(in_flight_, [&](Flight& flight) {
        if (flight.told) return false;
        Work& work = flight.work;
        if (++work.lost < settings_.lost_max) return false;
        callers_.fail(work, "log.refuses",
                      "its entry was handed to the log " + std::to_string(work.lost) +
                          " times and does not stand in it: " +
                          (trouble_.empty() ? "the log took none of them" : trouble_) +
                          "; see to the log and send it again");
        return true;
    });
}

// Every open command waits to be decided, in the order of arrival; one whose caller was answered
// meanwhile does not.
void Writer::reopen_all() {
    std::vector<Work> open = proofs_.reopen();
    if (in_flight_.empty() && open.empty()) return;
    for (Flight& flight : in_flight_) {
        if (flight.told) continue;
        ++counts_.decided_again;
        open.push_back(std::move(flight.work));
    }
    for (Work& work : queue_) open.push_back(std::move(work));
    in_flight_.clear();
    queue_.clear();
    std::sort(open.begin(), open.end(),
              [](const Work& a, const Work& b) { return a.arrival < b.arrival; });
    for (Work& work : open) queue_.push_back(std::move(work));
}

void Writer::end_is(Now now, std::uint64_t token, Position end) {
    terms_.heard(now);
    proofs_.end_is(token, end);
}

void Writer::end_unavailable(Now now, std::uint64_t token) { proofs_.end_unavailable(now, token); }

WriterOutputs Writer::step(Now now) {
    WriterOutputs out;
    if (!stopped()) {
        fail_forbidden();
        const bool was_idle = terms_.phase() == Phase::idle;
        if (terms_.move(now, on_hand())) doubt(now);
        if (was_idle && catching_up()) proofs_.begin_catching_up();
        decide_queue(now);
        tell_what_is_proven();
        expire(now);
        end_term(now);
        out.ask_end = proofs_.ask(now, catching_up());
        deciding_.trim(terms_.seen_seq());
    }
    out.append = terms_.take_records();
    if (stopped()) {
        out.append.clear();
        out.stop = stopped_;
    }
    out.answers = callers_.take();
    return out;
}

OnHand Writer::on_hand() const {
    OnHand hands;
    hands.work = !queue_.empty() || !settling_.empty();
    hands.in_flight = !in_flight_.empty();
    if (catching_up()) hands.awaited_end = proofs_.catch_up_to();
    if (terms_.serving()) hands.awaited_end = proofs_.awaited_end();
    return hands;
}

void Writer::decide_queue(Now now) {
    if (queue_.empty() || releasing_ || terms_.close_sent() || !terms_.serving() ||
        !deciding_.view_covers(terms_.start()))
        return;
    if (const auto loaded = deciding_.load_ledger(); !loaded)
        return stop_with(loaded.error().message);
    while (!queue_.empty() && terms_.takes_entries() &&
           in_flight_.size() < settings_.in_flight_max_entries) {
        Work work = std::move(queue_.front());
        queue_.pop_front();
        decide_one(now, std::move(work));
        terms_.checkpoint_in_time();
    }
}

void Writer::decide_one(Now now, Work work) {
    if (callers_.fails_after_another(work)) return;
    auto decided = deciding_.decide(work, Time{now.wall_ms}, terms_.pending_time());
    if (!decided) {
        queue_.push_front(std::move(work));  // answered with the others
        return stop_with(decided.error().message);
    }
    act_on(now, std::move(work), std::move(*decided));
}

void Writer::act_on(Now now, Work work, Decided decided) {
    if (auto* entry = std::get_if<NewEntry>(&decided.ruling.says))
        return accept(now, std::move(work), std::move(*entry), decided.partner);
    work.judged_at = decided.at;
    proofs_.wait(std::move(work), answer_from(decided.ruling), decided.basis_seq,
                 terms_.pending_seq());
}

void Writer::accept(Now now, Work work, NewEntry entry, HotPartner* partner) {
    const EntryHeader& header = entry.header;
    terms_.put_place(entry.header);
    const Bytes body = encode_body(entry.event);
    Bytes record = encode_entry(header, body);
    const std::size_t digest = digest_of(record);
    if (record.size() > limits::kEntryMaxBytes)
        return callers_.fail_alone(
            work.ticket, "entry.too-large",
            "its entry would have " + std::to_string(record.size()) + " bytes, the limit is " +
                std::to_string(limits::kEntryMaxBytes) + "; send less in one command");
    if (!terms_.hand_over(std::move(record)))
        return callers_.fail_alone(
            work.ticket, "entry.invalid",
            "every reader would refuse its entry, which is a fault of this program; report it");
    if (in_flight_.empty()) terms_.progress(now);
    KnownCommand& known =
        deciding_.add(partner, header, *flatbuffers::GetRoot<fb::Body>(body.data()));
    in_flight_.push_back({header.seq, header.version, digest, partner, &known, std::move(work)});
}

void Writer::tell_what_is_proven() {
    if (!terms_.serving()) return;
    for (Proofs::Waiting& proven : proofs_.take_proven(terms_.seen_next(), terms_.seen_seq()))
        callers_.answer(std::move(proven.work), std::move(proven.answer));
}

void Writer::fail_forbidden() {
    if (forbidden_.empty()) return;
    for (const Work& work : queue_)
        callers_.fail(work, "log.unfit", "nothing was done: " + forbidden_);
    for (const Settling& settling : settling_)
        callers_.fail_alone(settling.ticket, "log.unfit",
                            "nothing could be settled: " + forbidden_);
    queue_.clear();
    settling_.clear();
}

// An entry that was handed to the log may be in it: its caller is told so, and it stays in flight
// until a record settles it. Anything else was not done, and nothing of it is in the log.
void Writer::expire(Now now) {
    const std::int64_t oldest = now.monotonic_ms - settings_.term_patience_ms;
    for (Flight& flight : in_flight_) {
        if (flight.work.arrived_ms > oldest) break;
        if (!flight.told) callers_.unsettled(flight.work, trouble_);
        flight.told = true;
    }
    const auto failed = [&](const Work& work) {
        callers_.fail(
            work, "log.unavailable",
            "it waited too long and nothing was done: " + what_was_missing() + "; send it again");
    };
    while (const auto waiting = proofs_.take_oldest(oldest)) {
        // Accepted and waiting: the same command is in flight for somebody else.
        if (waiting->answer.outcome == Outcome::accepted)
            callers_.unsettled(waiting->work, trouble_);
        else
            failed(waiting->work);
    }
    while (!queue_.empty() && queue_.front().arrived_ms <= oldest) {
        failed(queue_.front());
        queue_.pop_front();
    }
    while (!settling_.empty() && settling_.front().since_ms <= oldest) {
        callers_.fail_alone(settling_.front().ticket, "log.unavailable",
                            "nothing could be settled: " + no_log() + "; ask again");
        settling_.erase(settling_.begin());
    }
}

// When expire() has something to do next.
std::int64_t Writer::expires_at_ms() const {
    constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();
    std::int64_t oldest = proofs_.oldest_arrived_ms().value_or(kNever);
    const auto open = std::find_if(in_flight_.begin(), in_flight_.end(),
                                   [](const Flight& flight) { return !flight.told; });
    if (open != in_flight_.end()) oldest = std::min(oldest, open->work.arrived_ms);
    if (!queue_.empty()) oldest = std::min(oldest, queue_.front().arrived_ms);
    if (!settling_.empty()) oldest = std::min(oldest, settling_.front().since_ms);
    return oldest == kNever ? kNever : oldest + settings_.term_patience_ms;
}

std::int64_t Writer::wake_at_ms() const {
    const std::int64_t at = std::min(terms_.wake_at_ms(on_hand()), expires_at_ms());
    return std::min(at, proofs_.asks_at_ms(catching_up()).value_or(at));
}

void Writer::end_term(Now now) {
    // Where no claim is out, there is no term to be released.
    if (terms_.phase() == Phase::idle || catching_up()) releasing_ = false;
    if (!ends_term()) return;
    if (!forbidden_.empty()) terms_.abandon();
    terms_.close(now);
}

bool Writer::ends_term() const {
    return (releasing_ && !has_decided()) || (closing_ && !has_open());
}

bool Writer::idle() const {
    return !has_open() && settling_.empty() && callers_.all_told() && terms_.all_taken();
}

bool Writer::closed() const {
    return closing_ && idle() && (terms_.phase() == Phase::idle || stopped());
}

void Writer::stop_with(std::string why) {
    stopped_ = std::move(why);
    terms_.stop();
    answer_all(stopped_);
}

std::vector<Answered> Writer::give_up(const std::string& why) {
    answer_all(why);
    return callers_.take();
}

void Writer::answer_all(const std::string& why) {
    const char* const code = why.empty() ? "log.unavailable" : "stopped";
    const auto because = [&](const char* what) {
        return std::string(what) + (why.empty() ? no_log() + "; send it again" : why);
    };
    for (const Flight& flight : in_flight_)
        if (!flight.told) callers_.unsettled(flight.work, why.empty() ? trouble_ : why);
    for (const Proofs::Waiting& waiting : proofs_.take_all()) {
        if (waiting.answer.outcome == Outcome::accepted)
            callers_.unsettled(waiting.work, why.empty() ? trouble_ : why);
        else
            callers_.fail(waiting.work, code, because("nothing was done: "));
    }
    for (const Work& work : queue_) callers_.fail(work, code, because("it was not sent: "));
    for (const Settling& settling : settling_)
        callers_.fail_alone(settling.ticket, code, because("nothing could be settled: "));
    in_flight_.clear();
    queue_.clear();
    settling_.clear();
}

std::string Writer::no_log() const {
    return trouble_.empty() ? "the log could not be reached" : trouble_;
}

std::string Writer::what_was_missing() const {
    if (!trouble_.empty() || !terms_.serving()) return no_log();
    if (waits_for_view()) return "this node's views were not brought up to date in time";
    return "the log did not answer in time";
}

}  // namespace ledger
