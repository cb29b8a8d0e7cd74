#include "aggregates/benefit_kind.h"
#include "tools/benefits/asking/unsealed.h"
#include "tools/benefits/cli/json_text.h"
#include "tools/benefits/questions/show.h"

namespace ledger::tools {
namespace {

void add_date(JsonObject& object, std::string_view name, Date date) {
    object.text(name, to_string(date));
}

std::string roles(fb::Role roles) {
    JsonList names;
    for (const fb::Role role : fb::EnumValuesRole())
        if ((roles & role) != fb::Role::NONE) names.add_text(fb::EnumNameRole(role));
    return names.line();
}

std::string users(const Shown& shown) {
    JsonList users;
    for (const fb::UserT& user : shown.state.users) {
        JsonObject object;
        object.text("id", user.id).text("name", shown_text(user.name, shown.sealer, shown.unseal));
        object.text("email", shown_text(user.email, shown.sealer, shown.unseal));
        object.json("roles", roles(user.roles)).flag("may_sign", user.may_sign);
        users.add(object.line());
    }
    return users.line();
}

// Left out while it is unset.
void add_set_date(JsonObject& object, std::string_view name, Date date) {
    if (date.days != 0) add_date(object, name, date);
}

std::string texts(const std::vector<std::string>& texts) {
    JsonList list;
    for (const std::string& text : texts) list.add_text(text);
    return list.line();
}

std::string seats(const BenefitLine& benefit) {
    JsonList seats;
    for (const SeatLine& seat : benefit.seats) {
        JsonObject object;
        object.number("seat", seat.number);
        if (!seat.person.empty()) object.text("person", seat.person);
        if (!seat.previous.empty()) object.text("previous", seat.previous);
        add_date(object, "since", seat.since);
        add_date(object, "movable_from", seat.movable_from);
        seats.add(object.line());
    }
    return seats.line();
}

std::string keys(const BenefitLine& benefit) {
    JsonList keys;
    for (const KeyLine& key : benefit.keys) {
        JsonObject object;
        object.text("id", key.id).number("units", key.units).number("activated", key.activated);
        object.flag("in_stock", key.taken.days == 0);
        add_set_date(object, "taken", key.taken);
        if (!key.seen_by.empty()) object.json("seen_by", texts(key.seen_by));
        if (!key.machines.empty()) object.json("machines", texts(key.machines));
        add_set_date(object, "redeemed", key.redeemed);
        if (!key.tenant.empty()) object.text("tenant", key.tenant);
        add_set_date(object, "until", key.until);
        keys.add(object.line());
    }
    return keys.line();
}

std::string benefits(const OrderLine& order) {
    JsonList benefits;
    for (const BenefitLine& benefit : order.benefits) {
        JsonObject object;
        object.text("sku", benefit.sku).text("title", benefit.title);
        object.text("kind", fb::EnumNameBenefitKind(benefit.kind))
            .text("unit", fb::EnumNameUnit(benefit.unit));
        object.number("granted", benefit.granted)
            .number("used", benefit.used)
            .number("left", benefit.left());
        add_set_date(object, "expiry", benefit.expiry);
        add_set_date(object, "activated", benefit.activated);
        object.flag("touched", benefit.touched);
        if (kind_of(benefit.kind).has_seats) object.json("seats", seats(benefit));
        if (!benefit.keys.empty())
            object.number("in_stock", benefit.in_stock()).json("keys", keys(benefit));
        benefits.add(object.line());
    }
    return benefits.line();
}

std::string orders(const PartnerSheet& sheet) {
    JsonList orders;
    for (const OrderLine& order : sheet.orders) {
        JsonObject object;
        object.text("id", order.id).text("offer", order.offer).text("term", name_of(order.term));
        add_date(object, "purchased", order.purchased);
        add_set_date(object, "start", order.start);
        add_set_date(object, "anniversary", order.anniversary);
        add_set_date(object, "window_closes", order.window_closes);
        add_set_date(object, "pay_by", order.pay_by);
        add_set_date(object, "cancelled", order.cancelled);
        add_set_date(object, "withdrawn", order.withdrawn);
        object.json("days_left", std::to_string(order.days_left));
        object.text("refund", name_of(order.refund));
        add_set_date(object, "refund_until", order.refund_until);
        JsonObject charge;
        charge.json("amount", std::to_string(order.charge_amount))
            .text("currency", order.charge_currency);
        object.json("charge", charge.line())
            .text("payment", fb::EnumNamePaymentMethod(order.payment));
        object.flag("automatic_renewal", order.automatic_renewal);
        object.flag("renews_automatically", order.renews_automatically);
        object.json("benefits", benefits(order));
        orders.add(object.line());
    }
    return orders.line();
}

std::string requests(const PartnerSheet& sheet) {
    JsonList requests;
    for (const RequestLine& request : sheet.requests) {
        JsonObject object;
        object.text("id", request.id).text("order", request.order);
        object.text("status", fb::EnumNameRequestStatus(request.status));
        add_date(object, "asked", request.asked);
        add_set_date(object, "settled", request.settled);
        if (!request.reason.empty()) object.text("reason", request.reason);
        object.text("refund_ends_with", fb::EnumNameRefundTest(request.refund_ends_with));
        requests.add(object.line());
    }
    return requests.line();
}

std::string coming(const Shown& shown) {
    JsonList list;
    for (const Coming& each : shown.coming) {
        JsonObject object;
        add_date(object, "on", each.on);
        object.text("kind", each.kind);
        if (!each.order.empty()) object.text("order", each.order);
        object.text("what", each.what);
        if (!each.rule.empty()) object.text("rule", each.rule);
        list.add(object.line());
    }
    return list.line();
}

}  // namespace

std::string show_json(const Shown& shown) {
    const PartnerState& state = shown.state;
    JsonObject object;
    object.text("partner", state.partner).number("version", state.version);
    object.number("partition", number(shown.partition)).number("position", number(shown.position));
    object.number("newest_version", shown.newest_version);
    add_date(object, "today", shown.sheet.today);
    object.number("policy_version", shown.sheet.policy_version);
    object.text("legal_name", state.legal_name).text("address", state.address);
    object.text("membership", shown.sheet.membership);
    if (state.member_since != 0) add_date(object, "member_since", Date{state.member_since});
    if (!state.agreement.empty())
        object.text("agreement", state.agreement).text("agreement_by", state.agreement_by);
    object.json("tenants", texts(state.tenants));
    JsonObject contact;
    contact.text("id", state.contact_id)
        .text("name", shown_text(state.contact_name, shown.sealer, shown.unseal));
    contact.text("email", shown_text(state.contact_email, shown.sealer, shown.unseal));
    object.json("contact", contact.line());
    object.json("users", users(shown)).json("orders", orders(shown.sheet));
    object.json("requests", requests(shown.sheet)).json("coming", coming(shown));
    return indented(object.line());
}

}  // namespace ledger::tools
