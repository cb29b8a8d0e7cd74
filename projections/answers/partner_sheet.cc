#include "projections/answers/partner_sheet.h"

#include <algorithm>

#include "aggregates/coming.h"
#include "aggregates/orders/benefit.h"
#include "aggregates/orders/terms.h"
#include "aggregates/refunds/standing.h"
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

fb::OrderLineT order_line(const PartnerState& state, const fb::OrderT& order,
                          const fb::PolicyVersionT& policy, Date today) {
    fb::OrderLineT line;
    line.id = order.id;
    line.offer = order.offer;
    line.term = orders::term_of(order, today, policy);
    line.purchased = order.purchased;
    line.start = if_set(order.start);
    line.anniversary = if_set(order.anniversary);
    line.pay_by = if_set(order.pay_by);
    line.cancelled = if_set(order.cancelled);
    line.withdrawn = if_set(order.withdrawn);
    if (line.start) line.window_closes = orders::window_closes(order, policy).days;
    line.days_left = orders::days_left(order, today, policy);
    line.refund = refunds::standing_of(state, order, policy, today);
    if (line.start) line.refund_until = refunds::last_refund_day(order, policy).days;
    line.charge = std::make_unique<fb::MoneyT>();
    line.charge->amount = order.charge_amount;
    line.charge->currency = order.charge_currency;
    line.payment = order.payment;
    line.automatic_renewal = order.automatic_renewal;
    line.renews_automatically = order.renews_automatically;
    for (const fb::BenefitT& benefit : order.benefits)
        line.benefits.push_back(benefit_line(order, benefit, policy, today));
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
}

}  // namespace

fb::BenefitLineT benefit_line(const fb::OrderT& order, const fb::BenefitT& benefit,
                              const fb::PolicyVersionT& policy, Date today) {
    fb::BenefitLineT line;
    line.sku = benefit.sku;
    line.title = benefit.title;
    line.kind = benefit.kind;
    line.unit = benefit.unit;
    line.granted = benefit.granted;
    line.used = orders::used_units(benefit);
    line.left = orders::left_units(order, benefit, today, policy);
    line.expiry = if_set(benefit.expiry);
    line.activated = if_set(benefit.activated);
    line.touched = benefit.touched;
    line.seats = seat_lines(benefit, policy);
    if (!benefit.keys.empty()) line.in_stock = software_keys::in_stock(benefit);
    for (const fb::KeyT& key : benefit.keys) line.keys.push_back(key_line(key));
    return line;
}

fb::PartnerSheetT partner_sheet(const Snapshot& snapshot, const PartnerThen& partner) {
    const PartnerState& state = partner.state;
    const fb::PolicyVersionT& policy = policy_on(partner.ledger, partner.day);
    fb::PartnerSheetT sheet;
    tell_partner(sheet, state);
    sheet.partition = number(snapshot.partition);
    sheet.position = number(snapshot.position);
    sheet.newest_version = partner.newest_version;
    sheet.today = partner.day.days;
    sheet.policy_version = policy.version;
    sheet.membership = orders::membership_of(state, partner.day, policy);
    for (const fb::OrderT& order : state.orders)
        sheet.orders.push_back(order_line(state, order, policy, partner.day));
    for (const fb::RequestT& request : state.requests)
        sheet.requests.push_back(request_line(request));
    sheet.coming = coming_for(state, partner.ledger, partner.day);
    return sheet;
}

}  // namespace ledger::answers
