// What support wants to know about a partner on a day, computed once for every way of showing it:
// terms with the days that are left, benefits with what is used and left, seats with the day from
// which they may move, keys and tokens without what is secret of them, requests.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "aggregates/ledger_state.h"
#include "aggregates/orders/terms.h"
#include "aggregates/partner.h"
#include "events/date.h"

namespace ledger::tools {

struct SeatLine {
    std::uint32_t number = 0;
    std::string person;    // empty: nobody
    std::string previous;  // who had it last, when nobody has it
    Date since;
    Date movable_from;  // first day on which it may go to another person [VSS-03]
};

// A key or a token. Its material has no place here [SWK-05].
struct KeyLine {
    std::string id;
    std::uint32_t units = 0;
    std::uint32_t activated = 0;
    Date taken;     // revealed or issued; 0 while it is in stock
    Date redeemed;  // 0: not
    std::string tenant;
    Date until;  // last day of the subscription
    std::vector<std::string> machines;
    std::vector<std::string> seen_by;
};

struct BenefitLine {
    std::string sku;
    std::string title;
    fb::BenefitKind kind{};
    fb::Unit unit{};
    std::uint32_t granted = 0;
    std::uint32_t used = 0;
    bool there = true;  // false: not paid for yet, or revoked
    Date expiry;        // 0 before the term begins
    Date activated;     // first download, or the company's assignment; 0 before
    bool touched = false;
    std::vector<SeatLine> seats;
    std::vector<KeyLine> keys;

    std::uint32_t left() const { return there && used < granted ? granted - used : 0; }
    std::size_t in_stock() const;
};

// How a right to a refund stands [OFF-06].
enum class Refund { open, asked_for, used_up, window_passed, refunded, no_term };

struct OrderLine {
    std::string id;
    std::string offer;
    Date purchased;
    Date start;        // 0 while it waits for its money
    Date anniversary;  // 0 while it waits for its money
    orders::Term term{};
    std::int32_t days_left = 0;  // of the term, its renewal window or the wait; 0 afterwards
    Date window_closes;
    Date pay_by;     // 0: it doesn't wait
    Date cancelled;  // 0: it was not
    Date withdrawn;  // 0: it was not
    Refund refund{};
    Date refund_until;               // last day to ask for it; 0 without a term
    std::int64_t charge_amount = 0;  // minor units
    std::string charge_currency;
    fb::PaymentMethod payment{};
    bool automatic_renewal = false;
    bool renews_automatically = false;
    std::vector<BenefitLine> benefits;

    bool has_term() const { return start.days != 0; }
};

struct RequestLine {
    std::string id;
    std::string order;
    fb::RequestStatus status{};
    Date asked;
    Date settled;        // 0 while it is open
    std::string reason;  // why it was refused
    fb::RefundTest refund_ends_with{};
};

struct PartnerSheet {
    Date today;
    std::string membership;  // active, unverified, read_only
    std::uint32_t policy_version = 0;
    std::vector<OrderLine> orders;
    std::vector<RequestLine> requests;
};

PartnerSheet sheet_of(const PartnerState& state, const LedgerState& ledger, Date today);

BenefitLine benefit_line(const fb::OrderT& order, const fb::BenefitT& benefit,
                         const fb::PolicyVersionT& policy, Date today);

// "in_window"
std::string_view name_of(orders::Term term);
std::string_view name_of(Refund refund);

// "475.00 USD": as many decimals as ISO 4217 gives the currency.
std::string money(std::int64_t minor_units, const std::string& currency);

// "global_admin, admin_agent"
std::string names_of(fb::Role roles);

}  // namespace ledger::tools
