#include "tools/benefits/cli/output.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <cstring>

#include "events/printable.h"

namespace ledger::tools {
namespace {

// Narrower than this nothing is laid out.
constexpr std::size_t kScreenMinColumns = 20;

std::atomic<int> stdout_errno{0};
bool stdout_came_closed = false;
bool progress_shown = false;

// The error that ended it; 0 when all was written.
int write_all(int file, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(file, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return errno;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return 0;
}

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

std::size_t columns_given() {
    const char* value = std::getenv("COLUMNS");
    if (!value) return 0;
    std::size_t columns = 0;
    const char* end = value + std::strlen(value);
    const auto parsed = std::from_chars(value, end, columns);
    return parsed.ec == std::errc() && parsed.ptr == end ? columns : 0;
}

}  // namespace

bool print(std::string_view result) { return print_exact(fit(result)); }

bool print_exact(std::string_view result) {
    if (stdout_came_closed) stdout_errno = EBADF;
    if (stdout_errno == 0) stdout_errno = write_all(STDOUT_FILENO, result);
    return stdout_errno == 0;
}

bool stdout_closed() { return stdout_came_closed || stdout_errno == EPIPE; }

std::string stdout_failure() {
    if (stdout_errno == 0 || stdout_errno == EPIPE) return {};
    return std::string("the results could not be written: ") + std::strerror(stdout_errno.load());
}

void say(std::string_view sentence) {
    show_progress({});
    std::string line = printable(sentence);
    line += '\n';
    write_all(STDERR_FILENO, line);
}

void say_lines(std::string_view lines) {
    show_progress({});
    write_all(STDERR_FILENO, fit(lines));
}

void show_progress(std::string_view line) {
    static const bool is_terminal = ::isatty(STDERR_FILENO) == 1;
    if (!is_terminal || (line.empty() && !progress_shown)) return;
    progress_shown = !line.empty();
    // A line that wraps could not be taken back.
    winsize size{};
    if (::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1)
        line = line.substr(0, size.ws_col - 1U);
    write_all(STDERR_FILENO, "\r\x1b[K" + printable(line));
}

Screen screen() {
    Screen screen;
    const bool is_terminal = ::isatty(STDOUT_FILENO) == 1;
    winsize size{};
    if (is_terminal && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) screen.width = size.ws_col;
    if (screen.width == 0) screen.width = columns_given();
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
