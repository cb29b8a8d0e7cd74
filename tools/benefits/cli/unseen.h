// What a person types at a terminal without its being shown: names, e-mail addresses, keys. It never
// stands in the command line, in the shell's history or on the screen.
//
// The terminal is put back as it was whatever happens: at the end, at an interrupt (SIGINT, SIGTERM,
// SIGHUP, SIGQUIT, which then do what they always do), and while the process is stopped (SIGTSTP),
// after which it asks again. One thread; no other may read stdin meanwhile.
#pragma once

#include <cstddef>
#include <string>

#include "events/result.h"

namespace ledger::tools {

enum class Unseen {
    line,   // up to the end of the line
    lines,  // up to Ctrl-D
};

// What is asked for: "--user-name, The person's name".
struct Question {
    std::string words;
    Unseen form = Unseen::line;
};

// Whether somebody is there: stdin and stderr are a terminal.
bool can_ask();

// Asks on stderr and reads from stdin; without the end of the last line. Error: nothing was typed,
// more than `most_bytes`, or the terminal doesn't let itself be told to show nothing.
Result<std::string> ask_unseen(const Question& question, std::size_t most_bytes);

}  // namespace ledger::tools
