// Where the tool writes: results to stdout, talk to stderr. Both are gates: whatever text of
// strangers, of the system or of a library a result or a sentence has in it, what could steer a
// terminal comes out as U+FFFD (events/printable.h), so no caller can forget it.
//
// A reader that closes the pipe early (`benefits history x | head`) ends nothing loudly: what is
// left to print is dropped. Any other failure to write is told once, at the end. Results are printed
// by one thread at a time and may go through a pager (pager.h); any thread may talk.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace ledger::tools {

// Writes all of it, unbuffered. False once stdout is gone, for whatever reason. Lines may be
// marked: a mark is what the terminal takes for it, and nothing where no terminal is.
bool print(std::string_view result);
inline constexpr char kBold = '\x01';
inline constexpr char kDim = '\x02';
inline constexpr char kPlain = '\x03';

// What comes bit by bit is gathered up to here before it is printed.
inline constexpr std::size_t kPrintedAtATimeBytes = 64 * 1024;

// As it is, byte by byte: for what is ours alone, or made fit by its own rules (rows_text.h).
bool print_exact(std::string_view result);

// True when the reader of stdout has gone, or there never was one.
bool stdout_closed();

// Why stdout could not be written, when it was not the reader's doing; empty while all is well.
std::string stdout_failure();

// One sentence for the person, on one line of stderr.
void say(std::string_view sentence);
// Lines of ours, with their ends.
void say_lines(std::string_view lines);

// What was said while a pager had the terminal: after its end.
void say_held_back();

// A line that replaces itself, only when stderr is a terminal. Empty: takes it away.
void show_progress(std::string_view line);
// Whether people read what is printed as it comes.
bool stdout_is_terminal();

// What stdout is, as tables need to know it. Its width is the terminal's; else that of COLUMNS;
// else, for a pipe that was begun in front of a terminal (`| less`), that terminal's.
struct Screen {
    std::size_t width = 0;  // columns; 0 = as wide as it takes, also by COLUMNS=0
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
