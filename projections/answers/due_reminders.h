// Reminders that are still to be sent, of all partners, in the order of the days on which they fall
// due. A day is reached from the index of orders, by the anniversaries that lie as far from it as
// the policy of the day says: so no due date stands in a row, and a page reads as much as it tells of
// and what was sent of its days already.
#pragma once

#include <cstdint>
#include <string_view>

#include "partner_lists_generated.h"
#include "projections/answers/list_walk.h"

namespace ledger::answers {

// Whether a place is one of this list, "2021-08-02/2021-09-01/contoso/ap-2020": the day, the
// anniversary, partner and order.
bool is_due_place(std::string_view place);

// Those of the days from the ledger's own on. `told` lines of the page were told before. True: the
// page is full and there are more. Errors as of walk_list.
Result<bool> each_due_reminder(const LedgerMoment& moment, DayRange due, const ListPage& page,
                               std::uint64_t told,
                               const std::function<bool(const fb::ListedReminderT&)>& on_line);

}  // namespace ledger::answers
