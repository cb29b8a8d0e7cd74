#include "tools/benefits/cli/unseen.h"

#include <poll.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

#include "tools/benefits/cli/output.h"

namespace ledger::tools {
namespace {

constexpr std::array kSignals{SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGTTIN, SIGTTOU};
// Of one read; a terminal gives a line at a time.
constexpr std::size_t kTypedBytes = 4096;

volatile std::sig_atomic_t caught = 0;

void on_signal_at_prompt(int number) { caught = number; }

// Shows nothing of what is typed while it stands. Its signals come only while it waits: one between
// a question and the waiting for its answer would be lost otherwise.
class Silence {
public:
    Silence() {
        caught = 0;
        sigset_t held;
        ::sigemptyset(&held);
        for (const int number : kSignals) ::sigaddset(&held, number);
        ::pthread_sigmask(SIG_BLOCK, &held, &waiting_);
        struct sigaction action {};
        action.sa_handler = on_signal_at_prompt;
        for (std::size_t i = 0; i < kSignals.size(); ++i) {
            ::sigaction(kSignals[i], nullptr, &before_[i]);
            // What nobody is to hear of stays so (nohup).
            if (before_[i].sa_handler != SIG_IGN) ::sigaction(kSignals[i], &action, nullptr);
        }
        termios silent{};
        ok_ = ::tcgetattr(STDIN_FILENO, &shown_) == 0;
        silent = shown_;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        silent.c_lflag |= ECHONL | ICANON | ISIG;
        // What was typed before the question is no answer to it.
        ok_ = ok_ && ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent) == 0;
    }
    ~Silence() {
        while (ok_ && ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown_) != 0 && errno == EINTR) {
        }
        for (std::size_t i = 0; i < kSignals.size(); ++i)
            ::sigaction(kSignals[i], &before_[i], nullptr);
        ::pthread_sigmask(SIG_SETMASK, &waiting_, nullptr);
    }
    Silence(const Silence&) = delete;
    Silence& operator=(const Silence&) = delete;

    bool ok() const { return ok_; }
    // Until there is something to read; false: a signal came.
    bool wait() const {
        pollfd input{STDIN_FILENO, POLLIN, 0};
        while (caught == 0 && ::ppoll(&input, 1, nullptr, &waiting_) < 0 && errno == EINTR) {
        }
        return caught == 0;
    }

private:
    sigset_t waiting_{};  // as signals were before
    std::array<struct sigaction, kSignals.size()> before_{};
    termios shown_{};
    bool ok_ = false;
};

enum class Ending { answered, interrupted, failed, too_long };

Ending read_answer(const Silence& silence, Unseen form, std::size_t most_bytes, std::string& text) {
    std::array<char, kTypedBytes> block{};
    for (;;) {
        if (!silence.wait()) return Ending::interrupted;
        const ssize_t got = ::read(STDIN_FILENO, block.data(), block.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return Ending::failed;
        if (got == 0) return Ending::answered;
        text.append(block.data(), static_cast<std::size_t>(got));
        if (text.size() > most_bytes) return Ending::too_long;
        if (form == Unseen::line && text.ends_with('\n')) return Ending::answered;
    }
}

// What was typed is nobody's business any more.
void wipe(std::string& text) {
    ::explicit_bzero(text.data(), text.size());
    text.clear();
}

// Code points: people don't count bytes.
std::size_t characters_in(const std::string& text) {
    std::size_t count = 0;
    for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1 : 0;
    return count;
}

std::string prompt_of(const Question& question) {
    return question.words +
           (question.form == Unseen::line ? " (not shown): " : " (not shown; ends with Ctrl-D):\n");
}

}  // namespace

bool can_ask() { return ::isatty(STDIN_FILENO) == 1 && ::isatty(STDERR_FILENO) == 1; }

Result<std::string> ask_unseen(const Question& question, std::size_t most_bytes) {
    std::string text;
    for (;;) {
        Ending ending = Ending::failed;
        {
            const Silence silence;
            if (!silence.ok())
                return error("the terminal can't be told to show nothing; give @FILE instead");
            say_lines(prompt_of(question));
            ending = read_answer(silence, question.form, most_bytes, text);
        }
        if (ending == Ending::answered) break;
        wipe(text);
        if (ending == Ending::failed) return error("the terminal can't be read");
        if (ending == Ending::too_long)
            return error("more than " + std::to_string(most_bytes) + " bytes were typed");
        say_lines("\n");
        // Ended by it, unless it only stops; the question then stands again.
        std::raise(caught);
    }
    while (text.ends_with('\n') || text.ends_with('\r')) text.pop_back();
    if (text.empty()) return error("nothing was typed");
    // Who doesn't see what is typed can at least count it.
    if (question.form == Unseen::line)
        say_lines("  " + std::to_string(characters_in(text)) +
                  (characters_in(text) == 1 ? " character\n" : " characters\n"));
    return text;
}

}  // namespace ledger::tools
