#include "tools/benefits/screens/partner_tables.h"

#include "events/money.h"
#include "screen_words_generated.h"
#include "tools/benefits/cli/table.h"
#include "tools/benefits/screens/benefit_units.h"
#include "tools/benefits/screens/days_text.h"
#include "tools/benefits/screens/role_names.h"
#include "tools/benefits/screens/sealed_text.h"

namespace ledger::tools {
namespace {

std::string membership(const fb::PartnerSheetT& sheet) {
    const std::string since = day_text(sheet.member_since);
    switch (sheet.membership) {
        case fb::Membership::unverified:
            return words::member_unverified();
        case fb::Membership::not_vetted:
            return words::member_not_vetted();
        case fb::Membership::read_only:
            return words::member_read_only(since);
        case fb::Membership::active:
            return words::member_active(since);
    }
    return {};
}

std::string tenants(const fb::PartnerSheetT& sheet) {
    const std::string own = joined_texts(sheet.tenants);
    return sheet.named_tenants.empty()
               ? own
               : words::tenants_named(own, joined_texts(sheet.named_tenants));
}

// When it was reviewed, and which renewals that is enough for.
std::string profile(const fb::PartnerSheetT& sheet) {
    if (!sheet.profile_reviewed) return words::profile_never();
    std::vector<std::string> serves;
    for (const fb::OrderLineT& order : sheet.orders) {
        const bool open =
            order.term == fb::OrderTerm::active || order.term == fb::OrderTerm::in_window;
        if (open && order.reviewed && order.renewed_by.empty()) serves.push_back(order.id);
    }
    const std::string on = day_text(sheet.profile_reviewed);
    return serves.empty() ? words::profile_reviewed(on)
                          : words::profile_serves(on, joined_texts(serves));
}

// Empty where nothing was recorded.
std::string vetting(const fb::PartnerSheetT& sheet) {
    if (sheet.vetting == fb::VettingStatus::none) return {};
    std::string text = words::vetting_since(named(sheet.vetting), day_text(sheet.vetting_on));
    if (!sheet.vetting_reason.empty()) text = words::vetting_because(text, sheet.vetting_reason);
    if (sheet.vetted && sheet.vetting != fb::VettingStatus::verified)
        text = words::vetting_verified(text, day_text(sheet.vetted));
    return text;
}

std::string as_of(const fb::PartnerSheetT& sheet, bool past) {
    const std::string day = day_text(sheet.today);
    const std::string version = std::to_string(sheet.version);
    if (past)
        return words::as_of_past(day, version, std::to_string(sheet.newest_version),
                                 std::to_string(sheet.policy_version));
    return words::as_of_now(day, version, std::to_string(sheet.partition),
                            std::to_string(sheet.position));
}

std::string head(const fb::PartnerSheetT& sheet, bool past, const json::OpenText& open,
                 const Screen& screen) {
    const std::string agreement =
        sheet.agreement.empty() ? words::agreement_none()
                                : words::agreement_accepted(sheet.agreement, sheet.agreement_by);
    const std::string documents =
        sheet.documents_missing.empty()
            ? ""
            : words::documents_asked(joined_texts(sheet.documents_missing));
    return title(sheet.legal_name + " · " + sheet.partner, screen) +
           facts({{words::column_as_of(), as_of(sheet, past)},
                  {words::column_membership(), membership(sheet)},
                  {words::column_agreement(), agreement},
                  {words::column_address(), sheet.address},
                  {words::column_profile(), profile(sheet)},
                  {words::column_vetting(), vetting(sheet)},
                  {words::column_documents(), documents},
                  {words::column_tenants(), tenants(sheet)},
                  {words::column_contact(),
                   words::contact_person(sheet.contact->id, sealed_text(sheet.contact->name, open),
                                         sealed_text(sheet.contact->email, open))}},
                 screen, 2);
}

std::string users(const fb::PartnerSheetT& sheet, const json::OpenText& open,
                  const Screen& screen) {
    Table table(2);
    table.column(words::column_user()).column(words::column_name());
    table.column(words::column_e_mail()).column(words::column_roles());
    table.column(words::column_may_sign());
    for (const fb::UserT& user : sheet.users)
        table.row({user.id, sealed_text(user.name, open), sealed_text(user.email, open),
                   names_of(user.roles), user.may_sign ? words::yes() : ""});
    return "\n" + title(words::users(), screen) + table.text(screen);
}

std::string term(const fb::OrderLineT& order) {
    const std::string span = words::term_span(day_text(order.start), day_text(order.anniversary));
    const std::string left = days_in_words(order.days_left);
    switch (order.term) {
        case fb::OrderTerm::waiting:
            return words::term_waiting(day_text(order.pay_by), left);
        case fb::OrderTerm::lapsed:
            return words::term_lapsed(day_text(order.pay_by));
        case fb::OrderTerm::withdrawn:
            return words::term_withdrawn(day_text(order.withdrawn));
        case fb::OrderTerm::active:
            return words::term_active(span, left);
        case fb::OrderTerm::in_window:
            return words::term_in_window(span, day_text(order.window_closes), left);
        case fb::OrderTerm::expired:
            return words::term_expired(span, day_text(order.window_closes));
        case fb::OrderTerm::renewed:
            return words::term_renewed(span, order.renewed_by);
        case fb::OrderTerm::replaced:
            return words::term_replaced(day_text(order.replaced), order.replaced_by);
        case fb::OrderTerm::cancelled:
            return words::term_cancelled(day_text(order.cancelled));
    }
    return {};
}

std::string refund(const fb::OrderLineT& order) {
    const std::string until = day_text(order.refund_until);
    switch (order.refund) {
        case fb::RefundStanding::open:
            return words::refund_open(until);
        case fb::RefundStanding::asked_for:
            return words::refund_asked();
        case fb::RefundStanding::used_up:
            return words::refund_used();
        case fb::RefundStanding::window_passed:
            return words::refund_passed(until);
        case fb::RefundStanding::refunded:
            return words::refund_paid_back(day_text(order.cancelled));
        case fb::RefundStanding::no_term:
            return {};
    }
    return {};
}

std::string renewal(const fb::OrderLineT& order) {
    if (order.automatic_renewal) return words::on();
    return order.renews_automatically ? words::renewal_turned_off() : words::renewal_not_offered();
}

std::string reminded(const fb::OrderLineT& order) {
    std::string days;
    for (const fb::RemindedT& each : order.reminded)
        days += (days.empty() ? "" : ", ") + to_string(Date{each.due});
    return days;
}

// What it came from.
std::string before(const fb::OrderLineT& order) {
    std::string told;
    if (!order.renews.empty()) told = words::renews_order(order.renews);
    if (!order.replaces.empty()) told = words::upgrade_of(order.replaces);
    if (!order.ticket.empty()) told = words::by_ticket(told, order.ticket);
    if (order.requirements_waived) told = words::hardship(told);
    return told;
}

// The charge for its automatic renewal.
std::string renewal_charge(const fb::OrderLineT& order, const std::string& charge) {
    if (!order.renewal_order.empty())
        return words::charge_waits(charge, day_text(order.charge_ordered), order.renewal_order);
    if (!order.charge_failed || !order.renewed_by.empty()) return {};
    return words::charge_failed(day_text(order.charge_failed), day_text(order.window_closes));
}

std::string granted(const fb::BenefitLineT& benefit) {
    return benefit.unlimited ? words::unlimited() : std::to_string(benefit.granted);
}

std::string left(const fb::BenefitLineT& benefit) {
    return benefit.unlimited && benefit.left > 0 ? words::unlimited()
                                                 : std::to_string(benefit.left);
}

// Of a competency; empty for any other.
std::string core_package(const fb::OrderLineT& order) {
    if (order.competency.empty()) return {};
    if (order.core)
        return order.core_from.empty() ? words::core_yes()
                                       : words::core_taken(joined_texts(order.core_from));
    for (const fb::BenefitLineT& benefit : order.benefits)
        if (benefit.moved != 0) return words::core_moved();
    return words::core_no();
}

std::string order_title(const fb::OrderLineT& order) {
    return order.competency.empty()
               ? words::order_title(order.id, order.offer)
               : words::order_title_competency(order.id, order.offer, order.competency);
}

// What the charge is called.
std::string charge_name(const fb::OrderLineT& order) {
    if (order.term == fb::OrderTerm::withdrawn) return words::column_not_paid();
    const bool waits = order.term == fb::OrderTerm::waiting || order.term == fb::OrderTerm::lapsed;
    return waits ? words::column_to_pay() : words::column_charged();
}

std::string benefits(const fb::OrderLineT& order, const Screen& screen) {
    Table table(2);
    table.column(words::column_benefit()).column(words::column_granted(), Align::right);
    table.column(words::column_used(), Align::right).column(words::column_left(), Align::right);
    table.column(words::column_unit()).column(words::column_expires());
    for (const fb::BenefitLineT& benefit : order.benefits)
        table.row({benefit.title, granted(benefit), std::to_string(benefit.used), left(benefit),
                   named(benefit.unit), day_text(benefit.expiry)});
    return table.text(screen);
}

std::string order_text(const fb::OrderLineT& order, Date today, const Screen& screen) {
    const std::string charge = money(order.charge->amount, order.charge->currency);
    const std::string ordered =
        order.start && *order.start == order.purchased ? "" : day_text(order.purchased);
    return "\n" + title(order_title(order), screen) +
           facts({{words::column_term(), term(order)},
                  {charge_name(order), words::money_by(charge, named(order.payment))},
                  {words::column_ordered(), ordered},
                  {words::column_refund(), refund(order)},
                  {words::column_core_package(), core_package(order)},
                  {words::column_automatic_renewal(), renewal(order)},
                  {words::column_reminders(), reminded(order)},
                  {words::column_comes_from(), before(order)},
                  {words::column_renewal_charge(), renewal_charge(order, charge)}},
                 screen, 2) +
           "\n" + benefits(order, screen) + benefit_units(order, today, screen);
}

std::string requirements(const fb::PartnerSheetT& sheet, const Screen& screen) {
    if (sheet.requirements.empty()) return {};
    const auto met = [](const auto& day) { return day ? day_text(day) : words::not_met(); };
    Table table(2);
    table.column(words::column_competency()).column(words::column_performance_met());
    table.column(words::column_exams_validated()).column(words::column_serves_until());
    for (const fb::RequirementLineT& line : sheet.requirements)
        table.row({line.competency, met(line.performance), met(line.exams),
                   line.serves_until ? day_text(line.serves_until) : words::never()});
    return "\n" + title(words::requirements(), screen) + table.text(screen);
}

std::string requests(const fb::PartnerSheetT& sheet, const Screen& screen) {
    if (sheet.requests.empty()) return {};
    Table table(2);
    table.column(words::column_request()).column(words::column_order());
    table.column(words::column_status()).column(words::column_asked());
    table.column(words::column_settled()).column(words::column_reason());
    for (const fb::RequestLineT& request : sheet.requests)
        table.row({request.id, request.order, named(request.status), day_text(request.asked),
                   day_text(request.settled), request.reason});
    return "\n" + title(words::requests(), screen) + table.text(screen);
}

std::string next(const fb::PartnerSheetT& sheet, const Screen& screen) {
    if (sheet.coming.empty()) return {};
    Table table(2);
    table.column(words::column_when_day()).column(words::column_in_column(), Align::right);
    table.column(words::column_what_comes()).column(words::column_rule());
    for (const fb::ComingT& coming : sheet.coming)
        table.row({day_text(coming.on), days_in_words(coming.on - sheet.today), coming.what,
                   coming.rule});
    return "\n" + title(words::next(), screen) + table.text(screen);
}

}  // namespace

std::string partner_tables(const fb::PartnerSheetT& sheet, bool past, const json::OpenText& open,
                           const Screen& screen) {
    std::string out = head(sheet, past, open, screen) + users(sheet, open, screen);
    if (sheet.orders.empty()) out += "\n" + title(words::no_orders(), screen);
    for (const fb::OrderLineT& order : sheet.orders)
        out += order_text(order, Date{sheet.today}, screen);
    return out + requirements(sheet, screen) + requests(sheet, screen) + next(sheet, screen);
}

}  // namespace ledger::tools
