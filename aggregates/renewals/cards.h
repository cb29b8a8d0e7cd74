// The cards of a sandbox ledger, which stand in for a payment system so that automatic renewals can
// be tried on one machine: what they answer to a charge that was ordered [OFF-03]. Pure.
#pragma once

#include <vector>

#include "aggregates/partner.h"
#include "command_generated.h"
#include "events/bytes.h"

namespace ledger::renewals {

// The command is one that orders a charge.
bool orders_charge(const fb::Command& command);

// The commands by which they answer, packed, by the system's actor "sandbox-cards", under ids that
// follow from what they say: to the charges of the partner's orders that are pending and were ordered
// on that day. None where they keep silent. The same bytes wherever they are made.
std::vector<Bytes> answers_of_cards(const PartnerState& state, fb::Cards cards, Date day);

}  // namespace ledger::renewals
