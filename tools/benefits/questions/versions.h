// What `benefits policy` and `benefits catalogue` do alike with versions: compare two, check files,
// publish one.
#pragma once

#include "tools/benefits/cli/command_line.h"

namespace ledger::tools {

// diff A B
void add_policy_diff(Subcommand policy, Action& chosen);
void add_catalogue_diff(Subcommand catalogue, Action& chosen);

// check FILE|FOLDER
void add_policy_check(Subcommand policy, Action& chosen);
void add_catalogue_check(Subcommand catalogue, Action& chosen);

// publish FILE
void add_policy_publish(Subcommand policy, Action& chosen);
void add_catalogue_publish(Subcommand catalogue, Action& chosen);

// try FILE
void add_policy_try(Subcommand policy, Action& chosen);

}  // namespace ledger::tools
