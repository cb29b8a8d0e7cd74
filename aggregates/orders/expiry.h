// The notice that an order expired because its renewal window closed without a renewal [MEM-05].
// Whether it has expired follows from its dates alone; the event is for those who don't reckon
// dates, and nothing is decided by it. Pure; one PartnerState in, one decision out.
#pragma once

#include <optional>
#include <string>

#include "aggregates/partner.h"

namespace ledger::orders {

// role.missing (the system alone), order.unknown, reminder.not-due (first day: the one after the
// window). Nothing when it was noted, or the order has no term, was renewed or replaced.
Decision decide(const PartnerState&, const fb::NoteExpiry&, const Context&);

void evolve(PartnerState&, const fb::OrderExpired&);

// The first day on which the expiry is to be noted unless the order is renewed; nothing where there
// is none to come, or it was.
std::optional<Date> expiry_due(const fb::OrderT& order, const Policies& policies);

// The command that notes it.
fb::CommandBodyUnion expiry_body(const std::string& order);

}  // namespace ledger::orders
