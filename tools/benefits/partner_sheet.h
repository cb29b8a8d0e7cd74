// What support wants to know about a partner on a day, computed once for every way of showing it:
// terms with the days that are left, benefits with what is used and left, seats with the day from
// which they may move.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "aggregates/ledger_state.h"
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

struct BenefitLine {
    std::string sku;
    std::string title;
    fb::BenefitKind kind{};
    fb::Unit unit{};
    std::uint32_t granted = 0;
    std::uint32_t used = 0;
    Date expiry;
    std::vector<SeatLine> seats;

    std::uint32_t left() const { return granted - used; }
};

struct OrderLine {
    std::string id;
    std::string offer;
    Date start;
    Date anniversary;
    std::string term;            // active, in_window, expired
    std::int32_t days_left = 0;  // of the term, or of its renewal window; 0 when it has expired
    Date window_closes;
    std::int64_t charge_amount = 0;  // minor units
    std::string charge_currency;
    fb::PaymentMethod payment{};
    bool automatic_renewal = false;
    bool renews_automatically = false;
    std::vector<BenefitLine> benefits;
};

struct PartnerSheet {
    Date today;
    std::string membership;  // active, unverified, read_only
    std::uint32_t policy_version = 0;
    std::vector<OrderLine> orders;
};

PartnerSheet sheet_of(const PartnerState& state, const LedgerState& ledger, Date today);

// "475.00 USD": as many decimals as ISO 4217 gives the currency.
std::string money(std::int64_t minor_units, const std::string& currency);

// "global_admin, admin_agent"
std::string names_of(fb::Role roles);

}  // namespace ledger::tools
