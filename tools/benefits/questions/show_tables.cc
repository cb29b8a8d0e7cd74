#include "tools/benefits/asking/unsealed.h"
#include "tools/benefits/cli/table.h"
#include "tools/benefits/questions/show.h"

namespace ledger::tools {
namespace {

std::string shown_name(std::string_view name) {
    std::string words(name);
    for (char& c : words)
        if (c == '_') c = ' ';
    return words;
}

std::string days(std::int32_t count) {
    return std::to_string(count) + (count == 1 ? " day" : " days");
}

std::string membership(const Shown& shown) {
    const PartnerState& state = shown.state;
    if (shown.sheet.membership == "unverified")
        return "not active: the primary contact's e-mail is not verified";
    const std::string since = "since " + to_string(Date{state.member_since});
    if (shown.sheet.membership == "read_only")
        return "read-only: no order is active or in its window; member " + since;
    return "active " + since;
}

std::string as_of(const Shown& shown) {
    const std::string version =
        to_string(shown.sheet.today) + ", version " + std::to_string(shown.state.version);
    if (shown.past)
        return version + " of " + std::to_string(shown.newest_version) + ", under policy version " +
               std::to_string(shown.sheet.policy_version);
    return version + " (partition " + std::to_string(number(shown.partition)) + ", position " +
           std::to_string(number(shown.position)) + ")";
}

std::string head(const Shown& shown, const Screen& screen) {
    const PartnerState& state = shown.state;
    const auto text = [&](BytesView sealed) {
        return shown_text(sealed, shown.sealer, shown.unseal);
    };
    std::string tenants;
    for (const std::string& tenant : state.tenants)
        tenants += (tenants.empty() ? "" : ", ") + tenant;
    std::string out = title(state.legal_name + " · " + state.partner, screen);
    out += facts({{"as of", as_of(shown)},
                  {"membership", membership(shown)},
                  {"agreement", state.agreement.empty()
                                    ? "not accepted"
                                    : state.agreement + ", accepted by " + state.agreement_by},
                  {"address", state.address},
                  {"tenants", tenants},
                  {"contact", state.contact_id + " (" + text(state.contact_name) + ", " +
                                  text(state.contact_email) + ")"}},
                 screen, 2);
    return out;
}

std::string users(const Shown& shown, const Screen& screen) {
    Table table(2);
    table.column("user").column("name").column("e-mail").column("roles").column("may sign");
    for (const fb::UserT& user : shown.state.users)
        table.row({user.id, shown_text(user.name, shown.sealer, shown.unseal),
                   shown_text(user.email, shown.sealer, shown.unseal),
                   shown_name(names_of(user.roles)), user.may_sign ? "yes" : ""});
    return "\n" + title("Users", screen) + table.text(screen);
}

std::string term(const OrderLine& order) {
    const std::string span = to_string(order.start) + " to " + to_string(order.anniversary);
    switch (order.term) {
        case orders::Term::waiting:
            return "none yet: waits for its money until " + to_string(order.pay_by) + ", " +
                   days(order.days_left) + " left";
        case orders::Term::lapsed:
            return "none: not paid by " + to_string(order.pay_by) + ", lapsed";
        case orders::Term::withdrawn:
            return "none: withdrawn on " + to_string(order.withdrawn) + ", before it was paid";
        case orders::Term::active:
            return span + ", " + days(order.days_left) + " left";
        case orders::Term::in_window:
            return span + ", over; renewal window until " + to_string(order.window_closes) + ", " +
                   days(order.days_left) + " left";
        case orders::Term::expired:
            return span + ", expired; the renewal window closed on " +
                   to_string(order.window_closes);
        case orders::Term::cancelled:
            return "cancelled and refunded on " + to_string(order.cancelled) +
                   "; its benefits are revoked";
    }
    return "";
}

std::string refund(const OrderLine& order) {
    const std::string until = to_string(order.refund_until);
    switch (order.refund) {
        case Refund::open:
            return "may be asked for until " + until;
        case Refund::asked_for:
            return "asked for; support has to settle the request";
        case Refund::used_up:
            return "not any more: a benefit was used";
        case Refund::window_passed:
            return "not any more: it could be asked for until " + until;
        case Refund::refunded:
            return "paid back on " + to_string(order.cancelled);
        case Refund::no_term:
            return "";
    }
    return "";
}

std::string renewal(const OrderLine& order) {
    if (order.automatic_renewal) return "on";
    return order.renews_automatically ? "off, was turned off" : "off, not offered with this order";
}

std::string order(const OrderLine& order, const PartnerSheet& sheet, const Screen& screen) {
    std::string out = "\n" + title("Order " + order.id + " · " + order.offer, screen);
    const bool waits = order.term == orders::Term::waiting || order.term == orders::Term::lapsed;
    const char* charge = order.term == orders::Term::withdrawn ? "not paid" : "charged";
    out += facts(
        {{"term", term(order)},
         {waits ? "to pay" : charge, money(order.charge_amount, order.charge_currency) + " by " +
                                         shown_name(fb::EnumNamePaymentMethod(order.payment))},
         {"ordered", order.purchased == order.start ? "" : to_string(order.purchased)},
         {"refund", refund(order)},
         {"automatic renewal", renewal(order)}},
        screen, 2);
    Table table(2);
    table.column("benefit").column("granted", Align::right).column("used", Align::right);
    table.column("left", Align::right).column("unit").column("expires");
    for (const BenefitLine& benefit : order.benefits)
        table.row({benefit.title, std::to_string(benefit.granted), std::to_string(benefit.used),
                   std::to_string(benefit.left()), shown_name(fb::EnumNameUnit(benefit.unit)),
                   benefit.expiry.days == 0 ? "" : to_string(benefit.expiry)});
    return out + "\n" + table.text(screen) + show_units(order, sheet.today, screen);
}

std::string requests(const PartnerSheet& sheet, const Screen& screen) {
    if (sheet.requests.empty()) return {};
    Table table(2);
    table.column("request").column("order").column("status").column("asked").column("settled");
    table.column("reason");
    for (const RequestLine& request : sheet.requests)
        table.row({request.id, request.order, fb::EnumNameRequestStatus(request.status),
                   to_string(request.asked),
                   request.settled.days == 0 ? "" : to_string(request.settled), request.reason});
    return "\n" + title("Requests for a cancellation", screen) + table.text(screen);
}

std::string next(const Shown& shown, const Screen& screen) {
    if (shown.coming.empty()) return {};
    Table table(2);
    table.column("when").column("in", Align::right).column("what").column("rule");
    for (const Coming& coming : shown.coming)
        table.row({to_string(coming.on), days(coming.on.days - shown.sheet.today.days), coming.what,
                   std::string(coming.rule)});
    return "\n" + title("What happens next", screen) + table.text(screen);
}

}  // namespace

std::string show_tables(const Shown& shown, const Screen& screen) {
    std::string out = head(shown, screen) + users(shown, screen);
    if (shown.sheet.orders.empty()) out += "\n" + title("No orders", screen);
    for (const OrderLine& line : shown.sheet.orders) out += order(line, shown.sheet, screen);
    return out + requests(shown.sheet, screen) + next(shown, screen);
}

}  // namespace ledger::tools
