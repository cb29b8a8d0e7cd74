#include "tools/benefits/cli/progress.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <string_view>

#include "tools/benefits/cli/output.h"

namespace ledger::tools {
namespace {

constexpr std::chrono::milliseconds kSilentFor{1'000};
constexpr std::chrono::milliseconds kShownEvery{250};

// For tests, in which nothing takes long.
bool shows_at_once() {
    const char* value = std::getenv("BENEFITS_PROGRESS");
    return value && std::string_view(value) == "at-once";
}

std::string two_digits(std::uint64_t number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
}

std::string span_of(double seconds) {
    const auto whole = static_cast<std::uint64_t>(std::ceil(seconds));
    const std::string rest = two_digits(whole / 60 % 60) + ":" + two_digits(whole % 60);
    return whole < 3600 ? std::to_string(whole / 60) + rest.substr(2)
                        : std::to_string(whole / 3600) + ":" + rest;
}

}  // namespace

std::string grouped(std::uint64_t number) {
    std::string text = std::to_string(number);
    for (std::size_t at = text.size(); at > 3; at -= 3) text.insert(at - 3, ",");
    return text;
}

std::string progress_line(const std::string& doing, const std::string& things, std::uint64_t done,
                          std::uint64_t all, double seconds) {
    if (all == 0) return doing + ", " + grouped(done) + " " + things;
    done = std::min(done, all);
    // What matters most comes first: a narrow terminal cuts the rest.
    std::string line = doing + ", " + std::to_string(100 * done / all) + " %, ";
    if (done > 0) {
        const double left = seconds * static_cast<double>(all - done) / static_cast<double>(done);
        line += span_of(left) + " left, ";
    }
    return line + grouped(done) + " of " + grouped(all) + " " + things;
}

void Progress::at(std::uint64_t done, std::uint64_t all, const std::string& beside) {
    const auto now = Clock::now();
    static const bool at_once = shows_at_once();
    if (!at_once && (now - begun_ < kSilentFor || (any_ && now - shown_ < kShownEvery))) return;
    any_ = true;
    shown_ = now;
    done_ = std::max(done_, done);
    const double seconds = std::chrono::duration<double>(now - begun_).count();
    std::string line = progress_line(doing_, things_, done_, all, seconds);
    if (!beside.empty()) line += ", " + beside;
    show_progress(line);
}

Progress::~Progress() {
    if (any_) show_progress({});
}

}  // namespace ledger::tools
