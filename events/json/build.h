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

// Seals a text under the data key of a subject, with the keyed hash of `found_as`, as Sealer::seal
// does.
using SealText = std::function<Result<Bytes>(std::string_view subject, std::string_view text,
                                             std::string_view found_as)>;

// A sealed text's subject is made of `owner`, what its table is about (attribute `subject`) and
// that table's `id`: "contoso/person/kim". `file_identifier` may be null. Error: a text couldn't be
// sealed.
Result<Bytes> build(const Table& table, const std::vector<Value>& parts, std::string_view owner,
                    const SealText& seal, const char* file_identifier);

// Whether any text in there is to be sealed.
bool has_sealed(const std::vector<Value>& parts);

// The text of that field; empty when it is absent.
std::string_view text_in(const std::vector<Value>& parts, std::string_view field);

}  // namespace ledger::json
