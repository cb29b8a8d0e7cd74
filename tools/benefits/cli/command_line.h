// The command line: one subcommand a file, each of which adds itself to the parser and, when it is
// the one that was typed, leaves its action to be run. CLI11 throws; nothing of it leaves parse().
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "consumers/ledger.h"
#include "tools/benefits/cli/exit_code.h"
#include "tools/benefits/cli/subcommand.h"

namespace ledger::tools {

// What a subcommand does, once the command line is known to be right.
struct Action {
    std::function<ExitCode(const LedgerPlace&)> run;
    bool needs_ledger = true;
    bool settings_count = true;  // else only what is typed or in the environment does
    bool pages = true;           // what it prints is for reading, not for watching
};

struct Globals;

// Each adds one subcommand to `parent` and sets `chosen` when it is typed.
void add_create(Subcommand parent, Action& chosen);
void add_submit(Subcommand parent, Action& chosen);
void add_show(Subcommand parent, Action& chosen);
void add_history(Subcommand parent, Action& chosen);
void add_why(Subcommand parent, Action& chosen);
void add_can(Subcommand parent, Action& chosen);
void add_diff(Subcommand parent, Action& chosen);
void add_find(Subcommand parent, Action& chosen);
void add_list(Subcommand parent, Action& chosen);
void add_receipt(Subcommand parent, Action& chosen);
void add_refusals(Subcommand parent, Action& chosen);
void add_log(Subcommand parent, Action& chosen);
void add_log_stat(Subcommand parent, Action& chosen);
void add_log_dump(Subcommand parent, Action& chosen);
void add_log_state(Subcommand parent, Action& chosen);
void add_log_copy(Subcommand parent, Action& chosen);
void add_log_move(Subcommand parent, Action& chosen);
void add_stat(Subcommand parent, Action& chosen);
void add_verify(Subcommand parent, Action& chosen);
void add_rebuild(Subcommand parent, Action& chosen);
void add_backup(Subcommand parent, Action& chosen);
void add_restore(Subcommand parent, Action& chosen);
void add_clock(Subcommand parent, Action& chosen);
void add_policy(Subcommand parent, Action& chosen);
void add_catalogue(Subcommand parent, Action& chosen);
void add_generate(Subcommand parent, Action& chosen);
void add_bench(Subcommand parent, Action& chosen);
// A subcommand for each command of the schema, by area, in a group of the help.
inline constexpr const char* kAreaGroup = "Commands, by area";
void add_areas(Subcommand parent, Action& chosen);
void add_commands(Subcommand parent, Action& chosen);
void add_rules(Subcommand parent, Action& chosen);
void add_config(Subcommand parent, const Globals& globals, Action& chosen);
// Last: they look at what the others have added.
void add_completion(Subcommand parent, Action& chosen);
void add_man(Subcommand parent, Action& chosen);

// What the last of the words may become, one a line; nothing when that can't be told at once. Not of
// the parser: `words` are a line that isn't whole yet.
inline constexpr const char* kCompleteName = "complete";
ExitCode complete_word(const std::vector<std::string>& words);

// A partner's or command's name, as the schema takes it: what can't be one is never looked for.
void add_partner(Subcommand command, std::string& partner, bool required = true);

// The end of a subcommand's help: lines to copy.
void add_examples(Subcommand command, const std::string& examples);

// Reads the command line and runs what it says.
ExitCode run_command_line(int argc, const char* const* argv);

}  // namespace ledger::tools
