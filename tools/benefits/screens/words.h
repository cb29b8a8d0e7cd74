// The words that answers carry (projections/answers/words.h), in English.
#pragma once

#include "events/json/encode.h"
#include "projections/answers/words.h"

namespace ledger::tools {

// Sealed texts in an event's words as the style has them.
answers::Words words_in_english(const json::Style& style = {});

}  // namespace ledger::tools
