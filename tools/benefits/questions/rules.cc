// `benefits rules`: the rule book, and which refusals, commands and events name a rule.
#include <algorithm>
#include <memory>

#include "events/actions.h"
#include "reference_generated.h"
#include "tools/benefits/cli/command_line.h"
#include "tools/benefits/cli/command_names.h"
#include "tools/benefits/cli/document.h"
#include "tools/benefits/cli/format.h"
#include "tools/benefits/cli/language.h"
#include "tools/benefits/cli/nearest_name.h"
#include "tools/benefits/cli/output.h"
#include "tools/benefits/cli/table.h"
#include "tools/benefits/questions/sentences.h"
#include "tools/benefits/screens/event_text.h"
#include "tools/benefits/screens/rule_book.h"

namespace ledger::tools {
namespace {

struct RulesOptions {
    std::string id;
    bool sentences = false;
    ListFormat format;
};

// By its id in any case, or by the code of a refusal.
std::vector<const Rule*> rules_wanted(std::string wanted) {
    std::vector<const Rule*> found;
    for (const Rule& rule : rule_book())
        for (const RefusalKind* kind : rule.refusals)
            if (kind->text == wanted) found.push_back(&rule);
    for (char& c : wanted)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    for (const Rule& rule : rule_book())
        if (wanted.empty() || rule.id == wanted) found.push_back(&rule);
    return found;
}

std::vector<std::string> all_rules_and_codes() {
    std::vector<std::string> names;
    for (const Rule& rule : rule_book()) names.emplace_back(rule.id);
    for (const RefusalKind& kind : kRefusalKinds) names.emplace_back(kind.text);
    return names;
}

std::string list(const std::vector<const Rule*>& rules, const Screen& on) {
    Table table;
    table.column("rule").column("what it says").column("source").column("refusals");
    for (const Rule* rule : rules) {
        std::string codes;
        for (const RefusalKind* kind : rule->refusals)
            codes += (codes.empty() ? "" : ", ") + std::string(kind->text);
        table.row(
            {std::string(rule->id), std::string(rule->sentence), std::string(rule->source), codes});
    }
    return table.text(on);
}

// The commands or events that go by the rule.
template <typename Kind>
std::vector<const Kind*> kinds_by(const Rule& rule, std::span<const Kind> all) {
    std::vector<const Kind*> kinds;
    for (const Kind& kind : all)
        if (std::find(kind.rules.begin(), kind.rules.end(), rule.id) != kind.rules.end())
            kinds.push_back(&kind);
    return kinds;
}

template <typename Kind>
std::vector<std::string> types_by(const Rule& rule, std::span<const Kind> all) {
    std::vector<std::string> types;
    for (const Kind* kind : kinds_by(rule, all)) types.emplace_back(kind->type_name);
    return types;
}

std::string one(const Rule& rule, const Screen& on) {
    std::string commands;
    std::string events;
    for (const CommandKind* kind : kinds_by(rule, command_kinds()))
        commands += (commands.empty() ? "" : ", ") + full_name(*kind);
    for (const EventKind* kind : kinds_by(rule, event_kinds()))
        events += (events.empty() ? "" : ", ") + type_in_words(kind->type_name);
    std::string out =
        title(rule.id, on) + paragraph(rule.sentence, on, 2) +
        facts({{"source", std::string(rule.source)}, {"commands", commands}, {"events", events}},
              on, 2);
    if (rule.refusals.empty()) return out;
    Table table(2);
    table.column("refusal").column("what it says");
    for (const RefusalKind* kind : rule.refusals)
        for (const SentenceRow& row : sentence_rows())
            if (row.code == kind->text)
                table.row({std::string(row.key), std::string(said_in(row.said, language()))});
    return out + "\n" + table.text(on);
}

fb::RuleLineT rule_line(const Rule& rule) {
    fb::RuleLineT line;
    line.id = rule.id;
    line.sentence = rule.sentence;
    line.source = rule.source;
    for (const RefusalKind* kind : rule.refusals) {
        for (const SentenceRow& row : sentence_rows()) {
            if (row.code != kind->text) continue;
            fb::RefusalOfRuleT& refusal = line.refusals.emplace_back();
            refusal.code = row.code;
            refusal.sentence = said_in(row.said, language());
        }
    }
    line.commands = types_by(rule, command_kinds());
    line.events = types_by(rule, event_kinds());
    return line;
}

std::string tables(const std::vector<const Rule*>& rules, bool all) {
    const Screen on = screen();
    if (all) return list(rules, on);
    std::string out;
    for (const Rule* rule : rules) out += (out.empty() ? "" : "\n") + one(*rule, on);
    return out;
}

ExitCode nothing_named(const std::string& id, const std::vector<std::string>& names) {
    const std::string meant = meant_instead(id, names);
    say("benefits: there is no rule and no refusal '" + id + "'" +
        (meant.empty() ? "; 'benefits rules' lists all" : meant));
    return ExitCode::not_found;
}

ExitCode rules(const RulesOptions& options) {
    if (options.sentences)
        return print_sentences(options.id, options.format)
                   ? ExitCode::done
                   : nothing_named(options.id, all_rules_and_codes());
    const std::vector<const Rule*> found = rules_wanted(options.id);
    if (found.empty()) return nothing_named(options.id, all_rules_and_codes());
    fb::RuleListT answer;
    for (const Rule* rule : found) answer.rules.push_back(rule_line(*rule));
    print_list(options.format, answer, answer.rules,
               [&] { return tables(found, options.id.empty()); });
    return ExitCode::done;
}

}  // namespace

void add_rules(Subcommand parent, Action& chosen) {
    const Subcommand command = parent.add_subcommand(
        "rules", "Shows the rules, where they come from and which refusals and commands name them");
    auto options = std::make_shared<RulesOptions>();
    command.add_option("id", options->id, "A rule, or the code of a refusal").type_name("ID");
    command.add_flag("--sentences", options->sentences,
                     "Every sentence that refuses, or says that there is nothing to do, in every "
                     "language");
    add_format(command, options->format);
    add_examples(command,
                 "  benefits rules\n"
                 "  benefits rules VSS-03\n"
                 "  benefits rules seat.reassign-too-early\n"
                 "  benefits rules --sentences -o csv\n");
    command.callback([options, &chosen] {
        chosen.needs_ledger = false;
        chosen.run = [options](const LedgerPlace&) { return rules(*options); };
    });
}

}  // namespace ledger::tools
