// `benefits why`
#include <memory>

#include "events/actions.h"
#include "tools/benefits/cli/command_line.h"
#include "tools/benefits/cli/format.h"
#include "tools/benefits/cli/json_text.h"
#include "tools/benefits/cli/rows_text.h"
#include "tools/benefits/cli/table.h"
#include "tools/benefits/screens/benefit_story.h"
#include "tools/benefits/screens/event_text.h"
#include "tools/benefits/screens/event_words.h"
#include "tools/benefits/screens/rule_text.h"

namespace ledger::tools {
namespace {

constexpr std::string_view kWhyColumns[] = {
    "order", "sku",     "version", "time",          "type",       "who",        "as",
    "words", "changed", "reason",  "after.granted", "after.used", "after.left", "rules",
};

struct WhyOptions {
    std::string partner;
    std::string benefit;
    ListFormat format;
};

// One benefit with all that is told of it.
struct Told {
    std::string order;
    BenefitLine benefit;
    std::vector<StoryEvent> events;
    std::vector<RuleText> rules;
};

std::string joined(std::span<const std::string_view> texts) {
    std::string words;
    for (const std::string_view text : texts)
        words += (words.empty() ? "" : ", ") + std::string(text);
    return words;
}

std::string details(const StoryEvent& event) {
    std::string words = event.words;
    if (event.corrects != 0) words += "; corrects version " + std::to_string(event.corrects);
    if (!event.reason.empty()) words += "; reason: " + event.reason;
    return words;
}

std::string table_of(const Told& told, const Screen& screen) {
    const BenefitLine& benefit = told.benefit;
    std::string out = title(benefit.title + " · " + told.order + "/" + benefit.sku, screen);
    out += facts(
        {{"now", std::to_string(benefit.granted) + " granted, " + std::to_string(benefit.used) +
                     " used, " + std::to_string(benefit.left()) + " left"},
         {"expires", benefit.expiry.days == 0 ? "" : to_string(benefit.expiry)}},
        screen, 2);
    Table events(2);
    events.column("version", Align::right).column("when").column("what").column("who").column("as");
    events.column("changed").column("details").column("rules");
    for (const StoryEvent& event : told.events)
        events.row({std::to_string(event.version), shown_time(event.time),
                    type_in_words(fb::EnumNameEvent(event.type)), event.who, event.as,
                    change_in_words(event.before, event.after), details(event),
                    joined(kind_of(event.type).rules)});
    Table rules(2);
    rules.column("rule").column("as the policy in force has it");
    for (const RuleText& rule : told.rules) rules.row({std::string(rule.id), rule.sentence});
    return out + "\n" + events.text(screen) + "\n" + rules.text(screen);
}

std::string numbers_json(const Numbers& numbers) {
    JsonObject object;
    object.number("granted", numbers.granted).number("used", numbers.used);
    object.number("left", numbers.left).number("in_stock", numbers.in_stock);
    if (numbers.expiry.days != 0) object.text("expiry", to_string(numbers.expiry));
    return object.line();
}

std::string event_json(const StoryEvent& event) {
    JsonObject object;
    object.number("version", event.version).text("time", to_string(Time{event.time}));
    object.text("type", fb::EnumNameEvent(event.type)).text("who", event.who).text("as", event.as);
    object.text("words", event.words);
    if (!event.reason.empty()) object.text("reason", event.reason);
    if (event.corrects != 0) object.number("corrects", event.corrects);
    object.number("policy_version", event.policy_version);
    object.json("before", numbers_json(event.before)).json("after", numbers_json(event.after));
    object.text("changed", change_in_words(event.before, event.after));
    JsonList rules;
    for (const std::string_view rule : kind_of(event.type).rules) rules.add_text(rule);
    object.json("rules", rules.line());
    return object.line();
}

std::string json_of(const Told& told) {
    JsonObject object;
    object.text("order", told.order).text("sku", told.benefit.sku);
    object.text("title", told.benefit.title).number("granted", told.benefit.granted);
    object.number("used", told.benefit.used).number("left", told.benefit.left());
    if (told.benefit.expiry.days != 0) object.text("expiry", to_string(told.benefit.expiry));
    JsonList events;
    for (const StoryEvent& event : told.events) events.add(event_json(event));
    JsonList rules;
    for (const RuleText& rule : told.rules)
        rules.add(JsonObject().text("id", rule.id).text("sentence", rule.sentence).line());
    object.json("events", events.line()).json("rules", rules.line());
    return object.line();
}

// The events of every benefit, each with whose it is.
std::vector<std::string> rows_of(const std::vector<Told>& all) {
    std::vector<std::string> rows;
    for (const Told& told : all) {
        for (const StoryEvent& event : told.events) {
            std::string row =
                JsonObject().text("order", told.order).text("sku", told.benefit.sku).line();
            row.back() = ',';
            rows.push_back(row + event_json(event).substr(1));
        }
    }
    return rows;
}

NotThere no_such_benefit(const WhyOptions& options, const PartnerState& state) {
    std::string known;
    for (const fb::OrderT& order : state.orders)
        for (const fb::BenefitT& benefit : order.benefits)
            known += (known.empty() ? "; it has " : ", ") + order.id + "/" + benefit.sku;
    return {ExitCode::not_found, "partner '" + options.partner + "' has no benefit '" +
                                     options.benefit + "'" +
                                     (known.empty() ? ", for it has no order" : known)};
}

Result<std::vector<Told>> tell(const PartnerQuery& query, const Snapshot& now,
                               const std::vector<BenefitPlace>& places) {
    const fb::PolicyVersionT& policy = policy_on(now.ledger, now.day);
    std::vector<Told> all;
    for (const BenefitPlace& place : places) {
        auto story = story_of(query, place);
        if (!story) return story.error();
        const fb::OrderT& order = *orders::find_order(now.state, place.order);
        for (const fb::BenefitT& benefit : order.benefits)
            if (benefit.sku == place.sku)
                all.push_back({place.order, benefit_line(order, benefit, policy, now.day),
                               std::move(*story), rules_of(benefit.kind, policy)});
    }
    return all;
}

ExitCode why(const LedgerPlace& place, const WhyOptions& options) {
    const auto query = begin_query(place, options.partner);
    if (!query) return fail(query.error());
    const LookUp found = look_up(*query, {});
    if (const auto* none = std::get_if<NotThere>(&found)) return fail(*none);
    const auto& now = std::get<Snapshot>(found);
    const std::vector<BenefitPlace> places = places_of(now.state, options.benefit);
    if (places.empty()) return fail(no_such_benefit(options, now.state));
    const auto all = tell(*query, now, places);
    if (!all) return fail(all.error());
    if (is_rows(options.format)) {
        print_rows(options.format, rows_of(*all), kWhyColumns);
        return ExitCode::done;
    }
    if (options.format == Format::json) {
        JsonList benefits;
        for (const Told& told : *all) benefits.add(json_of(told));
        JsonObject document;
        document.text("partner", options.partner).number("version", now.state.version);
        document.text("today", to_string(now.day)).json("benefits", benefits.line());
        print(indented(document.line()));
        return ExitCode::done;
    }
    std::string out;
    for (const Told& told : *all) out += (out.empty() ? "" : "\n") + table_of(told, screen());
    print(out);
    return ExitCode::done;
}

}  // namespace

void add_why(Subcommand parent, Action& chosen) {
    const Subcommand command = parent.add_subcommand(
        "why", "Tells the events behind a benefit's numbers, and the rules that concern it");
    auto options = std::make_shared<WhyOptions>();
    add_partner(command, options->partner);
    command
        .add_option("benefit", options->benefit,
                    "The benefit's SKU, of every order that grants it, or ORDER/SKU")
        .type_name("BENEFIT")
        .required();
    add_list_format(command, options->format);
    add_examples(
        command,
        "  benefits why contoso office-365-e3\n"
        "  benefits why contoso ap-2020/visual-studio-professional\n"
        "  benefits why contoso office-365-e3 -o json | jq '.benefits[].events[].changed'\n");
    command.callback([options, &chosen] {
        chosen.run = [options](const LedgerPlace& place) { return why(place, *options); };
    });
}

}  // namespace ledger::tools
