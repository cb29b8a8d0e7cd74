#include "consumers/clock_guard.h"

#include <time.h>

#include <charconv>
#include <fstream>
#include <sstream>

#include "consumers/ledger.h"
#include "consumers/wall_clock.h"
#include "events/durable_file.h"

namespace ledger {
namespace {

// Smaller changes of what is known are not worth a write.
constexpr std::chrono::minutes kWorthWriting{1};

std::string path_of(const Ledger& ledger) { return ledger.place.directory + "/clock"; }

std::string span_in_words(std::chrono::milliseconds span) {
    const std::int64_t minutes = std::chrono::duration_cast<std::chrono::minutes>(span).count();
    if (minutes < 120) return std::to_string(minutes) + " minutes";
    if (minutes < 48 * 60) return std::to_string(minutes / 60) + " hours";
    return std::to_string(minutes / (24 * 60)) + " days";
}

std::string print_seen(const ClockSeen& seen) {
    return "boot " + seen.reading.boot + "\nsince-boot " +
           std::to_string(seen.reading.since_boot_ms) + "\nwall " +
           std::to_string(seen.reading.wall_ms) + "\naccepted-behind " +
           std::to_string(seen.accepted_behind.milliseconds) + "\n";
}

std::optional<ClockSeen> parse_seen(const std::string& text) {
    std::istringstream words(text);
    std::string boot, since_boot, wall, behind;
    ClockSeen seen;
    words >> boot >> seen.reading.boot >> since_boot >> seen.reading.since_boot_ms >> wall >>
        seen.reading.wall_ms >> behind >> seen.accepted_behind.milliseconds;
    if (!words || boot != "boot" || since_boot != "since-boot" || wall != "wall" ||
        behind != "accepted-behind")
        return std::nullopt;
    return seen;
}

// A file that can't be understood is as good as none: the next one is written over it.
Result<std::optional<ClockSeen>> read_seen(const Ledger& ledger) {
    const auto text = read_file(path_of(ledger));
    if (!text) return text.error();
    return *text ? parse_seen(**text) : std::nullopt;
}

bool says_something_new(const std::optional<ClockSeen>& seen, const ClockReading& now) {
    if (!seen) return true;
    const auto jump = jump_between(seen->reading, now);
    return !jump || *jump > kWorthWriting || -*jump > kWorthWriting;
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

std::optional<std::chrono::milliseconds> jump_between(const ClockReading& before,
                                                      const ClockReading& after) {
    if (before.boot.empty() || before.boot != after.boot) return std::nullopt;
    return std::chrono::milliseconds{(after.wall_ms - before.wall_ms) -
                                     (after.since_boot_ms - before.since_boot_ms)};
}

std::optional<std::string> clock_doubt_by_log(Time sent, Time taken, Time read_back) {
    const std::chrono::milliseconds ahead{sent.milliseconds - taken.milliseconds};
    const std::chrono::milliseconds behind{taken.milliseconds - read_back.milliseconds};
    if (std::max(ahead, behind) <= kClockDoubt) return std::nullopt;
    return "the machine's clock says " + to_string(read_back) + ", " +
           span_in_words(std::max(ahead, behind)) + (ahead > behind ? " after" : " before") +
           " the broker's, by which it was " + to_string(taken) +
           "; nothing is written: set the one that is wrong right";
}

std::optional<std::string> clock_doubt(const std::optional<ClockSeen>& seen,
                                       const ClockReading& now, Time newest_entry) {
    const std::string what_to_do =
        "; nothing is written: set the clock right, or say with 'benefits clock accept' that it is";
    const std::string stands = "the machine's clock says " + to_string(Time{now.wall_ms});
    const auto jump = seen ? jump_between(seen->reading, now) : std::nullopt;
    if (jump && *jump > kClockDoubt)
        return stands + " and has gone forward " + span_in_words(*jump) +
               " more than passed since it was seen last" + what_to_do;
    if (jump && -*jump > kClockDoubt)
        return stands + " and has gone back " + span_in_words(-*jump) + " since it was seen last" +
               what_to_do;
    const std::chrono::milliseconds behind{newest_entry.milliseconds - now.wall_ms};
    if (behind > kClockDoubt && (!seen || seen->accepted_behind < newest_entry))
        return stands + ", " + span_in_words(behind) + " before the ledger's newest entry, of " +
               to_string(newest_entry) + what_to_do;
    return std::nullopt;
}

Result<Time> newest_entry(const Ledger& ledger) {
    Time newest;
    for (std::uint32_t i = 0; i < ledger.log->partitions(); ++i) {
        const auto stored = views::find_reading(*ledger.rows, PartitionId{i});
        if (!stored) return stored.error();
        newest = std::max(newest, Time{stored->reading.judge.time});
    }
    return newest;
}

Result<std::optional<std::string>> check_clock(const Ledger& ledger) {
    if (ledger.sandbox) return std::optional<std::string>();
    const auto seen = read_seen(ledger);
    if (!seen) return seen.error();
    const auto newest = newest_entry(ledger);
    if (!newest) return newest.error();
    const ClockReading now = read_clocks();
    auto doubt = clock_doubt(*seen, now, *newest);
    if (doubt || !says_something_new(*seen, now)) return doubt;
    const Time behind = *seen ? (*seen)->accepted_behind : Time{};
    if (const auto kept = write_durably(path_of(ledger), print_seen({now, behind})); !kept)
        return kept.error();
    return doubt;
}

Result<void> accept_clock(const Ledger& ledger) {
    const auto newest = newest_entry(ledger);
    if (!newest) return newest.error();
    return write_durably(path_of(ledger), print_seen({read_clocks(), *newest}));
}

}  // namespace ledger
