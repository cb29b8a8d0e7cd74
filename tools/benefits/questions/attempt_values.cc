#include "tools/benefits/questions/attempt_values.h"

#include "projections/answers/said_parts.h"
#include "screen_words_generated.h"

namespace ledger::tools {
namespace {

fb::AttemptOutcome outcome_of(Outcome outcome) {
    switch (outcome) {
        case Outcome::accepted:
            return fb::AttemptOutcome::accepted;
        case Outcome::nothing:
            return fb::AttemptOutcome::nothing;
        case Outcome::refused:
        case Outcome::failed:
        case Outcome::unknown:
            return fb::AttemptOutcome::refused;
    }
    return fb::AttemptOutcome::refused;
}

fb::AttemptT attempt_of(const Tried& tried) {
    fb::AttemptT attempt;
    attempt.outcome = outcome_of(tried.outcome);
    attempt.body = tried.body.whole;
    attempt.alike = tried.alike;
    attempt.by = tried.by;
    attempt.code = tried.code;
    attempt.rule = tried.rule;
    if (tried.said) {
        attempt.reason = sentence_of(*tried.said, language());
        attempt.values = answers::said_parts(*tried.said);
    }
    if (tried.earliest) attempt.earliest = tried.earliest->days;
    return attempt;
}

}  // namespace

std::string why_untried(const CommandTried& command, Language in) {
    const std::string& field = command.missing;
    if (field == "order") return words::untried_order(in);
    if (field == "sku") return words::untried_sku(in);
    if (field == "seat") return words::untried_seat(in);
    if (field == "person" || field == "user") return words::untried_user(in);
    if (field == "key" || field == "token") return words::untried_key(in);
    if (field == "request") return words::untried_request(in);
    return words::untried_other(plain_field_name(field, in), in);
}

fb::AttemptsT attempts_of(const std::vector<CommandTried>& commands, const Snapshot& now,
                          const std::string& as) {
    fb::AttemptsT attempts;
    attempts.partner = now.state.partner;
    attempts.version = now.state.version;
    attempts.today = now.day.days;
    attempts.policy_version = policy_on(now.ledger, now.day).version;
    attempts.catalogue_version = catalogue_on(now.ledger, now.day).version;
    attempts.as = as;
    for (const CommandTried& command : commands) {
        fb::CommandAttemptsT& each = attempts.commands.emplace_back();
        each.command = command.command;
        each.more = command.more;
        for (const Tried& tried : command.tried) each.tried.push_back(attempt_of(tried));
        if (command.tried.empty()) each.untried = why_untried(command, Language::english);
    }
    return attempts;
}

std::vector<fb::AttemptRowT> attempt_rows(const std::vector<CommandTried>& commands) {
    std::vector<fb::AttemptRowT> rows;
    const auto add = [&](const CommandTried& command, fb::AttemptT attempt) {
        fb::AttemptRowT& row = rows.emplace_back();
        row.command = command.command;
        row.attempt = std::make_unique<fb::AttemptT>(std::move(attempt));
    };
    for (const CommandTried& command : commands) {
        for (const Tried& tried : command.tried) add(command, attempt_of(tried));
        if (!command.tried.empty()) continue;
        fb::AttemptT untried;
        untried.outcome = fb::AttemptOutcome::untried;
        untried.reason = why_untried(command, Language::english);
        add(command, std::move(untried));
    }
    return rows;
}

}  // namespace ledger::tools
