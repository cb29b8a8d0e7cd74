#include "tools/benefits/screens/answer_text.h"

#include <algorithm>

#include "events/json/quote.h"
#include "tools/benefits/cli/language.h"

namespace ledger::tools {
namespace {

// "global_admin,partner_admin"
std::string roles_json(std::string_view roles) {
    JsonList list;
    while (!roles.empty()) {
        const std::size_t end = std::min(roles.find(','), roles.size());
        list.add_text(roles.substr(0, end));
        roles.remove_prefix(std::min(end + 1, roles.size()));
    }
    return list.line();
}

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

std::string value_json(const NamedValue& value, ValueKind kind) {
    switch (kind) {
        case ValueKind::number:
            return value.text;
        case ValueKind::roles:
            return roles_json(value.text);
        case ValueKind::date:
        case ValueKind::text:
        case ValueKind::word:
            break;
    }
    return json::quote(value.text);
}

}  // namespace

std::string reason_of(const Answer& answer) {
    return answer.said ? sentence_of(*answer.said, language()) : answer.reason;
}

std::string values_json(const Said& said) {
    JsonObject values;
    for (const NamedValue& value : said.values)
        for (const ValueName& known : said.row().values)
            if (known.name == value.name) values.json(value.name, value_json(value, known.kind));
    return values.line();
}

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
    if (const std::string reason = reason_of(answer); !reason.empty()) line.text("reason", reason);
    if (answer.said && !answer.said->values.empty()) line.json("values", values_json(*answer.said));
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
