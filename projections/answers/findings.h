// `benefits find`: partners by what support is told on the phone, as projections/search.h finds
// them.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "events/result.h"
#include "findings_generated.h"
#include "projections/search.h"

namespace ledger::answers {

// Partners found by look-up come first; then, where a `piece` is given, those that have it
// somewhere in their texts. At most `most` partners. Error: the rows can't be read.
Result<fb::FindingsT> findings(const views::Snapshot& rows, const views::Sought& sought,
                               std::string_view piece, std::size_t most);

// Each place in which it was found.
std::vector<fb::FoundRowT> found_rows(const fb::FindingsT& findings);

}  // namespace ledger::answers
