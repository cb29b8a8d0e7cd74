#include "tools/benefits/screens/answer_text.h"

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

}  // namespace

JsonObject answer_object(const Asked& asked, const Answer& answer) {
    JsonObject line;
    if (asked.line != 0) line.number("line", asked.line);
    if (!asked.id.empty()) line.text("id", asked.id);
    if (!asked.partner.empty()) line.text("partner", asked.partner);
    line.text("outcome", name_of(answer.outcome));
    if (!asked.partner.empty() && answer.code != kBrokenLineCode)
        line.number("partition", number(answer.partition));
    if (!asked.partner.empty() && is_judged(answer.outcome)) {
        if (answer.outcome == Outcome::accepted) line.number("seq", answer.seq);
        line.number("version", answer.version);
        line.number("position", number(answer.position));
    }
    if (!answer.code.empty()) line.text("code", answer.code);
    if (!answer.rule.empty()) line.text("rule", answer.rule);
    if (!answer.reason.empty()) line.text("reason", answer.reason);
    if (answer.earliest) line.text("earliest", to_string(*answer.earliest));
    return line;
}

std::string answer_line(const Asked& asked, const Answer& answer) {
    return answer_object(asked, answer).line() + "\n";
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
