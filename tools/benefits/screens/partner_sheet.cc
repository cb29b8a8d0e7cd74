#include "tools/benefits/screens/partner_sheet.h"

#include <algorithm>
#include <array>

namespace ledger::tools {
namespace {

// The last day that counts is a day left.
std::int32_t days_left(const OrderLine& order, Date today) {
    const auto through = [&](Date last) { return last.days - today.days + 1; };
    switch (order.term) {
        case orders::Term::active:
            return through(order.anniversary);
        case orders::Term::in_window:
            return through(order.window_closes);
        case orders::Term::waiting:
            return through(order.pay_by);
        case orders::Term::lapsed:
        case orders::Term::withdrawn:
        case orders::Term::expired:
        case orders::Term::cancelled:
            return 0;
    }
    return 0;
}

std::vector<SeatLine> seat_lines(const fb::BenefitT& benefit, const fb::PolicyVersionT& policy) {
    std::vector<SeatLine> lines;
    for (const fb::SeatT& seat : benefit.seats) {
        const Date since{seat.since};
        lines.push_back({seat.number, seat.person, seat.previous, since,
                         plus_days(since, policy.seat_move_days)});
    }
    std::sort(lines.begin(), lines.end(),
              [](const SeatLine& a, const SeatLine& b) { return a.number < b.number; });
    return lines;
}

KeyLine key_line(const fb::KeyT& key) {
    return {key.id,     key.units,       key.activated, Date{key.taken}, Date{key.redeemed},
            key.tenant, Date{key.until}, key.machines,  key.seen_by};
}

// Through which day a cancellation may be asked for: the start of the term is day 1.
Date refund_until(const fb::OrderT& order, const fb::PolicyVersionT& policy) {
    return plus_days(Date{order.start}, policy.refund_days - 1);
}

bool ends_refund(const fb::OrderT& order, fb::RefundTest test) {
    if (order.software_activated) return true;
    return test == fb::RefundTest::anything_used &&
           std::any_of(order.benefits.begin(), order.benefits.end(),
                       [](const fb::BenefitT& benefit) { return benefit.touched; });
}

Refund refund_of(const PartnerState& state, const fb::OrderT& order,
                 const fb::PolicyVersionT& policy, Date today) {
    if (order.cancelled != 0) return Refund::refunded;
    if (order.start == 0) return Refund::no_term;
    const auto asked = std::find_if(
        state.requests.begin(), state.requests.end(), [&](const fb::RequestT& request) {
            return request.order == order.id && request.status == fb::RequestStatus::open;
        });
    const bool is_asked = asked != state.requests.end();
    if (ends_refund(order, is_asked ? asked->refund_ends_with : policy.refund_ends_with))
        return Refund::used_up;
    if (is_asked) return Refund::asked_for;
    return today <= refund_until(order, policy) ? Refund::open : Refund::window_passed;
}

OrderLine order_line(const PartnerState& state, const fb::OrderT& order,
                     const fb::PolicyVersionT& policy, Date today) {
    OrderLine line;
    line.id = order.id;
    line.offer = order.offer;
    line.purchased = Date{order.purchased};
    line.start = Date{order.start};
    line.anniversary = Date{order.anniversary};
    line.pay_by = Date{order.pay_by};
    line.cancelled = Date{order.cancelled};
    line.withdrawn = Date{order.withdrawn};
    if (line.has_term()) line.window_closes = orders::window_closes(order, policy);
    line.term = orders::term_of(order, today, policy);
    line.days_left = days_left(line, today);
    line.refund = refund_of(state, order, policy, today);
    if (line.has_term()) line.refund_until = refund_until(order, policy);
    line.charge_amount = order.charge_amount;
    line.charge_currency = order.charge_currency;
    line.payment = order.payment;
    line.automatic_renewal = order.automatic_renewal;
    line.renews_automatically = order.renews_automatically;
    for (const fb::BenefitT& benefit : order.benefits)
        line.benefits.push_back(benefit_line(order, benefit, policy, today));
    return line;
}

// ISO 4217: decimals of the currencies that don't have two.
int decimals_of(const std::string& currency) {
    constexpr std::array kNone{"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW",
                               "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"};
    constexpr std::array kThree{"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"};
    if (std::find(kNone.begin(), kNone.end(), currency) != kNone.end()) return 0;
    return std::find(kThree.begin(), kThree.end(), currency) != kThree.end() ? 3 : 2;
}

}  // namespace

std::size_t BenefitLine::in_stock() const {
    return static_cast<std::size_t>(std::count_if(
        keys.begin(), keys.end(), [](const KeyLine& key) { return key.taken.days == 0; }));
}

BenefitLine benefit_line(const fb::OrderT& order, const fb::BenefitT& benefit,
                         const fb::PolicyVersionT& policy, Date today) {
    BenefitLine line;
    line.sku = benefit.sku;
    line.title = benefit.title;
    line.kind = benefit.kind;
    line.unit = benefit.unit;
    line.granted = benefit.granted;
    line.used = benefit.used;
    const orders::Term term = orders::term_of(order, today, policy);
    line.there = term == orders::Term::active || term == orders::Term::in_window ||
                 term == orders::Term::expired;
    line.expiry = Date{benefit.expiry};
    line.activated = Date{benefit.activated};
    line.touched = benefit.touched;
    line.seats = seat_lines(benefit, policy);
    for (const SeatLine& seat : line.seats)
        if (!seat.person.empty()) ++line.used;
    for (const fb::KeyT& key : benefit.keys) line.keys.push_back(key_line(key));
    return line;
}

PartnerSheet sheet_of(const PartnerState& state, const LedgerState& ledger, Date today) {
    const fb::PolicyVersionT& policy = policy_on(ledger, today);
    PartnerSheet sheet;
    sheet.today = today;
    sheet.policy_version = policy.version;
    sheet.membership = state.member_since == 0 ? "unverified" : "active";
    if (orders::is_read_only(state, today, policy)) sheet.membership = "read_only";
    for (const fb::OrderT& order : state.orders)
        sheet.orders.push_back(order_line(state, order, policy, today));
    for (const fb::RequestT& request : state.requests)
        sheet.requests.push_back({request.id, request.order, request.status, Date{request.asked},
                                  Date{request.settled}, request.reason, request.refund_ends_with});
    return sheet;
}

std::string_view name_of(orders::Term term) {
    switch (term) {
        case orders::Term::waiting:
            return "waiting";
        case orders::Term::lapsed:
            return "lapsed";
        case orders::Term::withdrawn:
            return "withdrawn";
        case orders::Term::active:
            return "active";
        case orders::Term::in_window:
            return "in_window";
        case orders::Term::expired:
            return "expired";
        case orders::Term::cancelled:
            return "cancelled";
    }
    return "";
}

std::string_view name_of(Refund refund) {
    switch (refund) {
        case Refund::open:
            return "open";
        case Refund::asked_for:
            return "asked_for";
        case Refund::used_up:
            return "used_up";
        case Refund::window_passed:
            return "window_passed";
        case Refund::refunded:
            return "refunded";
        case Refund::no_term:
            return "no_term";
    }
    return "";
}

std::string money(std::int64_t minor_units, const std::string& currency) {
    std::string digits = std::to_string(minor_units);
    const auto decimals = static_cast<std::size_t>(decimals_of(currency));
    if (decimals > 0) {
        if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
        digits.insert(digits.size() - decimals, ".");
    }
    return digits + " " + currency;
}

std::string names_of(fb::Role roles) {
    std::string names;
    for (const fb::Role role : fb::EnumValuesRole()) {
        if ((roles & role) == fb::Role::NONE) continue;
        if (!names.empty()) names += ", ";
        names += fb::EnumNameRole(role);
    }
    return names;
}

}  // namespace ledger::tools
