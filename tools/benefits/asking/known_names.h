// Names that stand in the views: those that begin as a word does, for completing it, and the one that
// was meant by a word that is none of them. Of a large ledger only a part is looked at, so that both
// answer at once; what isn't found there is simply not offered.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "aggregates/partner.h"
#include "projections/rows.h"

namespace ledger::tools {

// What a name is of.
enum class NameOf { partner, order, sku, benefit, user, request, key };

// Ids of partners that begin so, in their order, at most `most`.
std::vector<std::string> partners_from(const views::Snapshot& rows, std::string_view begin,
                                       std::size_t most);
// Ids of a partner's accepted commands, in the same way.
std::vector<std::string> receipts_from(const views::Snapshot& rows, PartitionId partition,
                                       std::string_view partner, std::string_view begin,
                                       std::size_t most);
// What of this kind the partner has, each once; of `partner` its own id.
std::vector<std::string> names_in(const PartnerState& state, NameOf of);

// "; did you mean 'contoso'?", or nothing.
std::string partner_meant(const views::Snapshot& rows, const std::string& wrong);
std::string receipt_meant(const views::Snapshot& rows, PartitionId partition,
                          const std::string& partner, const std::string& wrong);

}  // namespace ledger::tools
