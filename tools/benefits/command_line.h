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
void add_receipt(CLI::App& parent, Action& chosen);
void add_refusals(CLI::App& parent, Action& chosen);
void add_log(CLI::App& parent, Action& chosen);
void add_log_stat(CLI::App& parent, Action& chosen);
void add_log_dump(CLI::App& parent, Action& chosen);
void add_verify(CLI::App& parent, Action& chosen);
void add_generate(CLI::App& parent, Action& chosen);
void add_bench(CLI::App& parent, Action& chosen);

enum class Format { table, json };

// -o table|json
void add_format(CLI::App& command, Format& format);

// A partner's or command's name, as the schema takes it: what can't be one is never looked for.
void add_partner(CLI::App& command, std::string& partner, bool required = true);

// The end of a subcommand's help: lines to copy.
void add_examples(CLI::App& command, const std::string& examples);

// Reads the command line and runs what it says.
ExitCode run_command_line(int argc, const char* const* argv);

// Says the sentence and ends with the code.
ExitCode fail(const Error& error);

}  // namespace ledger::tools
