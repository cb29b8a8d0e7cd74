#include "projections/answers/partner_sheet.h"

#include <algorithm>

#include "aggregates/accounts/requirements.h"
#include "aggregates/coming.h"
#include "aggregates/orders/benefit.h"
#include "aggregates/orders/charge.h"
#include "aggregates/orders/terms.h"
#include "aggregates/refunds/standing.h"
#include "aggregates/renewals/standing.h"
#include "aggregates/software_keys/stock.h"
#include "aggregates/visual_studio/seats.h"

namespace ledger::answers {
namespace {

using Days = flatbuffers::Optional<std::int32_t>;

// Of a state's date, where 0 stands for none.
Days if_set(std::int32_t days) { return days == 0 ? Days{} : Days{days}; }

std::vector<fb::SeatLineT> seat_lines(const fb::BenefitT& benefit,
                                      const fb::PolicyVersionT& policy) {
    std::vector<fb::SeatLineT> lines;
    for (const fb::SeatT& seat : benefit.seats) {
        fb::SeatLineT line;
        line.seat = seat.number;
        line.person = seat.person;
        line.previous = seat.previous;
        line.since = seat.since;
        line.movable_from = visual_studio::free_for_others(seat, policy).days;
        lines.push_back(std::move(line));
    }
    std::sort(lines.begin(), lines.end(),
              [](const fb::SeatLineT& a, const fb::SeatLineT& b) { return a.seat < b.seat; });
    return lines;
}

fb::KeyLineT key_line(const fb::KeyT& key) {
    fb::KeyLineT line;
    line.id = key.id;
    line.units = key.units;
    line.activated = key.activated;
    line.in_stock = !software_keys::is_taken(key);
    line.taken = if_set(key.taken);
    line.seen_by = key.seen_by;
    line.machines = key.machines;
    line.redeemed = if_set(key.redeemed);
    line.tenant = key.tenant;
    line.until = if_set(key.until);
    return line;
}

// What came before the order and after it.
void tell_chain(fb::OrderLineT& line, const fb::OrderT& order) {
    line.first = if_set(order.first);
    line.renews = order.renews;
    line.renewed_by = order.renewed_by;
    line.replaces = order.replaces;
    line.replaced_by = order.replaced_by;
    line.replaced = if_set(order.replaced);
    line.charge_ordered = if_set(order.charge_ordered);
    line.renewal_order = order.renewal_order;
    line.charge_failed = if_set(order.charge_failed);
    line.competency = order.competency;
    line.core = order.core;
    line.core_from = order.core_from;
    line.requirements_waived = order.requirements_waived;
    line.ticket = order.ticket;
    line.reminded = order.reminded;
}

fb::OrderLineT order_line(const PartnerState& state, const fb::OrderT& order,
                          const Policies& policies, Date today) {
    fb::OrderLineT line;
    line.id = order.id;
    line.offer = order.offer;
    line.term = orders::term_of(order, today, policies);
    line.purchased = order.purchased;
    line.start = if_set(order.start);
    line.anniversary = if_set(order.anniversary);
    line.pay_by = if_set(order.pay_by);
    line.cancelled = if_set(order.cancelled);
    line.withdrawn = if_set(order.withdrawn);
    if (line.start) line.window_closes = orders::window_closes(order, policies).days;
    line.days_left = orders::days_left(order, today, policies);
    line.refund = refunds::standing_of(state, order, policies, today);
    if (line.start) line.refund_until = refunds::last_refund_day(order, policies.on(today)).days;
    line.charge = orders::charge_of(order);
    line.payment = order.payment;
    line.automatic_renewal = order.automatic_renewal;
    line.renews_automatically = order.renews_automatically;
    tell_chain(line, order);
    line.reviewed = line.start && renewals::is_reviewed(state, order);
    for (const fb::BenefitT& benefit : order.benefits)
        line.benefits.push_back(benefit_line(order, benefit, policies, today));
    return line;
}

fb::RequestLineT request_line(const fb::RequestT& request) {
    fb::RequestLineT line;
    line.id = request.id;
    line.order = request.order;
    line.status = request.status;
    line.asked = request.asked;
    line.settled = if_set(request.settled);
    line.reason = request.reason;
    line.refund_ends_with = request.refund_ends_with;
    return line;
}

std::vector<fb::RequirementLineT> requirement_lines(const PartnerState& state) {
    std::vector<fb::RequirementLineT> lines;
    for (const fb::RequirementT& requirement : state.requirements) {
        fb::RequirementLineT& line = lines.emplace_back();
        line.competency = requirement.competency;
        line.performance = if_set(requirement.performance);
        line.exams = if_set(requirement.exams);
        if (const auto until = accounts::requirements_serve_until(requirement))
            line.serves_until = until->days;
    }
    return lines;
}

fb::ComingT coming_line(const Coming& coming, const Words& words) {
    fb::ComingT line;
    line.on = coming.on.days;
    line.kind = coming.kind;
    line.order = coming.order;
    line.what =
        words.of_said ? words.of_said(coming.what) : sentence_of(coming.what, Language::english);
    line.rule = coming.what.row().rule;
    return line;
}

void tell_vetting(fb::PartnerSheetT& sheet, const PartnerState& state) {
    sheet.vetting = state.vetting;
    sheet.vetting_on = if_set(state.vetting_on);
    sheet.vetting_reason = state.vetting_reason;
    sheet.vetted = if_set(state.vetted);
    sheet.documents_missing = state.documents;
}

// Who and what the partner is.
void tell_partner(fb::PartnerSheetT& sheet, const PartnerState& state) {
    sheet.partner = state.partner;
    sheet.version = state.version;
    sheet.legal_name = state.legal_name;
    sheet.address = state.address;
    sheet.member_since = if_set(state.member_since);
    sheet.agreement = state.agreement;
    sheet.agreement_by = state.agreement_by;
    sheet.tenants = state.tenants;
    sheet.named_tenants = state.named_tenants;
    sheet.profile_reviewed = if_set(state.profile_reviewed);
    sheet.contact = std::make_unique<fb::PersonT>();
    sheet.contact->id = state.contact_id;
    sheet.contact->name = state.contact_name;
    sheet.contact->email = state.contact_email;
    sheet.users = state.users;
    sheet.requirements = requirement_lines(state);
    tell_vetting(sheet, state);
}

}  // namespace

fb::BenefitLineT benefit_line(const fb::OrderT& order, const fb::BenefitT& benefit,
                              const Policies& policies, Date today) {
    fb::BenefitLineT line;
    line.sku = benefit.sku;
    line.title = benefit.title;
    line.kind = benefit.kind;
    line.unit = benefit.unit;
    line.granted = benefit.granted;
    line.used = orders::used_units(benefit);
    line.left = orders::left_units(order, benefit, today, policies);
    line.expiry = if_set(benefit.expiry);
    line.activated = if_set(benefit.activated);
    line.touched = benefit.touched;
    line.unlimited = benefit.unlimited;
    line.on_premises = benefit.on_premises;
    line.core = benefit.core;
    line.moved = benefit.moved;
    line.seats = seat_lines(benefit, policies.on(today));
    if (!benefit.keys.empty()) line.in_stock = software_keys::in_stock(benefit);
    for (const fb::KeyT& key : benefit.keys) line.keys.push_back(key_line(key));
    return line;
}

fb::PartnerSheetT partner_sheet(const Snapshot& snapshot, const PartnerThen& partner,
                                const Words& words) {
    const PartnerState& state = partner.state;
    const Policies policies = policies_of(partner.ledger);
    fb::PartnerSheetT sheet;
    tell_partner(sheet, state);
    sheet.partition = number(snapshot.partition);
    sheet.position = number(snapshot.position);
    sheet.newest_version = partner.newest_version;
    sheet.today = partner.day.days;
    sheet.policy_version = policies.on(partner.day).version;
    sheet.membership = orders::membership_of(state, partner.day, policies);
    for (const fb::OrderT& order : state.orders)
        sheet.orders.push_back(order_line(state, order, policies, partner.day));
    for (const fb::RequestT& request : state.requests)
        sheet.requests.push_back(request_line(request));
    for (const Coming& coming : coming_for(state, partner.ledger, partner.day))
        sheet.coming.push_back(coming_line(coming, words));
    return sheet;
}

}  // namespace ledger::answers
