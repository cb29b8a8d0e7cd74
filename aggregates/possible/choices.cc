#include "aggregates/possible/choices.h"

#include <algorithm>

#include "aggregates/orders/grants.h"
#include "aggregates/orders/reminders.h"
#include "aggregates/software_keys/stock.h"
#include "events/actions.h"

namespace ledger::possible {
namespace {

using json::Field;

bool is_for(fb::CommandBody command, fb::BenefitKind kind) {
    const std::span<const fb::BenefitKind> kinds = kind_of(command).benefits;
    return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

bool has_seat(const fb::BenefitT& benefit, const std::string& person) {
    return std::any_of(benefit.seats.begin(), benefit.seats.end(),
                       [&](const fb::SeatT& seat) { return seat.person == person; });
}

// Every name that stands in the state.
std::set<std::string, std::less<>> names_in(const PartnerState& state) {
    std::set<std::string, std::less<>> names(state.tenants.begin(), state.tenants.end());
    names.insert(state.named_tenants.begin(), state.named_tenants.end());
    for (const fb::UserT& user : state.users) names.insert(user.id);
    for (const fb::FormerT& former : state.former) names.insert(former.id);
    for (const fb::RequestT& request : state.requests) names.insert(request.id);
    for (const fb::OrderT& order : state.orders) {
        names.insert(order.id);
        if (!order.renewal_order.empty()) names.insert(order.renewal_order);
        for (const fb::BenefitT& benefit : order.benefits)
            for (const fb::KeyT& key : benefit.keys) names.insert(key.id);
    }
    return names;
}

// "keys" holds "key"s.
std::string_view singular(std::string_view word) {
    if (word.ends_with('s')) word.remove_suffix(1);
    return word;
}

Named names_order(const fb::OrderT& order) {
    Named named;
    named.order = &order;
    return named;
}

Named names_benefit(const fb::BenefitT& benefit) {
    Named named;
    named.benefit = &benefit;
    return named;
}

}  // namespace

Named Named::with(const Named& more) const {
    Named both = *this;
    if (more.order) both.order = more.order;
    if (more.benefit) both.benefit = more.benefit;
    if (more.seat) both.seat = more.seat;
    if (more.key) both.key = more.key;
    if (more.offer) both.offer = more.offer;
    return both;
}

// What a field is called in the schema says what it names.
struct Choices::ByName {
    std::string_view name;
    Answer answer;
};

Offered Choices::of(const Field& field, const Named& named, bool wrong_wanted) {
    wrong_wanted_ = wrong_wanted;
    static constexpr ByName kTexts[] = {
        {"order", &Choices::orders},
        {"sku", &Choices::benefits},
        {"person", &Choices::persons},
        {"user", &Choices::users},
        {"key", &Choices::keys},
        {"token", &Choices::keys},
        {"request", &Choices::requests},
        {"offer", &Choices::offers},
        {"tenant", &Choices::tenants},
        {"machine", &Choices::machines},
        {"competency", &Choices::competencies},
        {"what", &Choices::documents},
    };
    if (field.kind == json::Kind::table)
        return field.table->name == "Money" ? money(field, named) : Offered{};
    if (field.made) return made(field, named);
    if (field.name == "seat") return seats(field, named);
    if (field.name == "units") return units(field, named);
    if (field.name == "due") return reminders(field, named);
    if (field.kind == json::Kind::text)
        for (const ByName& each : kTexts)
            if (each.name == field.name) return (this->*each.answer)(field, named);
    return by_form(field, named);
}

std::string Choices::new_name(std::string_view stem, std::size_t skip) {
    if (!names_) names_ = names_in(standing_.partner);
    for (std::size_t number = 1;; ++number) {
        std::string name = std::string(stem) + '-' + std::to_string(number);
        if (names_->count(name) == 0 && skip-- == 0) return name;
    }
}

void Choices::add_unknown(Offered& offered, const Field& field, std::string_view stem) {
    if (wrong_wanted_ || offered.sensible.empty())
        offered.wrong.push_back(text_choice(field, new_name(stem)));
}

Choice Choices::text_choice(const Field& field, std::string text) {
    json::Value value;
    value.field = &field;
    value.text = texts_.keep(std::move(text));
    return {std::move(value), {}, {}};
}

Choice Choices::named_choice(const Field& field, const std::string& name) {
    json::Value value;
    value.field = &field;
    value.text = name;
    return {std::move(value), name, {}};
}

// The next of those that are to come first.
Offered Choices::reminders(const Field& field, const Named& named) {
    Offered offered;
    if (named.order)
        for (const Date due : orders::reminders_due(*named.order, policies_of(standing_.ledger)))
            (offered.sensible.empty() ? offered.sensible : offered.others)
                .push_back(number_choice(field, due.days));
    if (offered.sensible.empty()) return by_form(field, named);
    if (wrong_wanted_) offered.wrong = by_form(field, named).sensible;
    return offered;
}

Offered Choices::made(const Field& field, const Named& named) {
    const std::string_view stem = field.name == "id" ? singular(named.inside) : field.name;
    Offered offered;
    offered.sensible.push_back(text_choice(field, new_name(stem, named.place)));
    // Who left may come back.
    if (field.name == "id" && named.inside == "user")
        for (const fb::FormerT& former : standing_.partner.former)
            offered.others.push_back(named_choice(field, former.id));
    // One that is taken, by whatever it is.
    if (!names_->empty()) {
        offered.wrong.push_back(named_choice(field, *names_->begin()));
        offered.wrong.push_back(named_choice(field, *names_->rbegin()));
    }
    return offered;
}

// The newest first: that is what people ask about.
Offered Choices::orders(const Field& field, const Named& /*named*/) {
    Offered offered;
    const std::vector<fb::OrderT>& orders = standing_.partner.orders;
    for (auto order = orders.rbegin(); order != orders.rend(); ++order) {
        offered.sensible.push_back(named_choice(field, order->id));
        offered.sensible.back().names = names_order(*order);
    }
    add_unknown(offered, field, "order");
    return offered;
}

// Where no order is known, any of the catalogue's SKUs is as good.
Offered Choices::benefits(const Field& field, const Named& named) {
    Offered offered;
    if (named.order) {
        for (const fb::BenefitT& benefit : named.order->benefits) {
            const bool fits = is_for(command_, benefit.kind);
            if (!fits && !wrong_wanted_) continue;
            std::vector<Choice>& fit = fits ? offered.sensible : offered.wrong;
            fit.push_back(named_choice(field, benefit.sku));
            fit.back().names = names_benefit(benefit);
        }
        add_unknown(offered, field, "sku");
        return offered;
    }
    for (const fb::OfferT& offer : catalogue_on(standing_.ledger, standing_.today()).offers)
        for (const fb::GrantT& grant : offer.grants)
            (is_for(command_, grant.kind) ? offered.others : offered.wrong)
                .push_back(named_choice(field, grant.sku));
    return offered;
}

// Those that somebody has.
Offered Choices::seats(const Field& field, const Named& named) {
    Offered offered;
    std::uint32_t last = 0;
    if (named.benefit)
        for (const fb::SeatT& seat : named.benefit->seats) {
            const std::string words = std::to_string(seat.number) + " (" + seat.person + ")";
            (seat.person.empty() ? offered.others : offered.sensible)
                .push_back(number_choice(field, seat.number, words));
            std::vector<Choice>& put = seat.person.empty() ? offered.others : offered.sensible;
            put.back().names.seat = &seat;
            last = std::max(last, seat.number);
        }
    offered.wrong.push_back(number_choice(field, last + 1));
    if (field.range) offered.wrong.push_back(number_choice(field, field.range->most));
    return offered;
}

// Those who have no seat of it come first. Who has the seat already, or is on no list but maybe the
// tenant's, is worth a throw of the dice.
Offered Choices::persons(const Field& field, const Named& named) {
    Offered offered;
    std::vector<Choice> with;
    for (const fb::UserT& user : standing_.partner.users) {
        if (named.seat && named.seat->person == user.id)
            offered.wrong.push_back(named_choice(field, user.id));
        else if (named.benefit && has_seat(*named.benefit, user.id))
            with.push_back(named_choice(field, user.id));
        else
            offered.sensible.push_back(named_choice(field, user.id));
    }
    offered.sensible.insert(offered.sensible.end(), with.begin(), with.end());
    offered.others.push_back(text_choice(field, new_name("guest")));
    return offered;
}

Offered Choices::users(const Field& field, const Named& /*named*/) {
    Offered offered;
    for (const fb::UserT& user : standing_.partner.users)
        offered.sensible.push_back(named_choice(field, user.id));
    add_unknown(offered, field, "user");
    return offered;
}

// Where the field may be left out, leaving it out is tried as well: it means the next one.
Offered Choices::keys(const Field& field, const Named& named) {
    Offered offered;
    if (!field.required) offered.sensible.push_back({std::nullopt, std::string(kTheNextOne), {}});
    if (named.benefit)
        for (const fb::KeyT& key : named.benefit->keys) {
            std::vector<Choice>& put =
                field.required || software_keys::is_taken(key) ? offered.sensible : offered.others;
            put.push_back(named_choice(field, key.id));
            put.back().names.key = &key;
        }
    add_unknown(offered, field, field.name);
    if (!named.order || !wrong_wanted_) return offered;
    for (const fb::BenefitT& benefit : named.order->benefits)
        if (&benefit != named.benefit)
            for (const fb::KeyT& key : benefit.keys)
                offered.wrong.push_back(named_choice(field, key.id));
    return offered;
}

Offered Choices::requests(const Field& field, const Named& /*named*/) {
    Offered offered;
    for (const fb::RequestT& request : standing_.partner.requests)
        offered.sensible.push_back(named_choice(field, request.id));
    add_unknown(offered, field, "request");
    return offered;
}

Offered Choices::offers(const Field& field, const Named& named) {
    Offered offered;
    for (const fb::OfferT& offer : catalogue_on(standing_.ledger, standing_.today()).offers) {
        // What becomes of an order is another level of the same, not the same.
        const bool fits =
            !named.order || (orders::is_competency(offer.kind) && offer.kind != named.order->kind);
        std::vector<Choice>& fit = fits ? offered.sensible : offered.wrong;
        fit.push_back(named_choice(field, offer.id));
        fit.back().names.offer = &offer;
    }
    offered.wrong.push_back(text_choice(field, "no-such-offer"));
    return offered;
}

// Those that something is recorded of come first, for there are many; one at least. What is of no
// competency leaves it out.
Offered Choices::competencies(const Field& field, const Named& named) {
    Offered offered;
    // So does what is of the order's, where one is named.
    const bool left_out = named.order || (named.offer && !orders::is_competency(named.offer->kind));
    if (left_out) offered.sensible.push_back({});
    const std::vector<fb::RequirementT>& recorded = standing_.partner.requirements;
    for (const fb::CompetencyT& area :
         catalogue_on(standing_.ledger, standing_.today()).competencies) {
        const bool known =
            std::any_of(recorded.begin(), recorded.end(),
                        [&](const fb::RequirementT& each) { return each.competency == area.id; });
        const bool first = known || (recorded.empty() && offered.sensible.empty());
        (left_out ? offered.wrong
         : first  ? offered.sensible
                  : offered.others)
            .push_back(named_choice(field, area.id));
    }
    if (!left_out) add_unknown(offered, field, "competency");
    if (!field.required && !left_out) offered.wrong.push_back({});
    return offered;
}

// Of a document that is asked for anew any name will do; one that is handed in was asked for.
Offered Choices::documents(const Field& field, const Named& named) {
    if (!named.inside.empty()) return by_form(field, named);
    Offered offered;
    for (const std::string& document : standing_.partner.documents)
        offered.sensible.push_back(named_choice(field, document));
    add_unknown(offered, field, "document");
    return offered;
}

// Left out it is the partner's first. One that is not confirmed yet is one to ask about, not to
// use.
Offered Choices::tenants(const Field& field, const Named& /*named*/) {
    Offered offered;
    if (!field.required) offered.sensible.push_back({});
    for (const std::string& tenant : standing_.partner.tenants)
        (field.required ? offered.sensible : offered.others).push_back(named_choice(field, tenant));
    for (const std::string& tenant : standing_.partner.named_tenants)
        (field.required ? offered.sensible : offered.wrong).push_back(named_choice(field, tenant));
    offered.wrong.push_back(text_choice(field, "customer.example"));
    return offered;
}

// One that has the key as well as another one.
Offered Choices::machines(const Field& field, const Named& named) {
    Offered offered;
    const std::size_t known = named.key ? named.key->machines.size() : 0;
    offered.sensible.push_back(text_choice(field, "machine-" + std::to_string(known + 1)));
    for (std::size_t i = 0; i < known; ++i)
        offered.others.push_back(text_choice(field, named.key->machines[i]));
    return offered;
}

// Of a delivery: what is left of the grant, or a part of it.
Offered Choices::units(const Field& field, const Named& named) {
    Offered offered = number(field);
    if (!named.benefit) return offered;
    const std::uint64_t before = software_keys::delivered_units(*named.benefit);
    if (before >= named.benefit->granted) return offered;
    const auto left = static_cast<std::int64_t>(named.benefit->granted - before);
    offered.others = {number_choice(field, left), number_choice(field, (left + 1) / 2)};
    offered.wrong.push_back(number_choice(field, left + 1));
    return offered;
}

Choice Choices::money_choice(const Field& field, std::int64_t amount, std::string currency) {
    json::Value value;
    value.field = &field;
    value.parts.push_back(*number_choice(*field.table->field("amount"), amount).value);
    value.parts.push_back(*text_choice(*field.table->field("currency"), std::move(currency)).value);
    return {std::move(value), {}, {}};
}

// The charge of the order that the command names; else a price.
Offered Choices::money(const Field& field, const Named& named) {
    static constexpr std::int64_t kPrices[] = {47'500, 10'000, 1};
    Offered offered;
    if (named.order) {
        const std::int64_t charge = named.order->charge_amount;
        const std::string& currency = named.order->charge_currency;
        offered.sensible.push_back(money_choice(field, charge, currency));
        offered.wrong.push_back(money_choice(field, charge + 1, currency));
        offered.wrong.push_back(money_choice(field, charge, currency == "EUR" ? "USD" : "EUR"));
        return offered;
    }
    offered.sensible.push_back(money_choice(field, kPrices[0], "USD"));
    for (const std::int64_t price : kPrices)
        offered.others.push_back(money_choice(field, price, "EUR"));
    offered.wrong.push_back(money_choice(field, kPrices[0], "usd"));
    return offered;
}

}  // namespace ledger::possible
