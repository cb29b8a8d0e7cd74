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

#include "events/json/node.h"
#include "events/json/schema.h"
#include "events/json/value.h"
#include "events/result.h"

namespace ledger::json {

// What is wrong with what was given; the error's place tells where.
inline constexpr ErrorCode kSyntax{"json.syntax"};
inline constexpr ErrorCode kUnknownField{"field.unknown"};
inline constexpr ErrorCode kGivenTwice{"field.given-twice"};
inline constexpr ErrorCode kNotGiven{"field.not-given"};  // callers have no say in it
inline constexpr ErrorCode kMissing{"value.missing"};
inline constexpr ErrorCode kWrongValue{"value.wrong"};
inline constexpr ErrorCode kUnknownType{"type.unknown"};
// A command of the ledger itself, or a partner that one of those names.
inline constexpr ErrorCode kLedgersOwn{"command.ledgers-own"};
inline constexpr ErrorCode kTooLong{"command.too-long"};
inline constexpr ErrorCode kPersonalTexts{"json.personal-texts"};  // outside a command

// Whose commands may be given.
enum class Callers {
    partners,    // those that name a partner
    the_ledger,  // also the ledger's own, whose `partner` is empty
};

// Whether a caller must give the field: it is required, or a scalar without which a table says
// nothing (a date, or a number whose range leaves out the default).
bool must_stand(const Field& field);

// The fields of one table, from a JSON object: as text, or as it stands. Texts point into it.
Result<std::vector<Value>> read_table(const Table& table, std::string_view json, Callers callers);
Result<std::vector<Value>> read_table(const Table& table, const Node& given, Callers callers);

// The same, with all faults that were found, up to kFaultsMax: each with its place.
inline constexpr std::size_t kFaultsMax = 100;
Result<std::vector<Value>> read_table(const Table& table, const Node& given,
                                      std::vector<Error>& faults);

// Those of each table in a JSON list.
Result<std::vector<std::vector<Value>>> read_tables(const Table& table, std::string_view json);

}  // namespace ledger::json
