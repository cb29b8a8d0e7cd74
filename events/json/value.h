// A JSON value that has been checked against the schema and waits to be built into a FlatBuffer.
// Texts point into the parser's memory: they stand until the next parse on the same thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "events/json/schema.h"

namespace ledger::json {

struct Value {
    const Field* field = nullptr;    // which one, with its kind
    const Choice* choice = nullptr;  // of a union: which member
    std::int64_t number = 0;         // a scalar
    std::string_view text;           // a text, or one to be sealed
    std::string bytes;               // bytes, or a struct as it lies in memory
    std::vector<Value> parts;        // fields of a table by id, or elements of a list
};

}  // namespace ledger::json
