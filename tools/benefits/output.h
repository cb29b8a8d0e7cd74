// Where the tool writes: results to stdout, talk to stderr. A reader that closes the pipe early
// (`benefits history x | head`) ends nothing loudly: what is left to print is dropped. Any other
// failure to write is told once, at the end. stdout and stderr may be written by different threads,
// each by one at a time.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace ledger::tools {

// Writes all of it, unbuffered. False once stdout is gone, for whatever reason.
bool print(std::string_view result);

// True when the reader of stdout has gone.
bool stdout_closed();

// Why stdout could not be written, when it was not the reader's doing; empty while all is well.
std::string stdout_failure();

// One sentence or line for the person, to stderr.
void say(std::string_view sentence);

// A line that replaces itself, only when stderr is a terminal. Empty: takes it away.
void show_progress(std::string_view line);

// What stdout is, as tables need to know it.
struct Screen {
    std::size_t width = 0;  // columns; 0 = as wide as it takes
    bool colour = false;    // a terminal, and NO_COLOR is not set (https://no-color.org)
};
Screen screen();

// Call before anything else: a closed pipe, and a file over the process's size limit, is then an
// error of write(), not a signal.
void make_signals_errors();

// Call before anything else: a standard descriptor that came closed is opened on /dev/null, so that
// no file of the ledger gets its number, and results with it. What is printed on a stdout that was
// closed has failed. False: there is no /dev/null.
bool open_standard_descriptors();

}  // namespace ledger::tools
