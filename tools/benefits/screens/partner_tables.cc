#include "tools/benefits/screens/partner_tables.h"

#include "events/money.h"
#include "tools/benefits/cli/table.h"
#include "tools/benefits/screens/benefit_units.h"
#include "tools/benefits/screens/days_text.h"
#include "tools/benefits/screens/role_names.h"

namespace ledger::tools {
namespace {

std::string days(std::int32_t count) {
    return std::to_string(count) + (count == 1 ? " day" : " days");
}

std::string membership(const fb::PartnerSheetT& sheet) {
    const std::string since = "since " + day_text(sheet.member_since);
    switch (sheet.membership) {
        case fb::Membership::unverified:
            return "not active: the primary contact's e-mail is not verified";
        case fb::Membership::not_vetted:
            return "not active: the company is not verified";
        case fb::Membership::read_only:
            return "read-only: no order is active or in its window; member " + since;
        case fb::Membership::active:
            return "active " + since;
    }
    return {};
}

std::string tenants(const fb::PartnerSheetT& sheet) {
    std::string text = joined_texts(sheet.tenants);
    if (!sheet.named_tenants.empty())
        text += "; not confirmed: " + joined_texts(sheet.named_tenants);
    return text;
}

// When it was reviewed, and which renewals that is enough for.
std::string profile(const fb::PartnerSheetT& sheet) {
    if (!sheet.profile_reviewed) return "never reviewed";
    std::string serves;
    for (const fb::OrderLineT& order : sheet.orders) {
        const bool open =
            order.term == fb::OrderTerm::active || order.term == fb::OrderTerm::in_window;
        if (open && order.reviewed && order.renewed_by.empty())
            serves += (serves.empty() ? "" : ", ") + order.id;
    }
    return "last reviewed on " + day_text(sheet.profile_reviewed) +
           (serves.empty() ? "" : ", enough for the renewal of " + serves);
}

// Empty where nothing was recorded.
std::string vetting(const fb::PartnerSheetT& sheet) {
    if (sheet.vetting == fb::VettingStatus::none) return {};
    std::string text =
        spaced(fb::EnumNameVettingStatus(sheet.vetting)) + " since " + day_text(sheet.vetting_on);
    if (!sheet.vetting_reason.empty()) text += ": " + sheet.vetting_reason;
    if (sheet.vetted && sheet.vetting != fb::VettingStatus::verified)
        text += "; verified on " + day_text(sheet.vetted);
    return text;
}

std::string as_of(const fb::PartnerSheetT& sheet, bool past) {
    const std::string version =
        day_text(sheet.today) + ", version " + std::to_string(sheet.version);
    if (past)
        return version + " of " + std::to_string(sheet.newest_version) + ", under policy version " +
               std::to_string(sheet.policy_version);
    return version + " (partition " + std::to_string(sheet.partition) + ", position " +
           std::to_string(sheet.position) + ")";
}

std::string head(const fb::PartnerSheetT& sheet, bool past, const json::OpenText& open,
                 const Screen& screen) {
    const auto text = [&](BytesView sealed) { return json::words_of_sealed(sealed, open); };
    return title(sheet.legal_name + " · " + sheet.partner, screen) +
           facts({{"as of", as_of(sheet, past)},
                  {"membership", membership(sheet)},
                  {"agreement", sheet.agreement.empty()
                                    ? "not accepted"
                                    : sheet.agreement + ", accepted by " + sheet.agreement_by},
                  {"address", sheet.address},
                  {"profile", profile(sheet)},
                  {"vetting", vetting(sheet)},
                  {"documents", sheet.documents_missing.empty()
                                    ? ""
                                    : "asked for: " + joined_texts(sheet.documents_missing)},
                  {"tenants", tenants(sheet)},
                  {"contact", sheet.contact->id + " (" + text(sheet.contact->name) + ", " +
                                  text(sheet.contact->email) + ")"}},
                 screen, 2);
}

std::string users(const fb::PartnerSheetT& sheet, const json::OpenText& open,
                  const Screen& screen) {
    Table table(2);
    table.column("user").column("name").column("e-mail").column("roles").column("may sign");
    for (const fb::UserT& user : sheet.users)
        table.row({user.id, json::words_of_sealed(user.name, open),
                   json::words_of_sealed(user.email, open), spaced(names_of(user.roles)),
                   user.may_sign ? "yes" : ""});
    return "\n" + title("Users", screen) + table.text(screen);
}

std::string term(const fb::OrderLineT& order) {
    const std::string span = day_text(order.start) + " to " + day_text(order.anniversary);
    switch (order.term) {
        case fb::OrderTerm::waiting:
            return "none yet: waits for its money until " + day_text(order.pay_by) + ", " +
                   days(order.days_left) + " left";
        case fb::OrderTerm::lapsed:
            return "none: not paid by " + day_text(order.pay_by) + ", lapsed";
        case fb::OrderTerm::withdrawn:
            return "none: withdrawn on " + day_text(order.withdrawn) + ", before it was paid";
        case fb::OrderTerm::active:
            return span + ", " + days(order.days_left) + " left";
        case fb::OrderTerm::in_window:
            return span + ", over; renewal window until " + day_text(order.window_closes) + ", " +
                   days(order.days_left) + " left";
        case fb::OrderTerm::expired:
            return span + ", expired; the renewal window closed on " +
                   day_text(order.window_closes);
        case fb::OrderTerm::renewed:
            return span + ", renewed by order " + order.renewed_by;
        case fb::OrderTerm::replaced:
            return "replaced on " + day_text(order.replaced) + " by order " + order.replaced_by;
        case fb::OrderTerm::cancelled:
            return "cancelled and refunded on " + day_text(order.cancelled) +
                   "; its benefits are revoked";
    }
    return {};
}

std::string refund(const fb::OrderLineT& order) {
    const std::string until = day_text(order.refund_until);
    switch (order.refund) {
        case fb::RefundStanding::open:
            return "may be asked for until " + until;
        case fb::RefundStanding::asked_for:
            return "asked for; support has to settle the request";
        case fb::RefundStanding::used_up:
            return "not any more: a benefit was used";
        case fb::RefundStanding::window_passed:
            return "not any more: it could be asked for until " + until;
        case fb::RefundStanding::refunded:
            return "paid back on " + day_text(order.cancelled);
        case fb::RefundStanding::no_term:
            return {};
    }
    return {};
}

std::string renewal(const fb::OrderLineT& order) {
    if (order.automatic_renewal) return "on";
    return order.renews_automatically ? "off, was turned off" : "off, not offered with this order";
}

std::string reminded(const fb::OrderLineT& order) {
    std::string days;
    for (const fb::RemindedT& each : order.reminded)
        days += (days.empty() ? "" : ", ") + to_string(Date{each.due});
    return days;
}

// What it came from.
std::string before(const fb::OrderLineT& order) {
    std::string words;
    if (!order.renews.empty()) words = "renews order " + order.renews;
    if (!order.replaces.empty()) words = "upgrade of order " + order.replaces;
    if (!order.ticket.empty()) words += ", by ticket " + order.ticket;
    if (order.requirements_waived) words += ", without its requirements for hardship";
    return words;
}

// The charge for its automatic renewal.
std::string renewal_charge(const fb::OrderLineT& order, const std::string& charge) {
    if (!order.renewal_order.empty())
        return "of " + charge + " ordered on " + day_text(order.charge_ordered) + " for order " +
               order.renewal_order + ", no answer yet";
    if (!order.charge_failed || !order.renewed_by.empty()) return {};
    return "failed on " + day_text(order.charge_failed) + "; to be renewed by hand until " +
           day_text(order.window_closes);
}

std::string granted(const fb::BenefitLineT& benefit) {
    return benefit.unlimited ? "unlimited" : std::to_string(benefit.granted);
}

std::string left(const fb::BenefitLineT& benefit) {
    return benefit.unlimited && benefit.left > 0 ? "unlimited" : std::to_string(benefit.left);
}

// Of a competency; empty for any other.
std::string core_package(const fb::OrderLineT& order) {
    if (order.competency.empty()) return {};
    if (order.core)
        return order.core_from.empty() ? "yes" : "yes, taken from " + joined_texts(order.core_from);
    for (const fb::BenefitLineT& benefit : order.benefits)
        if (benefit.moved != 0)
            return "no, another order has it: what was taken stays, nothing more is taken";
    return "no, another order had it";
}

std::string order_text(const fb::OrderLineT& order, Date today, const Screen& screen) {
    std::string out = "\n" + title("Order " + order.id + " · " + order.offer +
                                       (order.competency.empty() ? "" : " · " + order.competency),
                                   screen);
    const bool waits = order.term == fb::OrderTerm::waiting || order.term == fb::OrderTerm::lapsed;
    const char* charge = order.term == fb::OrderTerm::withdrawn ? "not paid" : "charged";
    out += facts(
        {{"term", term(order)},
         {waits ? "to pay" : charge, money(order.charge->amount, order.charge->currency) + " by " +
                                         spaced(fb::EnumNamePaymentMethod(order.payment))},
         {"ordered",
          order.start && *order.start == order.purchased ? "" : day_text(order.purchased)},
         {"refund", refund(order)},
         {"core package", core_package(order)},
         {"automatic renewal", renewal(order)},
         {"reminders", reminded(order)},
         {"comes from", before(order)},
         {"renewal charge",
          renewal_charge(order, money(order.charge->amount, order.charge->currency))}},
        screen, 2);
    Table table(2);
    table.column("benefit").column("granted", Align::right).column("used", Align::right);
    table.column("left", Align::right).column("unit").column("expires");
    for (const fb::BenefitLineT& benefit : order.benefits)
        table.row({benefit.title, granted(benefit), std::to_string(benefit.used), left(benefit),
                   spaced(fb::EnumNameUnit(benefit.unit)), day_text(benefit.expiry)});
    return out + "\n" + table.text(screen) + benefit_units(order, today, screen);
}

std::string requirements(const fb::PartnerSheetT& sheet, const Screen& screen) {
    if (sheet.requirements.empty()) return {};
    const auto met = [](const auto& day) { return day ? day_text(day) : "not met"; };
    Table table(2);
    table.column("competency").column("performance met").column("exams validated");
    table.column("serves a purchase until");
    for (const fb::RequirementLineT& line : sheet.requirements)
        table.row({line.competency, met(line.performance), met(line.exams),
                   line.serves_until ? day_text(line.serves_until) : "never"});
    return "\n" + title("Requirements of competencies", screen) + table.text(screen);
}

std::string requests(const fb::PartnerSheetT& sheet, const Screen& screen) {
    if (sheet.requests.empty()) return {};
    Table table(2);
    table.column("request").column("order").column("status").column("asked").column("settled");
    table.column("reason");
    for (const fb::RequestLineT& request : sheet.requests)
        table.row({request.id, request.order, fb::EnumNameRequestStatus(request.status),
                   day_text(request.asked), day_text(request.settled), request.reason});
    return "\n" + title("Requests for a cancellation", screen) + table.text(screen);
}

std::string next(const fb::PartnerSheetT& sheet, const Screen& screen) {
    if (sheet.coming.empty()) return {};
    Table table(2);
    table.column("when").column("in", Align::right).column("what").column("rule");
    for (const fb::ComingT& coming : sheet.coming)
        table.row({day_text(coming.on), days(coming.on - sheet.today), coming.what, coming.rule});
    return "\n" + title("What happens next", screen) + table.text(screen);
}

}  // namespace

std::string partner_tables(const fb::PartnerSheetT& sheet, bool past, const json::OpenText& open,
                           const Screen& screen) {
    std::string out = head(sheet, past, open, screen) + users(sheet, open, screen);
    if (sheet.orders.empty()) out += "\n" + title("No orders", screen);
    for (const fb::OrderLineT& order : sheet.orders)
        out += order_text(order, Date{sheet.today}, screen);
    return out + requirements(sheet, screen) + requests(sheet, screen) + next(sheet, screen);
}

}  // namespace ledger::tools
