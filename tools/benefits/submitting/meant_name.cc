#include "tools/benefits/submitting/meant_name.h"

#include <algorithm>
#include <array>
#include <optional>

#include "projections/queries.h"
#include "tools/benefits/asking/known_names.h"
#include "tools/benefits/asking/ledger_clock.h"
#include "tools/benefits/cli/nearest_name.h"

namespace ledger::tools {
namespace {

// What a refusal says isn't there, the field in which it was typed, and where its like stand.
struct NotFound {
    std::string_view code;
    std::string_view field;
    NameOf of;
};
constexpr std::array kNotFound{
    NotFound{"order.unknown", "order", NameOf::order},
    NotFound{"benefit.unknown", "sku", NameOf::sku},
    NotFound{"user.unknown", "user", NameOf::user},
    NotFound{"person.unknown", "person", NameOf::user},
    NotFound{"request.unknown", "request", NameOf::request},
    NotFound{"key.unknown", "key", NameOf::key},
    NotFound{"token.unknown", "token", NameOf::key},
};

const TypedOption* typed_in(const TypedCommand& command, std::string_view field) {
    const auto found = std::find_if(
        command.body.begin(), command.body.end(),
        [&](const TypedOption& each) { return each.option.place() == field && each.given(); });
    return found == command.body.end() ? nullptr : &*found;
}

std::string sentence(const std::string& option, const std::string& typed,
                     const std::vector<std::string>& names) {
    // It is there: something else is wrong.
    if (std::find(names.begin(), names.end(), typed) != names.end()) return {};
    const std::string meant = meant_instead(typed, names);
    return meant.empty() ? meant : option + " '" + typed + "'" + meant;
}

std::vector<std::string> offers_in(const views::Snapshot& rows, PartitionId partition) {
    std::vector<std::string> names;
    const auto state = ledger_state(rows, partition);
    if (!state) return names;
    for (const fb::OfferT& offer : catalogue_on(*state, today_of(*state)).offers)
        if (!offer.retired) names.push_back(offer.id);
    return names;
}

}  // namespace

std::string meant_name(const AtWork& at_work, const TypedCommand& command, const Answer& answer) {
    if (answer.outcome != Outcome::refused || command.is_ledgers_own()) return {};
    const std::string partner = command.partner();
    const auto rows = at_work.ledger.rows->snapshot();
    if (answer.code == "partner.unknown") {
        const std::string meant = partner_meant(*rows, partner);
        return meant.empty() ? meant : "--partner '" + partner + "'" + meant;
    }
    if (answer.code == "offer.unknown") {
        const TypedOption* offer = typed_in(command, "offer");
        if (!offer) return {};
        return sentence(offer->option.name(), offer->value,
                        offers_in(*rows, at_work.partition_of(partner)));
    }
    const auto state = views::find_partner(*rows, PartnerId{partner});
    if (!state || !*state) return {};
    // Whoever isn't on the list of users has no role.
    if (answer.code == "role.missing" && !command.user.empty())
        return sentence("--as", command.user, names_in(**state, NameOf::user));
    for (const NotFound& each : kNotFound) {
        const TypedOption* typed =
            each.code == answer.code ? typed_in(command, each.field) : nullptr;
        if (typed) return sentence(typed->option.name(), typed->value, names_in(**state, each.of));
    }
    return {};
}

}  // namespace ledger::tools
