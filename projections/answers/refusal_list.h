// `benefits refusals`: what was refused on this node, one by one. Refusals are no fold of the log, so
// they come from their own store (projections/refusals.h).
#pragma once

#include <functional>

#include "events/result.h"
#include "lists_generated.h"
#include "projections/answers/page.h"
#include "projections/answers/words.h"
#include "projections/refusals.h"

namespace ledger::answers {

// False ends it. The refusal lives until it returns.
using OnRefusalLine = std::function<bool(const fb::RefusalLine& refusal)>;

// Of one partner, or of all when it is empty. The page's type is that of the command, and with
// `last` in the order of time so many are kept in memory. Error: the store can't be read.
Result<void> each_refusal(const views::Refusals& refusals, const PartnerId& partner, Date today,
                          const Page& page, const Words& words, const OnRefusalLine& on_refusal);

}  // namespace ledger::answers
