// The cards of a sandbox ledger, which stand in for a payment system so that automatic renewals can
// be tried on one machine: what they answer to a charge that was ordered [OFF-03]. Pure.
#pragma once

#include <string_view>

#include "aggregates/partner.h"
#include "command_generated.h"
#include "events/bytes.h"

namespace ledger::renewals {

// The command by which they answer, packed, by the system's actor "sandbox-cards", under an id that
// follows from what it says; empty where no charge is pending that was ordered on that day, or where
// they keep silent. The same bytes wherever it is made.
Bytes answer_of_cards(std::string_view partner, const fb::OrderT& order, fb::Cards cards, Date day);

}  // namespace ledger::renewals
