#include "tools/benefits/cli/output.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <optional>
#include <utility>

#include "events/printable.h"
#include "tools/benefits/cli/pager.h"
#include "tools/benefits/cli/whole_write.h"

namespace ledger::tools {
namespace {

// Narrower than this nothing is laid out.
constexpr std::size_t kScreenMinColumns = 20;

// While a pager has the terminal, sentences wait; more than this is written all the same.
constexpr std::size_t kHeldBackMaxBytes = 64 * 1024;

std::atomic<int> stdout_errno{0};
bool stdout_came_closed = false;

// stderr is written by several threads.
std::mutex talk;
bool progress_shown = false;
std::string sentences_held_back;

// Lines stay lines, and marks become what a terminal takes for them.
std::string fit(std::string_view text) {
    constexpr std::string_view kMarks = "\n\x01\x02\x03";
    const bool colour =
        text.find_first_of(kMarks.substr(1)) != std::string_view::npos && screen().colour;
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const std::size_t plain = std::min(text.find_first_of(kMarks), text.size());
        out += printable(text.substr(0, plain));
        text.remove_prefix(plain);
        if (text.empty()) break;
        const char mark = text.front();
        text.remove_prefix(1);
        if (mark == '\n')
            out += mark;
        else if (colour)
            out += mark == kBold ? "\x1b[1m" : mark == kDim ? "\x1b[2m" : "\x1b[0m";
    }
    return out;
}

bool is_set(const char* name) {
    const char* value = std::getenv(name);
    return value && *value;
}

// 0: as wide as it takes.
std::optional<std::size_t> columns_given() {
    const char* value = std::getenv("COLUMNS");
    if (!value) return std::nullopt;
    std::size_t columns = 0;
    const char* end = value + std::strlen(value);
    const auto parsed = std::from_chars(value, end, columns);
    return parsed.ec == std::errc() && parsed.ptr == end ? std::optional(columns) : std::nullopt;
}

// Of the terminal that this was started at, in front, into a pipe: a person's `| less`. 0: none.
std::size_t columns_behind_a_pipe() {
    struct stat out {};
    if (::fstat(STDOUT_FILENO, &out) != 0 || !S_ISFIFO(out.st_mode)) return 0;
    const int terminal = ::open("/dev/tty", O_RDONLY | O_NOCTTY | O_CLOEXEC);
    if (terminal < 0) return 0;
    winsize size{};
    const bool in_front = ::tcgetpgrp(terminal) == ::getpgrp();
    const bool told = ::ioctl(terminal, TIOCGWINSZ, &size) == 0;
    ::close(terminal);
    return in_front && told ? size.ws_col : 0;
}

// Both with `talk` locked.
void take_progress_away() {
    if (!progress_shown) return;
    progress_shown = false;
    write_whole(STDERR_FILENO, "\r\x1b[K");
}

void write_talk(std::string_view text) {
    static const bool is_terminal = ::isatty(STDERR_FILENO) == 1;
    if (paging() && is_terminal && sentences_held_back.size() < kHeldBackMaxBytes) {
        sentences_held_back += text;
        return;
    }
    take_progress_away();
    write_whole(STDERR_FILENO, text);
}

}  // namespace

bool print(std::string_view result) { return print_exact(fit(result)); }

bool print_exact(std::string_view result) {
    if (stdout_came_closed) stdout_errno = EBADF;
    if (stdout_errno == 0) stdout_errno = write_result(result);
    return stdout_errno == 0;
}

bool stdout_closed() { return stdout_came_closed || stdout_errno == EPIPE; }

std::string stdout_failure() {
    if (stdout_errno == 0 || stdout_errno == EPIPE) return {};
    return std::string("the results could not be written: ") + std::strerror(stdout_errno.load());
}

void say(std::string_view sentence) {
    std::string line = printable(sentence);
    line += '\n';
    const std::lock_guard lock(talk);
    write_talk(line);
}

void say_lines(std::string_view lines) {
    const std::lock_guard lock(talk);
    write_talk(fit(lines));
}

void say_held_back() {
    const std::lock_guard lock(talk);
    write_talk(std::exchange(sentences_held_back, {}));
}

bool stdout_is_terminal() { return ::isatty(STDOUT_FILENO) == 1; }

void show_progress(std::string_view line) {
    static const bool is_terminal = ::isatty(STDERR_FILENO) == 1;
    if (!is_terminal) return;
    const std::lock_guard lock(talk);
    if (line.empty() || paging()) return take_progress_away();
    progress_shown = true;
    // A line that wraps could not be taken back.
    winsize size{};
    if (::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1)
        line = line.substr(0, size.ws_col - 1U);
    write_whole(STDERR_FILENO, "\r\x1b[K" + printable(line));
}

Screen screen() {
    Screen screen;
    const bool is_terminal = ::isatty(STDOUT_FILENO) == 1;
    winsize size{};
    if (is_terminal && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) screen.width = size.ws_col;
    if (screen.width == 0) screen.width = columns_given().value_or(columns_behind_a_pipe());
    if (screen.width != 0) screen.width = std::max(screen.width, kScreenMinColumns);
    const char* kind = std::getenv("TERM");
    const bool dumb = !kind || std::string_view(kind) == "dumb";
    screen.colour = is_terminal && !dumb && !is_set("NO_COLOR");
    return screen;
}

bool open_standard_descriptors() {
    for (const int file : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (::fcntl(file, F_GETFD) >= 0) continue;
        // The lowest number that is free is this one.
        if (::open("/dev/null", file == STDIN_FILENO ? O_RDONLY : O_WRONLY) != file) return false;
        if (file == STDOUT_FILENO) stdout_came_closed = true;
    }
    return true;
}

void make_signals_errors() {
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
}

}  // namespace ledger::tools
