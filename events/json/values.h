// From a FlatBuffer back to values, as build.h makes one of them.
#pragma once

#include <cstdint>
#include <vector>

#include "events/json/schema.h"
#include "events/json/value.h"

namespace ledger::json {

// Of a table of this type, aligned and verified, in which nothing is sealed and no union stands.
// Texts point into it.
std::vector<Value> values_of(const Table& type, const std::uint8_t* table);

}  // namespace ledger::json
