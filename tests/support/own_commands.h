// What the tests of the ledger's own commands ask for and expect: its clock, policy and catalogue
// versions.
#pragma once

#include "tests/support/rules.h"

namespace ledger::rules {

// Its clock stands at 2021-02-01.
Story sandbox();
fb::ClockMovedT clock_moved(std::string_view to);
fb::PolicyVersionT next_policy(std::string_view effective);
fb::CatalogueVersionT next_catalogue(std::string_view effective);
fb::PolicyPublishedT published(const fb::PolicyVersionT& policy);
fb::CataloguePublishedT published(const fb::CatalogueVersionT& catalogue);

}  // namespace ledger::rules
