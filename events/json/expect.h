// The words of the codec's errors: what a field expects, and which name was probably meant.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "events/json/schema.h"

namespace ledger::json {

// What the field, or with `element` each element of the list, takes: "a number from 1 to 100000".
std::string expectation(const Field& field, bool element = false);

// The numbers that the field takes: its range, or what its type holds.
struct Numbers {
    std::int64_t least = 0;
    std::uint64_t most = 0;
};
Numbers numbers_of(const Field& field);

// `one of "a", "b"`
std::string one_of(const std::vector<std::string_view>& names);

// The name that is nearest to `wrong` by edit distance, without regard to case; empty when none is
// near.
std::string_view nearest(std::string_view wrong, const std::vector<std::string_view>& names);

// `, did you mean "a"?` or, when none is near, `, expected one of "a", "b"`.
std::string hint(std::string_view wrong, const std::vector<std::string_view>& names);

}  // namespace ledger::json
