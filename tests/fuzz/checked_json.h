// What is expected of any JSON that the ledger writes, and of any sentence it says about an input.
#pragma once

#include <string>
#include <string_view>

#include "events/result.h"

namespace ledger::fuzz {

// Checks that it is valid JSON, and gives it back.
std::string valid_json(std::string json);

// The JSON without its commas and without members that hold an empty text or list: those are left
// out when a table is written again.
std::string without_empties(std::string_view json);

// That there is one sentence, which a person can be shown: UTF-8, no control characters, and short.
void check_sentence(const Error& error);

}  // namespace ledger::fuzz
