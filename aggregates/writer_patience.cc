// How long a command waits, and what it is told when its time is over, or the writer's.
#include <algorithm>
#include <limits>

#include "aggregates/writer.h"

namespace ledger {

// An entry that was handed to the log may be in it: its caller is told so, and it stays in flight
// until a record settles it. Anything else was not done, and nothing of it is in the log.
void Writer::expire(Now now) {
    const std::int64_t oldest = now.monotonic_ms - settings_.term_patience_ms;
    const auto waited_too_long = [&](const Work& work) { return work.arrived_ms <= oldest; };
    for (Flight& flight : in_flight_) {
        if (!waited_too_long(flight.work)) break;
        if (!flight.told) answer_unsettled(flight.work, trouble_);
        flight.told = true;
    }
    const auto failed = [&](const Work& work) {
        fail(work, "log.unavailable",
             "it waited too long and nothing was done: " + what_was_missing() + "; send it again");
    };
    while (!waiting_.empty() && waited_too_long(waiting_.front().work)) {
        const Waiting& waiting = waiting_.front();
        // Accepted and waiting: the same command is in flight for somebody else.
        if (waiting.answer.outcome == Outcome::accepted)
            answer_unsettled(waiting.work, trouble_);
        else
            failed(waiting.work);
        waiting_.pop_front();
    }
    while (!queue_.empty() && waited_too_long(queue_.front())) {
        failed(queue_.front());
        queue_.pop_front();
    }
    while (!settling_.empty() && settling_.front().since_ms <= oldest) {
        fail_alone(settling_.front().ticket, "log.unavailable",
                   "nothing could be settled: " + no_log() + "; ask again");
        settling_.erase(settling_.begin());
    }
}

// When expire() has something to do next.
std::int64_t Writer::expires_at_ms() const {
    constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();
    std::int64_t oldest = kNever;
    const auto open = std::find_if(in_flight_.begin(), in_flight_.end(),
                                   [](const Flight& flight) { return !flight.told; });
    if (open != in_flight_.end()) oldest = std::min(oldest, open->work.arrived_ms);
    if (!waiting_.empty()) oldest = std::min(oldest, waiting_.front().work.arrived_ms);
    if (!queue_.empty()) oldest = std::min(oldest, queue_.front().arrived_ms);
    if (!settling_.empty()) oldest = std::min(oldest, settling_.front().since_ms);
    return oldest == kNever ? kNever : oldest + settings_.term_patience_ms;
}

std::vector<Answered> Writer::give_up(const std::string& why) {
    const char* const code = why.empty() ? "log.unavailable" : "stopped";
    const auto because = [&](const char* what) {
        return std::string(what) + (why.empty() ? no_log() + "; send it again" : why);
    };
    for (const Flight& flight : in_flight_)
        if (!flight.told) answer_unsettled(flight.work, why.empty() ? trouble_ : why);
    for (const Waiting& waiting : waiting_) {
        if (waiting.answer.outcome == Outcome::accepted)
            answer_unsettled(waiting.work, why.empty() ? trouble_ : why);
        else
            fail(waiting.work, code, because("nothing was done: "));
    }
    for (const Work& work : queue_) fail(work, code, because("it was not sent: "));
    for (const Settling& settling : settling_)
        fail_alone(settling.ticket, code, because("nothing could be settled: "));
    in_flight_.clear();
    waiting_.clear();
    queue_.clear();
    settling_.clear();
    return std::move(ready_);
}

void Writer::fail(const Work& work, Answer answer_to_it) {
    const fb::Command& command = *fb::GetCommand(work.command.data());
    order_.broke(work.stream, text_of(command.partner()), work.arrival, answer_to_it.reason);
    answer(work.ticket, std::move(answer_to_it));
}

void Writer::fail(const Work& work, const char* code, std::string reason) {
    fail(work, failed_answer(code, std::move(reason)));
}

void Writer::answer_unsettled(const Work& work, const std::string& why) {
    Answer unsettled;
    unsettled.outcome = Outcome::unknown;
    unsettled.code = "unsettled";
    unsettled.reason = "its entry was handed to the log and not read back" +
                       (why.empty() ? why : ": " + why) + "; ask for its receipt, or send it again";
    fail(work, std::move(unsettled));
}

bool Writer::fails_after_another(const Work& work) {
    if (work.stream == kNoStream) return false;
    const fb::Command& command = *fb::GetCommand(work.command.data());
    const std::string* const why =
        order_.broken_before(work.stream, text_of(command.partner()), work.arrival);
    if (!why) return false;
    answer(work.ticket, after_failed(*why));
    return true;
}

std::string Writer::no_log() const {
    return trouble_.empty() ? "the log could not be reached" : trouble_;
}

std::string Writer::what_was_missing() const {
    if (!trouble_.empty() || phase_ != Phase::serving) return no_log();
    if (waits_for_view()) return "this node's views were not brought up to date in time";
    return "the log did not answer in time";
}

}  // namespace ledger
