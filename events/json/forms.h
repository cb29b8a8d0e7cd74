// The forms that texts of JSON have: names, dates, hex digits, lengths.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "events/bytes.h"
#include "events/json/schema.h"

namespace ledger::json {

// Of a-z, 0-9, '.', '_' and '-', beginning with a letter or a digit.
bool is_name(std::string_view text);

// Of letters, digits and '_' alone, and not empty: it needs no quotes.
bool is_plain_word(std::string_view text);

// A text field's length, in bytes. Of a list it is the elements that are counted, not these.
bool has_length(const Field& field, std::string_view text);

// Whether it is an address as people use them: RFC 5321's mailbox with a dot-string before the '@',
// also with letters beyond ASCII (RFC 6531). That mail arrives there is for VerifyContact to say.
bool is_email(std::string_view text);

// Whether the text field takes this text, by its length and letters.
bool takes(const Field& field, std::string_view text);

// ASCII letters alone.
std::string lower_case(std::string_view text);

// The words of hex digits, as they lie in memory; nothing when the text is something else.
std::optional<std::string> parse_hex_words(std::string_view text, std::size_t bytes);
std::optional<std::string> parse_hex(std::string_view text);

// In lower case.
void append_hex(std::string& out, BytesView bytes);
// The same of a struct of 64-bit words.
void append_hash(std::string& out, const Table& type, const std::uint8_t* at);

// "2021-02-01" of a date, the name of a choice; nothing of a scalar that is written as a number or
// otherwise.
std::optional<std::string> text_of_scalar(const Field& field, std::int64_t value);

}  // namespace ledger::json
