// The form in which a subcommand prints what it found: -o, or --output.
#pragma once

namespace ledger::tools {

class Subcommand;

enum class Format { table, json, jsonl, csv };

// Of a list: the form, and how csv is to be (rows_text.h).
struct ListFormat {
    Format form = Format::table;
    bool raw = false;
    bool byte_order_mark = false;

    operator Format() const { return form; }  // NOLINT(google-explicit-constructor)
};

// -o table|json, of what is one document. A wrong form is repeated only with `shows`.
void add_format(Subcommand command, Format& format, bool shows = true);
// -o table|json|jsonl|csv, and --raw and --bom of csv, of what is a list.
void add_list_format(Subcommand command, ListFormat& format);

// A row a line.
constexpr bool is_rows(Format format) { return format == Format::jsonl || format == Format::csv; }

}  // namespace ledger::tools
