#include "events/crash_point.h"

#ifdef LEDGER_MUTANTS

#include <unistd.h>

#include <atomic>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace ledger::crash {
namespace {

constexpr int kWrongUsage = 2;

constexpr const char* name_of(Place place) {
    switch (place) {
        case Place::none:
        case Place::count:
            break;
        case Place::key_stored:
            return "key_stored";
        case Place::before_append:
            return "before_append";
        case Place::after_append:
            return "after_append";
        case Place::log_written:
            return "log_written";
        case Place::log_witnessed:
            return "log_witnessed";
        case Place::log_published:
            return "log_published";
        case Place::before_answer:
            return "before_answer";
        case Place::after_answer:
            return "after_answer";
        case Place::refusal_stored:
            return "refusal_stored";
        case Place::before_view_batch:
            return "before_view_batch";
        case Place::after_view_batch:
            return "after_view_batch";
        case Place::key_made:
            return "key_made";
        case Place::genesis_sent:
            return "genesis_sent";
        case Place::genesis_made:
            return "genesis_made";
        case Place::filling_begun:
            return "filling_begun";
        case Place::filling_filled:
            return "filling_filled";
        case Place::filling_synced:
            return "filling_synced";
        case Place::filling_counts:
            return "filling_counts";
        case Place::filling_moved_up:
            return "filling_moved_up";
        case Place::backup_listed:
            return "backup_listed";
        case Place::move_copied:
            return "move_copied";
        case Place::rebuild_begun:
            return "rebuild_begun";
        case Place::rebuild_finished:
            return "rebuild_finished";
        case Place::views_moved_away:
            return "views_moved_away";
        case Place::views_moved_in:
            return "views_moved_in";
    }
    return "";
}

std::atomic<int> passes_left{1};

[[noreturn]] void print_names(int code) {
    for (int i = 1; i < static_cast<int>(Place::count); ++i)
        std::puts(name_of(static_cast<Place>(i)));
    std::fflush(stdout);
    ::_exit(code);
}

Place read_environment() {
    const char* value = std::getenv("BENEFITS_CRASH_AT");
    if (!value || !*value) return Place::none;
    const std::string_view text = value;
    if (text == "list") print_names(EXIT_SUCCESS);
    const std::size_t colon = text.find(':');
    if (colon != std::string_view::npos) {
        const std::string_view times = text.substr(colon + 1);
        int passes = 0;
        const auto [end, failed] =
            std::from_chars(times.data(), times.data() + times.size(), passes);
        if (failed != std::errc{} || end != times.data() + times.size() || passes < 1) {
            std::fprintf(stderr, "BENEFITS_CRASH_AT=%s: what follows the colon is no number\n",
                         value);
            ::_exit(kWrongUsage);
        }
        passes_left = passes;
    }
    for (int i = 1; i < static_cast<int>(Place::count); ++i)
        if (text.substr(0, colon) == name_of(static_cast<Place>(i))) return static_cast<Place>(i);
    std::fprintf(stderr, "BENEFITS_CRASH_AT=%s: there is no such place; there are:\n", value);
    print_names(kWrongUsage);
}

}  // namespace

const Place armed = read_environment();

void pass() {
    if (--passes_left != 0) return;
    ::kill(::getpid(), SIGKILL);
}

}  // namespace ledger::crash

#endif
