// Reading JSON by the schema: everything about it is checked, and the first fault is reported with
// its place, like
//   body.quantity: expected a number from 1 to 100000, found "ten"
// null counts as absent, and so does an empty text or list that is not required.
//
// What was found is repeated only where nothing can be sealed. A command that has a sealed text
// somewhere, or may turn out to be one, gets the place and what was expected, never a value nor the
// name of an unknown field: a secret may have been put anywhere in it.
#pragma once

#include <string_view>
#include <vector>

#include "events/json/schema.h"
#include "events/json/value.h"
#include "events/result.h"

namespace ledger::json {

// Whose commands may be given.
enum class Callers {
    partners,    // those that name a partner
    the_ledger,  // also the ledger's own, whose `partner` is empty
};

// Whether a caller must give the field: it is required, or a scalar without which a table says
// nothing (a date, or a number whose range leaves out the default).
bool must_stand(const Field& field);

// The fields of one table, from a JSON object.
Result<std::vector<Value>> read_table(const Table& table, std::string_view json, Callers callers);

// Those of each table in a JSON list.
Result<std::vector<std::vector<Value>>> read_tables(const Table& table, std::string_view json);

}  // namespace ledger::json
