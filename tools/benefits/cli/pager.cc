#include "tools/benefits/cli/pager.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <utility>
#include <vector>

#include "tools/benefits/cli/output.h"
#include "tools/benefits/cli/whole_write.h"

namespace ledger::tools {
namespace {

constexpr const char* kUsualPager = "less";
// What the shell has to make something of.
constexpr const char* kShellsOwn = "|&;<>()$`\\\"' \t*?[#~=%\n";
// One line of any length could hold back so much.
constexpr std::size_t kHeldBackResultsMaxBytes = 64 * 1024;
constexpr std::array kEnding{SIGINT, SIGTERM, SIGHUP, SIGQUIT};

struct Pager {
    PagerChoice choice;
    bool holds_back = false;  // it is not known yet whether it takes a pager
    std::string held_back;
    std::size_t rows = 0;  // of the screen
    std::size_t columns = 0;
    std::size_t taken = 0;  // rows by what is held back, at least
    std::size_t in_row = 0;
};
Pager pager;

// What a signal's handler reads.
std::atomic<int> pipe_to_pager{-1};
std::atomic<pid_t> pager_process{0};
std::array<struct sigaction, kEnding.size()> handled_before;

void wait_for_pager() {
    const pid_t waited = pager_process;
    while (waited > 0 && ::waitpid(waited, nullptr, 0) < 0 && errno == EINTR) {
    }
    pager_process = 0;
}

// Only what is safe in a handler.
void on_ending_signal(int number) {
    const int end = pipe_to_pager.exchange(-1);
    if (end >= 0) ::close(end);
    wait_for_pager();
    std::signal(number, SIG_DFL);
    std::raise(number);
}

void set_if_not(const char* name, const char* value) { ::setenv(name, value, 0); }

// 0, or why it could not be started.
int spawn_pager(const std::string& command, int input) {
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    ::posix_spawn_file_actions_init(&files);
    ::posix_spawn_file_actions_adddup2(&files, input, STDIN_FILENO);
    ::posix_spawnattr_init(&attributes);
    sigset_t as_usual;
    ::sigemptyset(&as_usual);
    ::sigaddset(&as_usual, SIGPIPE);
    ::sigaddset(&as_usual, SIGXFSZ);
    ::posix_spawnattr_setsigdefault(&attributes, &as_usual);
    ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
    std::string word = command;
    std::string shell = "sh";
    std::string option = "-c";
    const bool plain = command.find_first_of(kShellsOwn) == std::string::npos;
    std::vector<char*> arguments;
    if (!plain) arguments = {shell.data(), option.data()};
    arguments.push_back(word.data());
    arguments.push_back(nullptr);
    pid_t child = 0;
    const int failed =
        ::posix_spawnp(&child, arguments.front(), &files, &attributes, arguments.data(), environ);
    ::posix_spawnattr_destroy(&attributes);
    ::posix_spawn_file_actions_destroy(&files);
    if (failed == 0) pager_process = child;
    return failed;
}

// False: everything goes to stdout as it would without.
bool start_pager() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) return false;
    show_progress({});
    const std::string& command = pager.choice.command;
    const int failed = spawn_pager(command.empty() ? kUsualPager : command, ends[0]);
    ::close(ends[0]);
    if (failed != 0) {
        ::close(ends[1]);
        if (!command.empty())
            say("benefits: the pager '" + command + "' can't be run: " + std::strerror(failed));
        return false;
    }
    pipe_to_pager = ends[1];
    struct sigaction action {};
    action.sa_handler = on_ending_signal;
    for (std::size_t i = 0; i < kEnding.size(); ++i) {
        ::sigaction(kEnding[i], nullptr, &handled_before[i]);
        if (handled_before[i].sa_handler != SIG_IGN) ::sigaction(kEnding[i], &action, nullptr);
    }
    return true;
}

void count_rows(std::string_view text) {
    for (const char c : text) {
        if (c == '\n' || ++pager.in_row > pager.columns) {
            ++pager.taken;
            pager.in_row = 0;
        }
    }
}

bool is_dumb() {
    const char* kind = std::getenv("TERM");
    return !kind || std::string_view(kind) == "dumb";
}

}  // namespace

PagerChoice pager_choice(const std::string& text) {
    const bool names_one = text != "auto" && text != "always" && text != "never";
    const char* const usual = std::getenv("PAGER");
    const std::string command = names_one ? text : usual ? usual : "";
    // That is what people say who want none.
    if (text == "never" || command == "cat") return {PagerChoice::When::never, {}};
    return {text == "always" ? PagerChoice::When::always : PagerChoice::When::automatic, command};
}

void begin_paging(const PagerChoice& choice) {
    pager = {};
    pager.choice = choice;
    winsize size{};
    const bool is_terminal = ::isatty(STDOUT_FILENO) == 1;
    if (is_terminal && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) {
        pager.rows = size.ws_row;
        pager.columns = size.ws_col;
    }
    switch (choice.when) {
        case PagerChoice::When::never:
            break;
        case PagerChoice::When::always:
            pager.holds_back = true;
            pager.rows = 0;
            break;
        case PagerChoice::When::automatic:
            pager.holds_back = is_terminal && pager.rows > 0 && pager.columns > 0 && !is_dumb();
            break;
    }
    if (!pager.holds_back) return;
    // Leaves at once when all fits after all, shows colours, and leaves the screen as it is.
    set_if_not("LESS", "FRX");
    set_if_not("LESSCHARSET", "utf-8");
    set_if_not("LV", "-c");
}

bool paging() { return pipe_to_pager >= 0; }

int write_result(std::string_view text) {
    if (paging()) return write_whole(pipe_to_pager, text);
    if (!pager.holds_back) return write_whole(STDOUT_FILENO, text);
    pager.held_back += text;
    count_rows(text);
    // The row below is the shell's.
    if (pager.taken < pager.rows && pager.held_back.size() < kHeldBackResultsMaxBytes) return 0;
    pager.holds_back = false;
    const std::string all = std::move(pager.held_back);
    return write_whole(start_pager() ? pipe_to_pager.load() : STDOUT_FILENO, all);
}

void end_paging() {
    if (pager.holds_back) {
        pager.holds_back = false;
        print_exact(std::exchange(pager.held_back, {}));
    }
    const int end = pipe_to_pager.exchange(-1);
    if (end < 0) return;
    ::close(end);
    wait_for_pager();
    for (std::size_t i = 0; i < kEnding.size(); ++i)
        ::sigaction(kEnding[i], &handled_before[i], nullptr);
    say_held_back();
}

}  // namespace ledger::tools
