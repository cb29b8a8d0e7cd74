// The form in which a subcommand prints what it found: -o, or --output. All take the same forms:
// where what is asked for is one thing, jsonl is its document on one line and csv is one row.
#pragma once

#include <string_view>

#include "tools/benefits/cli/language.h"

namespace ledger::tools {

class Subcommand;

enum class Format { table, json, jsonl, csv };

// The form, and how csv is to be (rows_text.h).
struct ListFormat {
    Format form = Format::table;
    bool raw = false;
    bool byte_order_mark = false;

    operator Format() const { return form; }  // NOLINT(google-explicit-constructor)
};

// -o table|json|jsonl|csv, and --raw and --bom of csv. A wrong form is repeated only with `shows`.
void add_format(Subcommand command, ListFormat& format, bool shows = true);

// Every form that was added and isn't typed is this one; call when the command line was read.
void use_output(std::string_view name);

// What programs read is in English, whatever the language, but for the sentences of refusals.
inline Language language_for(Format format) {
    return format == Format::table ? language() : Language::english;
}

// A row a line.
constexpr bool is_rows(Format format) { return format == Format::jsonl || format == Format::csv; }

}  // namespace ledger::tools
