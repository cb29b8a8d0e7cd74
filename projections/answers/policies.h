// `benefits policy` and `benefits catalogue`: what the rules go by and what can be bought on a day, as
// the ledger's own entries have it. Pure.
#pragma once

#include <string_view>
#include <vector>

#include "aggregates/ledger_state.h"
#include "policies_generated.h"

namespace ledger::answers {

fb::PolicyOnDayT policy_on_day(const LedgerState& ledger, Date day);

// Every version, those to come too.
fb::PoliciesT policies(const LedgerState& ledger, Date today);

fb::CatalogueOnDayT catalogue_on_day(const LedgerState& ledger, Date day);

// The lines of every offer, a row each.
std::vector<fb::GrantRowT> grant_rows(const fb::CatalogueVersionT& catalogue);

// What the later one says otherwise: field by field, each with what it is; not the number and the
// day, which the two sides tell.
fb::VersionChangesT version_changes(const fb::PolicyVersionT& from, const fb::PolicyVersionT& to);
fb::VersionChangesT version_changes(const fb::CatalogueVersionT& from,
                                    const fb::CatalogueVersionT& to);

}  // namespace ledger::answers
