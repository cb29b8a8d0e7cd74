// What is printed may go through a pager, so that a long answer stops at its first screen. By itself
// one is begun only where stdout is a terminal and more was printed than its screen holds: a short
// answer stays as it is, and nothing changes for a pipe, a file or a script.
//
// The exit code stays the command's. A pager that is left early is a reader that has gone
// (output.h), which is no failure. An interrupt (SIGINT, SIGTERM, SIGHUP, SIGQUIT) waits for the
// pager's end, as the terminal is the pager's, and then does what it always does.
//
// One thread prints; `paging` may be asked by any.
#pragma once

#include <string>
#include <string_view>

namespace ledger::tools {

struct PagerChoice {
    enum class When { automatic, always, never };
    When when = When::automatic;
    // A command line for the shell, PAGER's when no other is named. Empty: `less`, or none where that
    // is not installed.
    std::string command;
};

// "auto", "always", "never", or a command to be used as with "auto".
PagerChoice pager_choice(const std::string& text);

// From now on. Before anything is printed, and while there is one thread.
void begin_paging(const PagerChoice& choice);
// Prints what is held back, and waits until the pager has ended. Does nothing when none was begun.
void end_paging();

// Whether a pager has the terminal.
bool paging();

// Writes to where results go: the error that ended it, 0 when all was written.
int write_result(std::string_view text);

}  // namespace ledger::tools
