// The notice that an order by bank transfer lapsed because its money didn't come [MEM-13]. Whether
// it has lapsed follows from its dates alone; the event is for those who don't reckon dates, and
// nothing is decided by it. Pure; one PartnerState in, one decision out.
#pragma once

#include <vector>

#include "aggregates/deadlines/due.h"
#include "aggregates/partner.h"

namespace ledger::orders {

// role.missing (the system alone), order.unknown, reminder.not-due (first day: the one after the
// last to pay). Nothing when it was noted, or the order was paid, withdrawn or cancelled.
Decision decide(const PartnerState&, const fb::NoteLapse&, const Context&);

void evolve(PartnerState&, const fb::OrderLapsed&);

// The last day to pay of every order that waits for its money or lapsed unnoticed.
void add_anchors(const PartnerState& state, std::vector<deadlines::Anchor>& anchors);

// The lapses that are still to be noted, the first day of each at most `through`.
void add_due(const PartnerState& state, Date through, std::vector<deadlines::Due>& due);

}  // namespace ledger::orders
