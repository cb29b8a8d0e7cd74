#include "tools/benefits/show.h"
#include "tools/benefits/table.h"
#include "tools/benefits/unsealed.h"

namespace ledger::tools {
namespace {

std::string spaced(std::string_view name) {
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

std::string head(const Shown& shown, const Screen& screen) {
    const PartnerState& state = shown.state;
    const auto text = [&](BytesView sealed) {
        return shown_text(sealed, shown.sealer, shown.unseal);
    };
    std::string tenants;
    for (const std::string& tenant : state.tenants)
        tenants += (tenants.empty() ? "" : ", ") + tenant;
    std::string out = title(state.legal_name + " · " + state.partner, screen);
    out += facts(
        {{"as of", to_string(shown.sheet.today) + ", version " + std::to_string(state.version) +
                       " (partition " + std::to_string(number(shown.partition)) + ", position " +
                       std::to_string(number(shown.position)) + ")"},
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
                   shown_text(user.email, shown.sealer, shown.unseal), spaced(names_of(user.roles)),
                   user.may_sign ? "yes" : ""});
    return "\n" + title("Users", screen) + table.text(screen);
}

std::string term(const OrderLine& order) {
    const std::string span = to_string(order.start) + " to " + to_string(order.anniversary);
    if (order.term == "active") return span + ", " + days(order.days_left) + " left";
    if (order.term == "in_window")
        return span + ", over; renewal window until " + to_string(order.window_closes) + ", " +
               days(order.days_left) + " left";
    return span + ", expired; the renewal window closed on " + to_string(order.window_closes);
}

std::string renewal(const OrderLine& order) {
    if (order.automatic_renewal) return "on";
    return order.renews_automatically ? "off, was turned off" : "off, not offered with this order";
}

std::string seats(const OrderLine& order, const PartnerSheet& sheet, const Screen& screen) {
    std::string out;
    for (const BenefitLine& benefit : order.benefits) {
        if (benefit.seats.empty()) continue;
        Table table(2);
        table.column("seat", Align::right).column("who").column("since").column("movable from");
        for (const SeatLine& seat : benefit.seats)
            table.row({std::to_string(seat.number),
                       seat.person.empty() ? "nobody (last: " + seat.previous + ")" : seat.person,
                       to_string(seat.since),
                       seat.movable_from <= sheet.today ? "now" : to_string(seat.movable_from)});
        out += "\n" + title("Seats of " + benefit.sku, screen) + table.text(screen);
    }
    return out;
}

std::string order(const OrderLine& order, const PartnerSheet& sheet, const Screen& screen) {
    std::string out = "\n" + title("Order " + order.id + " · " + order.offer, screen);
    out += facts({{"term", term(order)},
                  {"charged", money(order.charge_amount, order.charge_currency) + " by " +
                                  fb::EnumNamePaymentMethod(order.payment)},
                  {"automatic renewal", renewal(order)}},
                 screen, 2);
    Table table(2);
    table.column("benefit").column("granted", Align::right).column("used", Align::right);
    table.column("left", Align::right).column("unit").column("expires");
    for (const BenefitLine& benefit : order.benefits)
        table.row({benefit.title, std::to_string(benefit.granted), std::to_string(benefit.used),
                   std::to_string(benefit.left()), spaced(fb::EnumNameUnit(benefit.unit)),
                   to_string(benefit.expiry)});
    return out + "\n" + table.text(screen) + seats(order, sheet, screen);
}

}  // namespace

std::string show_tables(const Shown& shown, const Screen& screen) {
    std::string out = head(shown, screen) + users(shown, screen);
    if (shown.sheet.orders.empty()) out += "\n" + title("No orders", screen);
    for (const OrderLine& line : shown.sheet.orders) out += order(line, shown.sheet, screen);
    return out;
}

}  // namespace ledger::tools
