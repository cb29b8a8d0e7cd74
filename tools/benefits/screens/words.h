// The words that answers carry (projections/answers/words.h), in the language that is wanted.
#pragma once

#include "events/json/encode.h"
#include "projections/answers/words.h"
#include "tools/benefits/cli/format.h"
#include "tools/benefits/cli/language.h"

namespace ledger::tools {

// Sealed texts in an event's words as the style has them. Sentences of refusals are in the language
// asked for whoever reads them.
answers::Words words_for_people(const json::Style& style, Language in);

// For a table in the language asked for; what programs read is the same in every language.
answers::Words words_for(const ListFormat& format, const json::Style& style = {});

}  // namespace ledger::tools
