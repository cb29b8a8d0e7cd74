// `benefits why`: the events behind one benefit's numbers, with what each of them changed, and the
// rules that concern it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "benefit_story_generated.h"
#include "events/result.h"
#include "projections/answers/partner_then.h"
#include "projections/answers/words.h"

namespace ledger::answers {

// `named` is "SKU" or "ORDER/SKU": every benefit of the partner that it names, in the order of
// purchase, each with the events that name it or changed anything of it. None: there is no such
// benefit. Error: the history can't be read.
Result<fb::BenefitStoriesT> benefit_stories(const Snapshot& snapshot, const PartnerThen& now,
                                            std::string_view named, const Words& words);

// The events of every benefit, each with whose it is.
std::vector<fb::StoryRowT> story_rows(const fb::BenefitStoriesT& stories);

}  // namespace ledger::answers
