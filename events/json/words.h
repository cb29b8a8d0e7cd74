// A table told in words by a template over its fields, as it stands in the attribute `words` of an
// event. What stands in braces is written so:
//   {field}               a text, a number, a date, money, a value of an enum
//   {list}                of texts: each, with commas between them
//   {+field}              a number with its sign
//   {field:unit/units}    a number and its noun; of a list, how many it has
//   {field:noun}          the same with a noun of one form, which stands right behind the number
//   {list.field}          of each element of a list, with commas between them; with a noun, the sum
//   {field?words}         the words if the field is set: neither absent nor 0, false or empty
//   {field!words}         the words if it isn't
//   {field=value?words}   the words if an enum has that value
// Words may have braces of their own. A sealed text is never told.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "events/json/schema.h"

namespace ledger::json {

// How values are told that aren't told as they stand.
struct ValueWords {
    // Minor units and the currency, as people read them.
    std::string (*money)(std::int64_t minor_units, std::string_view currency);
    // A value of an enum. Null: its name with blanks.
    std::string (*choice)(const Field& field, const Choice& choice) = nullptr;
};

// The table must be aligned and verified. A template that names no field of it is a bug of the
// schema, which tests/events/json/words_test.cc finds.
std::string in_words(const Table& type, const std::uint8_t* table, std::string_view words,
                     const ValueWords& values);

}  // namespace ledger::json
