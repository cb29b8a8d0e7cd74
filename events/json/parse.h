// JSON text to a document, with simdjson's reasons in words that help somebody who edits a file.
#pragma once

#include <simdjson.h>

#include <string>
#include <string_view>

#include "events/check.h"
#include "events/result.h"

namespace ledger::json {

inline constexpr std::size_t kFoundMaxBytes =
    40;  // of what was found instead, as shown in a message

// The document stands until the next parse on the same thread.
Result<simdjson::dom::element> parse(std::string_view json);

// What a message says that it found: `"ten"`, `1.5`, `a list`.
std::string found(const simdjson::dom::element& element);

// The element's value, whose type was looked at before.
template <typename Native>
Native as(const simdjson::dom::element& element) {
    Native value{};
    LEDGER_CHECK(element.get(value) == simdjson::SUCCESS);
    return value;
}

}  // namespace ledger::json
