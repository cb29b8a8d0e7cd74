// The form in which a subcommand prints what it found: -o, or --output.
#pragma once

namespace ledger::tools {

class Subcommand;

enum class Format { table, json, jsonl, csv };

// -o table|json, of what is one document. A wrong form is repeated only with `shows`.
void add_format(Subcommand command, Format& format, bool shows = true);
// -o table|json|jsonl|csv, of what is a list (rows_text.h).
void add_list_format(Subcommand command, Format& format);

// A row a line.
constexpr bool is_rows(Format format) { return format == Format::jsonl || format == Format::csv; }

}  // namespace ledger::tools
