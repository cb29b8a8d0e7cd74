// `benefits why`
#include <memory>

#include "projections/answers/benefit_story.h"
#include "screen_words_generated.h"
#include "tools/benefits/asking/known_names.h"
#include "tools/benefits/asking/partner_query.h"
#include "tools/benefits/cli/command_line.h"
#include "tools/benefits/cli/document.h"
#include "tools/benefits/cli/format.h"
#include "tools/benefits/cli/nearest_name.h"
#include "tools/benefits/cli/rows_text.h"
#include "tools/benefits/cli/table.h"
#include "tools/benefits/screens/days_text.h"
#include "tools/benefits/screens/event_words.h"
#include "tools/benefits/screens/words.h"

namespace ledger::tools {
namespace {

struct WhyOptions {
    std::string partner;
    std::string benefit;
    ListFormat format;
};

std::string details(const fb::StoryEventT& event) {
    std::string told = event.words;
    if (event.corrects) told += "; " + words::corrects(std::to_string(*event.corrects));
    if (!event.reason.empty()) told = words::because(told, event.reason);
    return told;
}

std::string story_text(const fb::BenefitStoryT& story, const Screen& screen) {
    std::string out = title(story.title + " · " + story.order + "/" + story.sku, screen);
    out += facts({{words::column_now(),
                   words::benefit_now(std::to_string(story.granted), std::to_string(story.used),
                                      std::to_string(story.left))},
                  {words::column_expires(), day_text(story.expiry)}},
                 screen, 2);
    Table events(2);
    events.column(words::column_version(), Align::right).column(words::column_when());
    events.column(words::column_what()).column(words::column_who()).column(words::column_as());
    events.column(words::column_changed()).column(words::column_details());
    events.column(words::column_rules());
    for (const fb::StoryEventT& event : story.events)
        events.row({std::to_string(event.version), shown_time(event.time), event_name(event.type),
                    event.actor->id, acted_as(*event.actor), event.changed, details(event),
                    joined_texts(event.rules)});
    Table rules(2);
    rules.column(words::column_rule()).column(words::column_rule_in_force());
    for (const fb::RuleSentenceT& rule : story.rules) rules.row({rule.id, rule.sentence});
    return out + "\n" + events.text(screen) + "\n" + rules.text(screen);
}

std::string tables(const fb::BenefitStoriesT& stories) {
    std::string out;
    for (const fb::BenefitStoryT& story : stories.benefits)
        out += (out.empty() ? "" : "\n") + story_text(story, screen());
    return out;
}

NotThere no_such_benefit(const WhyOptions& options, const PartnerState& state) {
    std::string known;
    for (const fb::OrderT& order : state.orders)
        for (const fb::BenefitT& benefit : order.benefits)
            known += (known.empty() ? "; it has " : ", ") + order.id + "/" + benefit.sku;
    std::vector<std::string> names;
    for (const NameOf of : {NameOf::sku, NameOf::order, NameOf::benefit})
        for (std::string& name : names_in(state, of)) names.push_back(std::move(name));
    if (const std::string meant = meant_instead(options.benefit, names); !meant.empty())
        known = meant;
    return {ExitCode::not_found, "partner '" + options.partner + "' has no benefit '" +
                                     options.benefit + "'" +
                                     (known.empty() ? ", for it has no order" : known)};
}

ExitCode why(const LedgerPlace& place, const WhyOptions& options) {
    const auto query = begin_query(place, options.partner);
    if (!query) return fail(query.error());
    const LookUp found = look_up(*query, {});
    if (const auto* none = std::get_if<NotThere>(&found)) return fail(*none);
    const auto& now = std::get<answers::PartnerThen>(found);
    const auto stories = answers::benefit_stories(query->snapshot(), now, options.benefit,
                                                  words_for(options.format));
    if (!stories) return fail(stories.error());
    if (stories->benefits.empty()) return fail(no_such_benefit(options, now.state));
    print_list(options.format, *stories, answers::story_rows(*stories),
               [&] { return tables(*stories); });
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
    add_format(command, options->format);
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
