// What commands, events, fields and values of enums are called where people read them. English
// takes the schema's own names; the Korean ones stand in the schema and in names.txt, and the build
// ends for one that is missing. For a value of an enum whose type is known there is named(value),
// in screen_words_generated.h.
#pragma once

#include <string>
#include <string_view>

#include "command_generated.h"
#include "partner_lists_generated.h"
#include "partner_sheet_generated.h"
#include "tools/benefits/cli/language.h"

namespace ledger::tools {

struct KoreanName {
    std::string_view name;
    std::string_view korean;
};

// "seat assigned" of SeatAssigned
std::string event_name(std::string_view type, Language in = language());

// "assign seat" of AssignSeat
std::string command_name(std::string_view type, Language in = language());

// "legal name" of "legal_name"
std::string field_name(std::string_view field, Language in = language());

// "in window" of "OrderTerm", "in_window"
std::string value_name(std::string_view type, std::string_view value, Language in = language());

// The same where English has them as programs do: "legal_name", "in_window".
std::string plain_field_name(std::string_view field, Language in = language());
std::string plain_value_name(std::string_view type, std::string_view value,
                             Language in = language());

}  // namespace ledger::tools
