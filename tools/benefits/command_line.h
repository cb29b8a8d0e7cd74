// The command line: one subcommand a file, each of which adds itself to the parser and, when it is
// the one that was typed, leaves its action to be run. CLI11 throws; nothing of it leaves parse().
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>

#include "consumers/ledger.h"
#include "events/result.h"
#include "tools/benefits/exit_code.h"

namespace ledger::tools {

// What a subcommand does, once the command line is known to be right.
struct Action {
    std::function<ExitCode(const LedgerPlace&)> run;
    bool needs_ledger = true;
};

// Each adds one subcommand to `parent` and sets `chosen` when it is typed.
void add_create(CLI::App& parent, Action& chosen);
void add_submit(CLI::App& parent, Action& chosen);
void add_show(CLI::App& parent, Action& chosen);
void add_history(CLI::App& parent, Action& chosen);
void add_why(CLI::App& parent, Action& chosen);
void add_can(CLI::App& parent, Action& chosen);
void add_diff(CLI::App& parent, Action& chosen);
void add_find(CLI::App& parent, Action& chosen);
void add_receipt(CLI::App& parent, Action& chosen);
void add_refusals(CLI::App& parent, Action& chosen);
void add_log(CLI::App& parent, Action& chosen);
void add_log_stat(CLI::App& parent, Action& chosen);
void add_log_dump(CLI::App& parent, Action& chosen);
void add_log_state(CLI::App& parent, Action& chosen);
void add_log_copy(CLI::App& parent, Action& chosen);
void add_log_move(CLI::App& parent, Action& chosen);
void add_stat(CLI::App& parent, Action& chosen);
void add_verify(CLI::App& parent, Action& chosen);
void add_rebuild(CLI::App& parent, Action& chosen);
void add_backup(CLI::App& parent, Action& chosen);
void add_restore(CLI::App& parent, Action& chosen);
void add_clock(CLI::App& parent, Action& chosen);
void add_policy(CLI::App& parent, Action& chosen);
void add_generate(CLI::App& parent, Action& chosen);
void add_bench(CLI::App& parent, Action& chosen);
// A subcommand for each command of the schema, by area, in a group of the help.
inline constexpr const char* kAreaGroup = "Commands, by area";
void add_areas(CLI::App& parent, Action& chosen);
void add_commands(CLI::App& parent, Action& chosen);
void add_rules(CLI::App& parent, Action& chosen);
// Last: they look at what the others have added.
void add_completion(CLI::App& parent, Action& chosen);
void add_man(CLI::App& parent, Action& chosen);

enum class Format { table, json, jsonl, csv };

// -o table|json, of what is one document.
void add_format(CLI::App& command, Format& format);
// -o table|json|jsonl|csv, of what is a list (rows_text.h).
void add_list_format(CLI::App& command, Format& format);
constexpr bool is_rows(Format format) { return format == Format::jsonl || format == Format::csv; }

// A partner's or command's name, as the schema takes it: what can't be one is never looked for.
void add_partner(CLI::App& command, std::string& partner, bool required = true);

// The end of a subcommand's help: lines to copy.
void add_examples(CLI::App& command, const std::string& examples);

// Reads the command line and runs what it says.
ExitCode run_command_line(int argc, const char* const* argv);

// Says the sentence and ends with the code.
ExitCode fail(const Error& error);

}  // namespace ledger::tools
