#include "tools/benefits/partner_sheet.h"

#include <algorithm>
#include <array>

#include "aggregates/orders/terms.h"

namespace ledger::tools {
namespace {

const char* name_of(orders::Term term) {
    switch (term) {
        case orders::Term::active:
            return "active";
        case orders::Term::in_window:
            return "in_window";
        case orders::Term::expired:
            return "expired";
    }
    return "";
}

// The last day that counts is a day left.
std::int32_t days_left(orders::Term term, const OrderLine& order, Date today) {
    switch (term) {
        case orders::Term::active:
            return order.anniversary.days - today.days + 1;
        case orders::Term::in_window:
            return order.window_closes.days - today.days + 1;
        case orders::Term::expired:
            return 0;
    }
    return 0;
}

BenefitLine benefit_line(const fb::BenefitT& benefit, const fb::PolicyVersionT& policy) {
    BenefitLine line;
    line.sku = benefit.sku;
    line.title = benefit.title;
    line.kind = benefit.kind;
    line.unit = benefit.unit;
    line.granted = benefit.granted;
    line.expiry = Date{benefit.expiry};
    for (const fb::SeatT& seat : benefit.seats) {
        const Date since{seat.since};
        line.seats.push_back({seat.number, seat.person, seat.previous, since,
                              plus_days(since, policy.seat_move_days)});
        if (!seat.person.empty()) ++line.used;
    }
    std::sort(line.seats.begin(), line.seats.end(),
              [](const SeatLine& a, const SeatLine& b) { return a.number < b.number; });
    return line;
}

OrderLine order_line(const fb::OrderT& order, const fb::PolicyVersionT& policy, Date today) {
    OrderLine line;
    line.id = order.id;
    line.offer = order.offer;
    line.start = Date{order.start};
    line.anniversary = Date{order.anniversary};
    line.window_closes = orders::window_closes(order, policy);
    const orders::Term term = orders::term_of(order, today, policy);
    line.term = name_of(term);
    line.days_left = days_left(term, line, today);
    line.charge_amount = order.charge_amount;
    line.charge_currency = order.charge_currency;
    line.payment = order.payment;
    line.automatic_renewal = order.automatic_renewal;
    line.renews_automatically = order.renews_automatically;
    for (const fb::BenefitT& benefit : order.benefits)
        line.benefits.push_back(benefit_line(benefit, policy));
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

PartnerSheet sheet_of(const PartnerState& state, const LedgerState& ledger, Date today) {
    const fb::PolicyVersionT& policy = policy_on(ledger, today);
    PartnerSheet sheet;
    sheet.today = today;
    sheet.policy_version = policy.version;
    sheet.membership = state.member_since == 0 ? "unverified" : "active";
    if (orders::is_read_only(state, today, policy)) sheet.membership = "read_only";
    for (const fb::OrderT& order : state.orders)
        sheet.orders.push_back(order_line(order, policy, today));
    return sheet;
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
