// From checked values to a FlatBuffer: the same bytes as flatc's own Pack writes for the same
// content.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "events/bytes.h"
#include "events/json/schema.h"
#include "events/json/value.h"
#include "events/result.h"

namespace ledger::json {

// Seals a text under the data key of a subject, as Sealer::seal does.
using SealText = std::function<Result<Bytes>(std::string_view subject, std::string_view text)>;

// A sealed text's subject is `owner` + "/" + the `id` of the table it stands in. `file_identifier`
// may be null. An error is the sealing's.
Result<Bytes> build(const Table& table, const std::vector<Value>& parts, std::string_view owner,
                    const SealText& seal, const char* file_identifier);

// ASCII letters in lower case, as texts with the attribute `lower_case` are sealed. No more than
// ASCII: what a hash is taken over must not change with a version of Unicode.
std::string in_lower_case(std::string_view text);

// Whether any text in there is to be sealed.
bool has_sealed(const std::vector<Value>& parts);

// The text of that field; empty when it is absent.
std::string_view text_in(const std::vector<Value>& parts, std::string_view field);

}  // namespace ledger::json
