// The catalogue versions a new ledger begins with: what the offers grant [OFF-05, OFF-09]. They are
// data, aggregates/catalogue/catalogue.json, compiled in; a ledger takes them into its genesis
// record and from then on knows only what stands in its log.
#pragma once

#include <string_view>
#include <vector>

#include "events/result.h"
#include "policy_generated.h"

namespace ledger::catalogue {

// The file as it is: a JSON list of CatalogueVersion tables.
std::string_view catalogue_json();

// Numbered from 1, in the order of their effective dates. Error: the file is not what the schema
// takes.
Result<std::vector<fb::CatalogueVersionT>> initial_catalogues();

// Null when the version has no such offer. One that is no longer sold is found, and says so.
const fb::OfferT* find_offer(const fb::CatalogueVersionT& catalogue, std::string_view id);

// The area of a competency; null when the version has none such.
const fb::CompetencyT* find_competency(const fb::CatalogueVersionT& catalogue, std::string_view id);

}  // namespace ledger::catalogue
