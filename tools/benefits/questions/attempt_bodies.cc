#include "tools/benefits/questions/attempt_bodies.h"

#include <algorithm>
#include <optional>

#include "events/actions.h"
#include "events/json/quote.h"
#include "tools/benefits/cli/json_text.h"

namespace ledger::tools {
namespace {

using json::Field;

// A value for a field; words where it comes from the state.
struct Choice {
    std::string json;
    std::string words;
    const fb::OrderT* order = nullptr;
    const fb::BenefitT* benefit = nullptr;
    const fb::SeatT* seat = nullptr;
};

// A body that is being filled, and what its fields have named so far.
struct Partial {
    JsonObject body;
    std::string words;
    const fb::OrderT* order = nullptr;
    const fb::BenefitT* benefit = nullptr;
    const fb::SeatT* seat = nullptr;
};

Choice named(const std::string& id) { return {json::quote(id), id}; }

Choice fixed(std::string json) { return {std::move(json), {}}; }

std::string money_json(std::int64_t amount, const std::string& currency) {
    return JsonObject().json("amount", std::to_string(amount)).text("currency", currency).line();
}

class Filler {
public:
    Filler(fb::CommandBody command, const PartnerState& state,
           const fb::CatalogueVersionT& catalogue)
        : command_(command), state_(state), catalogue_(catalogue) {}

    AttemptBodies fill(const json::Table& body);

private:
    // What the field may hold; nothing when it is no name of something in the state.
    std::optional<std::vector<Choice>> from_state(const Field& field, const Partial& partial) const;
    std::vector<Choice> choices(const Field& field, const Partial& partial) const;
    // A value that fits the field's form; empty: it is left out.
    std::string plain(const Field& field) const;
    std::string plain_table(const json::Table& table) const;

    std::vector<Choice> orders() const;
    std::vector<Choice> benefits(const Partial& partial) const;
    std::vector<Choice> seats(const Partial& partial) const;
    std::vector<Choice> persons(const Partial& partial) const;
    std::vector<Choice> keys(const Field& field, const Partial& partial) const;
    std::vector<Choice> users() const;

    bool makes(const Field& field) const;

    fb::CommandBody command_;
    const PartnerState& state_;
    const fb::CatalogueVersionT& catalogue_;
};

// The newest first: that is what people ask about.
std::vector<Choice> Filler::orders() const {
    std::vector<Choice> choices;
    for (auto order = state_.orders.rbegin(); order != state_.orders.rend(); ++order) {
        choices.push_back(named(order->id));
        choices.back().order = &*order;
    }
    return choices;
}

std::vector<Choice> Filler::benefits(const Partial& partial) const {
    std::vector<Choice> choices;
    const std::span<const fb::BenefitKind> kinds = kind_of(command_).benefits;
    for (const fb::BenefitT& benefit : partial.order->benefits) {
        if (std::find(kinds.begin(), kinds.end(), benefit.kind) == kinds.end()) continue;
        choices.push_back(named(benefit.sku));
        choices.back().benefit = &benefit;
    }
    return choices;
}

std::vector<Choice> Filler::seats(const Partial& partial) const {
    std::vector<Choice> choices;
    for (const fb::SeatT& seat : partial.benefit->seats) {
        if (seat.person.empty()) continue;
        const std::string number = std::to_string(seat.number);
        choices.push_back({number, number + " (" + seat.person + ")"});
        choices.back().seat = &seat;
    }
    return choices;
}

// Those who have no seat of it come first.
std::vector<Choice> Filler::persons(const Partial& partial) const {
    const auto has_one = [&](const std::string& user) {
        const auto& seats = partial.benefit->seats;
        return std::any_of(seats.begin(), seats.end(),
                           [&](const fb::SeatT& seat) { return seat.person == user; });
    };
    std::vector<Choice> without;
    std::vector<Choice> with;
    for (const fb::UserT& user : state_.users) {
        if (partial.seat && partial.seat->person == user.id) continue;
        (has_one(user.id) ? with : without).push_back(named(user.id));
    }
    without.insert(without.end(), with.begin(), with.end());
    return without;
}

// Where the field may be left out, leaving it out is tried as well: it means the next one.
std::vector<Choice> Filler::keys(const Field& field, const Partial& partial) const {
    std::vector<Choice> choices;
    if (!field.required) choices.push_back({{}, "the next one"});
    for (const fb::KeyT& key : partial.benefit->keys)
        if (field.required || key.taken != 0) choices.push_back(named(key.id));
    return choices;
}

std::vector<Choice> Filler::users() const {
    std::vector<Choice> choices;
    for (const fb::UserT& user : state_.users) choices.push_back(named(user.id));
    return choices;
}

// The command makes the thing that the field names, so the name must be a new one.
bool Filler::makes(const Field& field) const {
    return (command_ == fb::CommandBody::PurchaseOffer && field.name == "order") ||
           (command_ == fb::CommandBody::RequestCancellation && field.name == "request");
}

std::optional<std::vector<Choice>> Filler::from_state(const Field& field,
                                                      const Partial& partial) const {
    if (field.kind == json::Kind::table || makes(field)) return std::nullopt;
    if (field.name == "order") return orders();
    if (field.name == "sku" && partial.order) return benefits(partial);
    if (field.name == "seat" && partial.benefit) return seats(partial);
    if (field.name == "person" && partial.benefit) return persons(partial);
    if ((field.name == "key" || field.name == "token") && partial.benefit)
        return keys(field, partial);
    if (field.name == "user") return users();
    std::vector<Choice> choices;
    if (field.name == "request") {
        for (const fb::RequestT& request : state_.requests) choices.push_back(named(request.id));
        return choices;
    }
    if (field.name == "offer") {
        for (const fb::OfferT& offer : catalogue_.offers) choices.push_back(named(offer.id));
        return choices;
    }
    return std::nullopt;
}

std::vector<Choice> Filler::choices(const Field& field, const Partial& partial) const {
    if (auto found = from_state(field, partial)) return *std::move(found);
    if (field.name == "amount" && partial.order)
        return {fixed(money_json(partial.order->charge_amount, partial.order->charge_currency))};
    if (field.name == "payment")
        return {{"\"card\"", "card"}, {"\"bank_transfer\"", "bank transfer"}};
    if (field.name == "change") return {{"1", "+1"}, {"-1", "-1"}};
    if (field.name == "roles" && command_ == fb::CommandBody::ChangeRoles)
        return {{"[\"global_admin\"]", "global admin"}, {"[\"plain_user\"]", "plain user"}};
    return {fixed(plain(field))};
}

std::string Filler::plain(const Field& field) const {
    using json::Kind;
    // What a purchase asks to be ticked.
    if (field.kind == Kind::boolean)
        return field.name == "terms_accepted" || field.name == "confirmed" ? "true" : "";
    if (field.kind == Kind::table && field.table && field.required) {
        const std::string one = plain_table(*field.table);
        return field.list ? "[" + one + "]" : one;
    }
    if (!field.required && field.kind != Kind::integer) return {};
    if (field.optional) return {};
    if (field.kind == Kind::integer) return field.range ? std::to_string(field.range->least) : "1";
    if (field.name == "currency") return "\"USD\"";
    if (field.name == "language") return "\"en-us\"";
    if (field.kind == Kind::sealed) return "\"somebody@new.example\"";
    return json::quote("new-" + field.name);
}

std::string Filler::plain_table(const json::Table& table) const {
    JsonObject object;
    for (const Field& field : table.fields) {
        if (field.unsent) continue;
        const std::string value = plain(field);
        if (!value.empty()) object.json(field.name, value);
    }
    return object.line();
}

AttemptBodies Filler::fill(const json::Table& body) {
    AttemptBodies filled;
    std::vector<Partial> partials(1);
    for (const Field& field : body.fields) {
        std::vector<Partial> next;
        for (const Partial& partial : partials) {
            for (const Choice& choice : choices(field, partial)) {
                if (next.size() == kAttemptsMax) {
                    filled.more = true;
                    break;
                }
                Partial& longer = next.emplace_back(partial);
                if (!choice.json.empty()) longer.body.json(field.name, choice.json);
                if (!choice.words.empty())
                    longer.words +=
                        (longer.words.empty() ? "" : ", ") + field.name + " " + choice.words;
                if (choice.order) longer.order = choice.order;
                if (choice.benefit) longer.benefit = choice.benefit;
                if (choice.seat) longer.seat = choice.seat;
            }
        }
        if (next.empty()) {
            filled.missing = field.name;
            return filled;
        }
        partials = std::move(next);
    }
    for (const Partial& partial : partials)
        filled.bodies.push_back({partial.body.line(), partial.words});
    return filled;
}

}  // namespace

AttemptBodies attempt_bodies(fb::CommandBody command, const json::Table& body,
                             const PartnerState& state, const fb::CatalogueVersionT& catalogue) {
    return Filler(command, state, catalogue).fill(body);
}

}  // namespace ledger::tools
