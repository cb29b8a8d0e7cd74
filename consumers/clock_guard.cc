#include "consumers/clock_guard.h"

#include <time.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <map>
#include <sstream>

#include "consumers/ledger.h"
#include "consumers/wall_clock.h"
#include "events/durable_file.h"
#include "events/sha256.h"

namespace ledger {
namespace {

using std::chrono::milliseconds;

constexpr std::string_view kWhatToDo =
    "; nothing is written: set the clock right, or say with 'benefits clock accept' that it is";
constexpr std::string_view kUnknownBoot = "-";
// Of the lines before it. A number cut short is a number too.
constexpr std::string_view kSum = "sha256 ";
// Beyond any date of ours, and far from where numbers of 64 bits end.
constexpr std::int64_t kMillisecondsMax = 1'000'000'000'000'000;

// Records and brokers may say any number.
milliseconds span_between(std::int64_t before_ms, std::int64_t after_ms) {
    const auto within = [](std::int64_t ms) {
        return std::clamp(ms, -kMillisecondsMax, kMillisecondsMax);
    };
    return milliseconds{within(after_ms) - within(before_ms)};
}
milliseconds span_between(Time before, Time after) {
    return span_between(before.milliseconds, after.milliseconds);
}

std::string span_in_words(milliseconds span) {
    const std::int64_t minutes = std::chrono::duration_cast<std::chrono::minutes>(span).count();
    if (minutes < 120) return std::to_string(minutes) + " minutes";
    if (minutes < 48 * 60) return std::to_string(minutes / 60) + " hours";
    return std::to_string(minutes / (24 * 60)) + " days";
}

std::string print_seen(Id128 ledger, const ClockSeen& seen) {
    const ClockReading& reading = seen.reading;
    std::string text = "ledger " + to_hex(ledger) + "\nboot " +
                       (reading.boot.empty() ? std::string(kUnknownBoot) : reading.boot) +
                       "\nsince-boot " + std::to_string(reading.since_boot_ms) + "\nwall " +
                       std::to_string(reading.wall_ms) + "\n";
    if (seen.accepted_behind)
        text += "accepted-behind " + std::to_string(seen.accepted_behind->milliseconds) + "\n";
    return text + std::string(kSum) + to_hex(sha256(view_of(text))) + "\n";
}

std::optional<std::int64_t> milliseconds_of(const std::string& text) {
    std::int64_t value = 0;
    const char* const end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, value);
    if (read.ec != std::errc() || read.ptr != end || value > kMillisecondsMax ||
        value < -kMillisecondsMax)
        return std::nullopt;
    return value;
}

std::optional<ClockSeen> parse_seen(const std::string& text, Id128 ledger) {
    const std::size_t end = text.rfind(kSum);
    if (end == std::string::npos ||
        text.substr(end + kSum.size()) != to_hex(sha256(view_of(text.substr(0, end)))) + "\n")
        return std::nullopt;
    std::istringstream in(text.substr(0, end));
    std::map<std::string, std::string> words;
    for (std::string name, value; in >> name >> value;) words[name] = value;
    const auto since_boot = milliseconds_of(words["since-boot"]);
    const auto wall = milliseconds_of(words["wall"]);
    if (words["ledger"] != to_hex(ledger) || words["boot"].empty() || !since_boot || !wall)
        return std::nullopt;
    ClockSeen seen{{words["boot"] == kUnknownBoot ? "" : words["boot"], *since_boot, *wall}};
    if (const auto behind = words.find("accepted-behind"); behind != words.end()) {
        const auto accepted = milliseconds_of(behind->second);
        if (!accepted) return std::nullopt;
        seen.accepted_behind = Time{*accepted};
    }
    return seen;
}

milliseconds jump_in_one_run(const ClockReading& before, const ClockReading& after) {
    return span_between(before.wall_ms, after.wall_ms) -
           span_between(before.since_boot_ms, after.since_boot_ms);
}

// Empty when it is none.
std::string doubt_of_jump(milliseconds jump, const ClockReading& now) {
    const std::string stands = "the machine's clock says " + to_string(Time{now.wall_ms});
    if (jump > kClockDoubt)
        return stands + " and has gone forward " + span_in_words(jump) +
               " more than the time that has passed since it was last seen" +
               std::string(kWhatToDo);
    if (-jump > kClockDoubt)
        return stands + " and has gone back " + span_in_words(-jump) + " since it was last seen" +
               std::string(kWhatToDo);
    return {};
}

bool is_no_clock(const ClockReading& now) { return Time{now.wall_ms} < kNoLedgerBefore; }

std::string before_any_ledger(const ClockReading& now) {
    return "the machine's clock says " + to_string(Time{now.wall_ms}) +
           ", a day on which there was no ledger yet; nothing is written: set the clock right";
}

// Of a clock that was not seen in this run of the machine.
std::string doubt_across_a_start(const ClockKnown& known, const ClockReading& now) {
    const Time wall{now.wall_ms};
    const std::string stands = "the machine's clock says " + to_string(wall);
    if (!known.seen && !known.newest_entry) return {};
    const Time entry = known.newest_entry.value_or(kNoLedgerBefore);
    const Time seen = known.seen ? Time{known.seen->reading.wall_ms} : entry;
    const milliseconds behind = span_between(wall, seen);
    if (behind > kClockDoubt)
        return stands + ", " + span_in_words(behind) + " before it was last seen, at " +
               to_string(seen) + std::string(kWhatToDo);
    const milliseconds ahead = span_between(std::max(entry, seen), wall);
    if (ahead > kUnvouchedAheadMax)
        return stands + ", " + span_in_words(ahead) + " after " +
               (seen > entry ? "it was last seen, at " : "the ledger's newest entry, of ") +
               to_string(std::max(entry, seen)) +
               ", and nothing on this machine vouches for that much time having passed" +
               std::string(kWhatToDo);
    return {};
}

bool goes_on(const std::optional<ClockSeen>& seen, const ClockReading& now) {
    return seen && jump_between(seen->reading, now).has_value();
}

}  // namespace

ClockReading read_clocks() {
    static const std::string boot = [] {
        std::string id;
        std::ifstream("/proc/sys/kernel/random/boot_id") >> id;
        return id;
    }();
    timespec since_boot{};
    ::clock_gettime(CLOCK_BOOTTIME, &since_boot);
    return {boot, since_boot.tv_sec * 1000 + since_boot.tv_nsec / 1'000'000,
            wall_clock().milliseconds};
}

std::optional<milliseconds> jump_between(const ClockReading& before, const ClockReading& after) {
    if (before.boot.empty() || before.boot != after.boot) return std::nullopt;
    return jump_in_one_run(before, after);
}

std::optional<std::string> clock_doubt_by_log(Time sent, Time taken, Time read_back) {
    const milliseconds ahead = span_between(taken, sent);
    const milliseconds behind = span_between(read_back, taken);
    if (std::max(ahead, behind) <= kClockDoubt) return std::nullopt;
    return "the machine's clock says " + to_string(read_back) + ", " +
           span_in_words(std::max(ahead, behind)) + (ahead > behind ? " after" : " before") +
           " the broker's, by which it was " + to_string(taken) +
           "; nothing is written: set whichever of the two is wrong";
}

ClockBelief believe(const ClockKnown& known, const ClockReading& now) {
    if (is_no_clock(now)) return {before_any_ledger(now), false};
    if (known.newest_entry) {
        const milliseconds behind = span_between(Time{now.wall_ms}, *known.newest_entry);
        const bool accepted = known.seen && known.seen->accepted_behind >= known.newest_entry;
        if (behind > kClockDoubt && !accepted)
            return {"the machine's clock says " + to_string(Time{now.wall_ms}) + ", " +
                    span_in_words(behind) + " before the ledger's newest entry, of " +
                    to_string(*known.newest_entry) + std::string(kWhatToDo)};
    }
    const auto jump = known.seen ? jump_between(known.seen->reading, now) : std::nullopt;
    if (jump) return {doubt_of_jump(*jump, now)};
    if (known.broker) return {{}, true};
    return {doubt_across_a_start(known, now)};
}

ClockGuard::ClockGuard(std::string directory, Id128 ledger, bool broker)
    : path_(std::move(directory) + "/clock"), ledger_(ledger), broker_(broker) {}

Result<std::optional<ClockSeen>> ClockGuard::read() const {
    const auto text = read_file(path_);
    if (!text) return text.error();
    return *text ? parse_seen(**text, ledger_) : std::nullopt;
}

Result<void> ClockGuard::keep(const ClockSeen& seen) {
    seen_ = seen;
    return write_durably(path_, print_seen(ledger_, seen));
}

Result<ClockBelief> ClockGuard::only_look(const ClockReading& now,
                                          std::optional<Time> newest_entry) const {
    const auto seen = read();
    if (!seen) return seen.error();
    return believe({*seen, newest_entry, broker_}, now);
}

Result<std::string> ClockGuard::look(const ClockReading& now, std::optional<Time> newest_entry) {
    const auto seen = read();
    if (!seen) return seen.error();
    newest_entry_ = std::max(newest_entry_, newest_entry);
    const ClockBelief belief = believe({*seen, newest_entry_, broker_}, now);
    if (!belief.doubt.empty()) return belief.doubt;
    seen_ = seen->value_or(ClockSeen{now});
    believed_ = !belief.for_broker;
    running_ = goes_on(*seen, now) ? seen_.reading : now;
    if (!believed_ || goes_on(*seen, now)) return std::string();
    if (const auto kept = keep({now, seen_.accepted_behind}); !kept) return kept.error();
    return std::string();
}

std::optional<std::string> ClockGuard::look_on(const ClockReading& now) {
    if (auto doubt = doubt_of_jump(jump_in_one_run(running_, now), now); !doubt.empty())
        return doubt;
    if (milliseconds{now.since_boot_ms - running_.since_boot_ms} < kClockKeptEvery)
        return std::nullopt;
    running_ = now;
    if (believed_) (void)keep({now, seen_.accepted_behind});
    return std::nullopt;
}

void ClockGuard::broker_agrees(const ClockReading& now) {
    if (believed_) return;
    believed_ = true;
    (void)keep({now, seen_.accepted_behind});
}

Result<void> ClockGuard::accept(const ClockReading& now, std::optional<Time> newest_entry) {
    if (is_no_clock(now)) return error(before_any_ledger(now));
    return keep({now, newest_entry});
}

ClockGuard clock_guard_of(const Ledger& ledger) {
    return {ledger.place.directory, ledger.id, !ledger.place.brokers.empty()};
}

Result<std::string> check_clock(const Ledger& ledger, std::optional<Time> newest_entry) {
    if (ledger.sandbox) return std::string();
    auto belief = clock_guard_of(ledger).only_look(read_clocks(), newest_entry);
    if (!belief) return belief.error();
    return std::move(belief->doubt);
}

Result<void> accept_clock(const Ledger& ledger, std::optional<Time> newest_entry) {
    return clock_guard_of(ledger).accept(read_clocks(), newest_entry);
}

}  // namespace ledger
