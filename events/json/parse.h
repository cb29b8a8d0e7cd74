// JSON text to a document, with simdjson's reasons in words that help somebody who edits a file.
#pragma once

#include <simdjson.h>

#include <string_view>

#include "events/result.h"

namespace ledger::json {

// The document stands until the next parse on the same thread.
Result<simdjson::dom::element> parse(std::string_view json);

}  // namespace ledger::json
