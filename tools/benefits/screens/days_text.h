// Dates and names of a value as a cell has them.
#pragma once

#include <flatbuffers/flatbuffers.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "events/date.h"

namespace ledger::tools {

inline std::string day_text(std::int32_t days) { return to_string(Date{days}); }

// "1 day", "12 days"
std::string days_in_words(std::int64_t count);

// Empty where it is absent.
inline std::string day_text(const flatbuffers::Optional<std::int32_t>& days) {
    return days ? day_text(*days) : "";
}

// "legal name" of "legal_name"
std::string spaced(std::string_view name);

// "kim, park"
std::string joined_texts(const std::vector<std::string>& texts, std::string_view between = ", ");

}  // namespace ledger::tools
