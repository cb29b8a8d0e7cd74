// What is sealed, as people read it: opened, or why it isn't.
#pragma once

#include <string>

#include "events/json/encode.h"

namespace ledger::tools {

// json::words_of_sealed, in the language that is wanted.
std::string sealed_text(BytesView sealed, const json::OpenText& open);

}  // namespace ledger::tools
