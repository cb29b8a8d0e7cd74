// An event in few words, for a cell of a table, by the schema alone: "order ap-2020, seat 1, person
// kim". A new event needs no code here, but names for what is new in it (names.txt).
#pragma once

#include <string>
#include <string_view>

#include "events/json/encode.h"
#include "record_generated.h"
#include "tools/benefits/cli/language.h"

namespace ledger::tools {

// A type's name in English words: "seat assigned" of "SeatAssigned".
std::string type_in_words(std::string_view name);

std::string event_in_words(const fb::Body& body, const json::Style& style,
                           Language in = language());

}  // namespace ledger::tools
