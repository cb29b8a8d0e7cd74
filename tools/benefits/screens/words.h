// The words that answers carry (projections/answers/words.h): sentences of refusals in the language
// asked for, all else in English.
#pragma once

#include "events/json/encode.h"
#include "projections/answers/words.h"

namespace ledger::tools {

// Sealed texts in an event's words as the style has them.
answers::Words words_for_people(const json::Style& style = {});

}  // namespace ledger::tools
