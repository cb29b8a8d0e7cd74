// `benefits show`: terms with the days that are left, benefits with what is used and left, seats
// with the day from which they may move, keys and tokens without what is secret of them, requests,
// and what comes next. Pure; every number and date of it is worked out by the area whose rules go
// by it.
#pragma once

#include "partner_sheet_generated.h"
#include "projections/answers/partner_then.h"
#include "projections/answers/words.h"

namespace ledger::answers {

// Of the words those of what comes are asked for; without them it is told in English.
fb::PartnerSheetT partner_sheet(const Snapshot& snapshot, const PartnerThen& partner,
                                const Words& words = {});

// One line of an order on a day.
fb::BenefitLineT benefit_line(const fb::OrderT& order, const fb::BenefitT& benefit,
                              const Policies& policies, Date today);

}  // namespace ledger::answers
