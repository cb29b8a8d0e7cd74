// `benefits catalogue`: what can be bought, and what it grants.
#include <memory>
#include <span>

#include "aggregates/orders/grants.h"
#include "projections/answers/policies.h"
#include "tools/benefits/asking/ledger_clock.h"
#include "tools/benefits/asking/ledger_versions.h"
#include "tools/benefits/cli/command_line.h"
#include "tools/benefits/cli/document.h"
#include "tools/benefits/cli/format.h"
#include "tools/benefits/cli/nearest_name.h"
#include "tools/benefits/cli/rows_text.h"
#include "tools/benefits/cli/table.h"
#include "tools/benefits/questions/versions.h"
#include "tools/benefits/screens/days_text.h"

namespace ledger::tools {
namespace {

struct CatalogueOptions {
    std::string offer;  // empty: all
    std::optional<Date> day;
    ListFormat format;
};

std::string quantity(const fb::GrantT& grant) {
    return grant.unlimited ? "unlimited" : std::to_string(grant.quantity);
}

std::string offer_text(const fb::OfferT& offer, const Screen& on) {
    std::string out = "\n" + title(offer.id + " · " + offer.title, on) +
                      facts({{"kind", spaced(fb::EnumNameOfferKind(offer.kind))},
                             {"sold", offer.retired ? "no longer" : ""}},
                            on, 2);
    if (offer.grants.empty()) return out;
    const bool has_core = orders::is_competency(offer.kind);
    Table table(2);
    table.column("sku").column("benefit").column("quantity", Align::right).column("unit");
    table.column("how it is taken");
    if (has_core) table.column("core package");
    for (const fb::GrantT& grant : offer.grants) {
        std::vector<std::string> row{grant.sku, grant.title, quantity(grant),
                                     spaced(fb::EnumNameUnit(grant.unit)),
                                     spaced(fb::EnumNameBenefitKind(grant.kind))};
        if (has_core) row.emplace_back(grant.core ? "yes" : "");
        table.row(std::move(row));
    }
    return out + "\n" + table.text(on);
}

// "25 Visual Studio Enterprise subscription, at most 150 of all orders"; several with commas.
std::string brought(std::span<const fb::GrantT> grants) {
    std::string text;
    for (const fb::GrantT& grant : grants) {
        text += (text.empty() ? "" : ", ") + quantity(grant) + " " + grant.title;
        if (grant.ceiling != 0)
            text += ", at most " + std::to_string(grant.ceiling) + " of all orders";
    }
    return text;
}

// Empty where no silver or gold is shown that is sold.
std::string areas_text(const fb::CatalogueVersionT& catalogue, const Screen& on) {
    std::vector<const fb::OfferT*> levels;
    for (const fb::OfferT& offer : catalogue.offers)
        if (orders::is_competency(offer.kind) && !offer.retired) levels.push_back(&offer);
    if (levels.empty() || catalogue.competencies.empty()) return {};
    Table table(2);
    table.column("competency").column("area");
    for (const fb::OfferT* level : levels) table.column(level->id);
    for (const fb::CompetencyT& area : catalogue.competencies) {
        std::vector<std::string> row{area.id, area.title};
        for (const fb::OfferT* level : levels)
            row.push_back(brought(orders::lines_of(area, level->kind)));
        table.row(std::move(row));
    }
    return "\n" + title("Competencies, and what each brings besides", on) + table.text(on);
}

std::string tables(const fb::CatalogueOnDayT& answer) {
    const Screen on = screen();
    const fb::CatalogueVersionT& catalogue = *answer.catalogue;
    std::string out =
        title("Catalogue on " + day_text(answer.on) + ": version " +
                  std::to_string(catalogue.version) + ", in force since " +
                  day_text(catalogue.effective) +
                  (answer.replaced_on ? ", until " + day_text(answer.replaced_on) : ""),
              on) +
        paragraph(catalogue.note, on, 2);
    for (const fb::OfferT& offer : catalogue.offers) out += offer_text(offer, on);
    return out + areas_text(catalogue, on);
}

// That offer alone; false: there is none.
bool keep_only(fb::CatalogueVersionT& catalogue, const std::string& offer) {
    if (offer.empty()) return true;
    std::erase_if(catalogue.offers, [&](const fb::OfferT& each) { return each.id != offer; });
    return !catalogue.offers.empty();
}

ExitCode no_such_offer(const fb::CatalogueOnDayT& answer, const std::string& offer) {
    std::vector<std::string> names;
    for (const fb::OfferT& each : answer.catalogue->offers) names.push_back(each.id);
    const std::string meant = meant_instead(offer, names);
    say("benefits: the catalogue of " + day_text(answer.on) + " has no offer '" + offer + "'" +
        (meant.empty() ? "; it has " + joined_texts(names) : meant));
    return ExitCode::not_found;
}

// "; did you mean 'diff'?", or nothing.
std::string meant_subcommand(const std::string& typed) {
    return typed.empty() ? "" : meant_instead(typed, {"diff", "check", "publish"});
}

ExitCode catalogue(const LedgerPlace& place, const CatalogueOptions& options) {
    if (place.directory.empty()) {
        say("benefits catalogue: no ledger was named in which there could be an offer '" +
            options.offer + "'" + meant_subcommand(options.offer));
        return ExitCode::usage;
    }
    const auto versions = read_versions(place);
    if (!versions) return fail(versions.error());
    const Date day = options.day.value_or(versions->today);
    auto answer = answers::catalogue_on_day(versions->ledger, day);
    if (!keep_only(*answer.catalogue, options.offer))
        return no_such_offer(answers::catalogue_on_day(versions->ledger, day), options.offer);
    print_list(options.format, answer, answers::grant_rows(*answer.catalogue),
               [&] { return tables(answer); });
    return ExitCode::done;
}

}  // namespace

void add_catalogue(Subcommand parent, Action& chosen) {
    const Subcommand command =
        parent.add_subcommand("catalogue", "Shows what can be bought on a day, and what it grants");
    auto options = std::make_shared<CatalogueOptions>();
    command.fallthrough();
    command.add_option("offer", options->offer, "One offer, like action-pack").type_name("OFFER");
    add_day(command, options->day);
    add_format(command, options->format);
    add_catalogue_diff(command, chosen);
    add_catalogue_check(command, chosen);
    add_catalogue_publish(command, chosen);
    add_examples(command,
                 "  benefits catalogue\n"
                 "  benefits catalogue action-pack --on 2021-02-01\n"
                 "  benefits catalogue -o csv > catalogue.csv\n"
                 "  benefits catalogue -o json | jq -r '.catalogue.offers[].id'\n");
    command.callback(
        [options, command, &chosen] {
            if (command.subcommand_typed()) return;
            // Without a ledger it is a mistyped subcommand, and nothing else.
            chosen.needs_ledger = meant_subcommand(options->offer).empty();
            chosen.run = [options](const LedgerPlace& place) { return catalogue(place, *options); };
        },
        [options, command] {
            // What is too much behind a subcommand of its own lands here.
            return command.subcommand_typed() && !options->offer.empty()
                       ? "what is '" + options->offer + "' for?"
                       : std::string();
        });
}

}  // namespace ledger::tools
