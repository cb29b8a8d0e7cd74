// The currencies that a charge may be in: those of ISO 4217's list that people pay with, of one
// country or of several, with the decimals of their minor unit. No metals, funds, units of account,
// codes for tests or for no currency. Withdrawn ones stand until their last day, judged by the
// ledger's date like every rule.
#pragma once

#include <string_view>

#include "events/date.h"

namespace ledger {

struct Currency {
    std::string_view code;
    int decimals = 2;             // a minor unit is 10^-decimals
    std::string_view first = {};  // the first day on which it may be used; empty: before 2020
    std::string_view last = {};   // the last one; empty: none is known
};

// By its code in upper-case letters; null when ISO 4217 has no such currency.
const Currency* find_currency(std::string_view code);

// Whether something may be charged in it on that day [OFF-01].
bool is_in_use(std::string_view code, Date on);

}  // namespace ledger
