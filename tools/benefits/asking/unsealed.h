// Personal texts as they are shown: "sealed" unless they were asked for, "erased" when their key
// was destroyed, "key lost" when it is missing without that.
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

std::string shown_text(BytesView sealed, Sealer& sealer, bool unseal);

// How the codec writes sealed texts.
json::Style json_style(Sealer& sealer, bool unseal);

}  // namespace ledger::tools
