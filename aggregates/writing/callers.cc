#include "aggregates/writing/callers.h"

#include <utility>

#include "command_generated.h"
#include "events/record.h"

namespace ledger::writing {
namespace {

std::string_view partner_of(const Work& work) {
    return text_of(fb::GetCommand(work.command.data())->partner());
}

}  // namespace

void Callers::answer(Ticket ticket, Answer answer) {
    answer.partition = partition_;
    ready_.push_back({ticket, std::move(answer), {}, {}});
}

void Callers::answer(Work work, Answer answer) {
    answer.partition = partition_;
    const bool refused = answer.outcome == Outcome::refused;
    ready_.push_back({work.ticket, std::move(answer), refused ? std::move(work.command) : Bytes{},
                      work.judged_at});
}

void Callers::fail_alone(Ticket ticket, const char* code, std::string reason) {
    answer(ticket, failed_answer(code, std::move(reason)));
}

void Callers::fail(const Work& work, Answer answer_to_it) {
    order_.broke(work.stream, partner_of(work), work.arrival, answer_to_it.reason);
    answer(work.ticket, std::move(answer_to_it));
}

void Callers::fail(const Work& work, const char* code, std::string reason) {
    fail(work, failed_answer(code, std::move(reason)));
}

void Callers::unsettled(const Work& work, const std::string& why) {
    Answer unsettled;
    unsettled.outcome = Outcome::unknown;
    unsettled.code = "unsettled";
    unsettled.reason = "its entry was handed to the log and not read back" +
                       (why.empty() ? why : ": " + why) + "; ask for its receipt, or send it again";
    fail(work, std::move(unsettled));
}

bool Callers::fails_after_another(const Work& work) {
    if (work.stream == kNoStream) return false;
    const std::string* const why =
        order_.broken_before(work.stream, partner_of(work), work.arrival);
    if (!why) return false;
    answer(work.ticket, after_failed(*why));
    return true;
}

std::vector<Answered> Callers::take() { return std::exchange(ready_, {}); }

}  // namespace ledger::writing
