// An event in few words, for a cell of a table, by the schema alone: "order ap-2020, seat 1, person
// kim". A new event needs no code here.
#pragma once

#include <string>
#include <string_view>

#include "events/json/encode.h"
#include "record_generated.h"

namespace ledger::tools {

// A type's name in words: "seat assigned" of "SeatAssigned".
std::string type_in_words(std::string_view name);

std::string event_in_words(const fb::Body& body, const json::Style& style);

}  // namespace ledger::tools
