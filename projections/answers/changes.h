// `benefits diff`: what changed for a partner between two moments, field by field. What says where
// and when a moment is, and what follows from its day alone, is no change.
#pragma once

#include "changes_generated.h"
#include "events/json/encode.h"
#include "projections/answers/leaves.h"
#include "projections/answers/partner_then.h"

namespace ledger::answers {

// In the order of the later one, then what is gone. Something that came or went as a whole is one
// change, with its plain fields in one line.
std::vector<fb::ChangeT> changes_between(const std::vector<Leaf>& before,
                                         const std::vector<Leaf>& after);

// Both of one partner. What is sealed is compared, and shown, in words.
fb::ChangesT changes(const Snapshot& snapshot, const PartnerThen& from, const PartnerThen& to,
                     const json::OpenText& open);

}  // namespace ledger::answers
