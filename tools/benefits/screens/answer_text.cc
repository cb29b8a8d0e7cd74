#include "tools/benefits/screens/answer_text.h"

#include "events/json/encode.h"
#include "projections/answers/said_parts.h"
#include "tools/benefits/cli/language.h"

namespace ledger::tools {
namespace {

// Judged on a place in the log, which then says as of where it holds.
bool is_judged(Outcome outcome) {
    switch (outcome) {
        case Outcome::accepted:
        case Outcome::nothing:
        case Outcome::refused:
            return true;
        case Outcome::failed:
        case Outcome::unknown:
            return false;
    }
    return false;
}

fb::AnswerOutcome answer_outcome(Outcome outcome) {
    switch (outcome) {
        case Outcome::accepted:
            return fb::AnswerOutcome::accepted;
        case Outcome::nothing:
            return fb::AnswerOutcome::nothing;
        case Outcome::refused:
            return fb::AnswerOutcome::refused;
        case Outcome::failed:
            return fb::AnswerOutcome::failed;
        case Outcome::unknown:
            return fb::AnswerOutcome::unknown;
    }
    return fb::AnswerOutcome::unknown;
}

}  // namespace

std::string reason_of(const Answer& answer) {
    return answer.said ? sentence_of(*answer.said, language()) : answer.reason;
}

fb::CommandAnswerT command_answer(const Asked& asked, const Answer& answer) {
    fb::CommandAnswerT told;
    if (asked.line != 0) told.line = asked.line;
    told.id = asked.id;
    told.partner = asked.partner;
    told.outcome = answer_outcome(answer.outcome);
    if (!asked.partner.empty() && answer.code != kBrokenLineCode)
        told.partition = number(answer.partition);
    if (!asked.partner.empty() && is_judged(answer.outcome)) {
        if (answer.outcome == Outcome::accepted) told.seq = answer.seq;
        told.version = answer.version;
        told.position = number(answer.position);
    }
    told.code = answer.code;
    told.rule = answer.rule;
    told.reason = reason_of(answer);
    if (answer.said) told.values = answers::said_parts(*answer.said);
    if (answer.earliest) told.earliest = answer.earliest->days;
    return told;
}

std::string answer_line(const Asked& asked, const Answer& answer) {
    return json::to_json(json::Packed(command_answer(asked, answer)).view()) + "\n";
}

Answer broken_line(std::string reason) {
    Answer answer;
    answer.outcome = Outcome::failed;
    answer.code = kBrokenLineCode;
    answer.reason = std::move(reason);
    return answer;
}

ExitCode exit_code_of(Outcome outcome) {
    switch (outcome) {
        case Outcome::accepted:
        case Outcome::nothing:
            return ExitCode::done;
        case Outcome::refused:
            return ExitCode::refused;
        case Outcome::failed:
            return ExitCode::failed;
        case Outcome::unknown:
            return ExitCode::unknown;
    }
    return ExitCode::unknown;
}

}  // namespace ledger::tools
