// A benefit's stock of keys or tokens, in the order in which they were delivered and are taken
// [SWK-06]. Ids are unique within the partner [LED-08].
#pragma once

#include <cstdint>
#include <string_view>

#include "aggregates/partner.h"

namespace ledger::software_keys {

// Only these kinds are delivered.
bool has_stock(fb::BenefitKind kind);

// Null when the benefit has no such key.
const fb::KeyT* find_key(const fb::BenefitT& benefit, std::string_view id);
fb::KeyT* find_key(fb::BenefitT& benefit, std::string_view id);

// Of any benefit of any order.
bool has_key(const PartnerState& state, std::string_view id);

// Revealed or issued: no longer in stock.
inline bool is_taken(const fb::KeyT& key) { return key.taken != 0; }

// The next of the stock; null when all that were delivered are taken, or none was.
const fb::KeyT* next_key(const fb::BenefitT& benefit);

// How many nobody has taken.
std::uint32_t in_stock(const fb::BenefitT& benefit);

// Units of all keys delivered so far.
std::uint64_t delivered_units(const fb::BenefitT& benefit);

// What the order grants was delivered and taken: there will be no further key.
bool all_taken(const fb::BenefitT& benefit);

}  // namespace ledger::software_keys
