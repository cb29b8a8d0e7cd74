// The notice that an order by bank transfer lapsed because its money didn't come [MEM-13]. Whether
// it has lapsed follows from its dates alone; the event is for those who don't reckon dates, and
// nothing is decided by it. Pure; one PartnerState in, one decision out.
#pragma once

#include <optional>
#include <string>

#include "aggregates/partner.h"

namespace ledger::orders {

// role.missing (the system alone), order.unknown, reminder.not-due (first day: the one after the
// last to pay). Nothing when it was noted, or the order was paid, withdrawn or cancelled.
Decision decide(const PartnerState&, const fb::NoteLapse&, const Context&);

void evolve(PartnerState&, const fb::OrderLapsed&);

// The first day on which the lapse is to be noted; nothing where there is none to come, or it was.
std::optional<Date> lapse_due(const fb::OrderT& order);

// The command that notes it.
fb::CommandBodyUnion lapse_body(const std::string& order);

}  // namespace ledger::orders
