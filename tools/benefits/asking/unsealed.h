// Personal texts are shown sealed unless they were asked for.
#pragma once

#include <string>

#include "events/json/encode.h"
#include "events/seal.h"

namespace ledger {
struct Ledger;
}  // namespace ledger

namespace ledger::tools {

class Subcommand;

// Error: it was asked for and there is no key to open anything with.
Result<void> check_unseal(const Ledger& ledger, bool unseal);

// --unseal
void add_unseal(Subcommand command, bool& unseal);

// How the codec writes sealed texts: by their hash, or opened.
json::Style json_style(Sealer& sealer, bool unseal);
// The same in words (json::words_of_sealed).
json::Style style_in_words(Sealer& sealer, bool unseal);

}  // namespace ledger::tools
