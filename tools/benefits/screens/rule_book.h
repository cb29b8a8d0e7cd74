// The rule book as users read it: docs/rules.md, compiled in. Which refusals name a rule stands in
// the areas' refusals.txt; the last column of the file names the further ones that do so in some
// cases.
#pragma once

#include <string_view>
#include <vector>

#include "aggregates/refusal.h"

namespace ledger::tools {

struct Rule {
    std::string_view id;        // "VSS-03"
    std::string_view sentence;  // what it says
    std::string_view source;    // where it comes from
    std::vector<const RefusalKind*> refusals;
};

// In the order of the file.
const std::vector<Rule>& rule_book();

// The file as it is.
std::string_view rules_text();

}  // namespace ledger::tools
