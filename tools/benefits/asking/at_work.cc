#include "tools/benefits/asking/at_work.h"

#include <unistd.h>

#include <algorithm>
#include <vector>

#include "consumers/newest_entry.h"
#include "consumers/views_only.h"
#include "tools/benefits/cli/output.h"
#include "tools/benefits/cli/progress.h"

namespace ledger::tools {

void say_notes(const Ledger& ledger) {
    for (const std::string& note : ledger.notes) say("benefits: " + note);
}

namespace {

Result<std::unique_ptr<AtWork>> open_somehow(const LedgerPlace& place, WriterSettings settings,
                                             bool to_seal) {
    auto ledger = open_ledger(place);
    if (!ledger) return ledger.error();
    // What can't be sealed can't be sent.
    if (to_seal && ledger->no_key) return *ledger->no_key;
    auto at_work = std::make_unique<AtWork>();
    at_work->ledger = std::move(*ledger);
    auto node = start_node(at_work->ledger, std::move(settings));
    say_notes(at_work->ledger);
    if (!node) return node.error();
    at_work->node = std::move(*node);
    return at_work;
}

}  // namespace

Result<std::unique_ptr<AtWork>> open_at_work(const LedgerPlace& place, WriterSettings settings) {
    return open_somehow(place, std::move(settings), true);
}

namespace {

// Between two looks at how far it has come.
constexpr std::chrono::milliseconds kCatchUpLook{250};

// Records that the views have read, of those up to `ends`.
Result<std::uint64_t> records_read(const Ledger& ledger, const std::vector<Position>& ends) {
    const auto rows = ledger.rows->snapshot();
    std::uint64_t read = 0;
    for (std::size_t i = 0; i < ends.size(); ++i) {
        const auto stands = views::find_reading(*rows, PartitionId{static_cast<std::uint32_t>(i)});
        if (!stands) return stands.error();
        read += std::min(number(stands->reading.next), number(ends[i]));
    }
    return read;
}

// Until the views cover the log as it is now. What goes on is waited for, however long it takes;
// after kCatchUpPatience without a record it is an Error. A partition that isn't read any further
// keeps no other from being read.
Result<void> read_to_the_end(const AtWork& at_work, StoppedPartition stopped) {
    const Ledger& ledger = at_work.ledger;
    std::vector<Position> ends;
    std::uint64_t all = 0;
    for (std::uint32_t i = 0; i < ledger.log->partitions(); ++i) {
        const auto end = ledger.log->end(PartitionId{i});
        if (!end) return end.error();
        ends.push_back(*end);
        all += number(*end);
    }
    const auto begun = records_read(ledger, ends);
    if (!begun) return begun.error();
    Progress progress("reading the log", "records");
    std::uint64_t before = *begun;
    std::chrono::milliseconds silence{0};
    std::vector<Error> found;  // one for each that stopped
    for (std::uint32_t i = 0; i < ends.size();) {
        const auto waited = at_work.node->wait_for(PartitionId{i}, ends[i], kCatchUpLook);
        const bool stops = !waited && waited.error().code == kNodeStopped;
        if (stops) found.push_back(waited.error());
        if (waited || stops) ++i;
        if (stops) continue;
        if (!waited && !waited.error().no_answer) return waited;
        const auto read = records_read(ledger, ends);
        if (!read) return read.error();
        silence =
            !waited && *read == before ? silence + kCatchUpLook : std::chrono::milliseconds{0};
        if (silence >= kCatchUpPatience) return waited;
        before = *read;
        progress.at(*read - *begun, all - *begun);
    }
    const bool fails = stopped == StoppedPartition::fails || found.size() == ends.size();
    if (!found.empty() && fails) return found.front();
    for (const Error& each : found)
        say("benefits: " + each.message + "; nothing behind it is known");
    return {};
}

}  // namespace

Result<std::unique_ptr<AtWork>> open_caught_up(const LedgerPlace& place, StoppedPartition stopped) {
    auto at_work = open_somehow(place, {}, false);
    if (!at_work) return at_work;
    if (const auto read = read_to_the_end(**at_work, stopped); !read) return read.error();
    return at_work;
}

namespace {

// Says that the log doesn't answer, and how old what the views hold is.
Result<Ledger> open_without_log(const LedgerPlace& place, const Error& failure) {
    if (!failure.no_answer || place.brokers.empty()) return failure;
    auto ledger = open_views_only(place, failure);
    if (!ledger) return failure;
    const auto newest = newest_in(*ledger->rows->snapshot(), ledger->log->partitions());
    say("benefits: " + failure.message);
    say("benefits: this is what the views of " + place.directory + " hold, " +
        (newest && *newest ? "up to entries of " + to_string(**newest)
                           : std::string("without any entry")) +
        "; what came later is not in it");
    say_notes(*ledger);
    return ledger;
}

}  // namespace

Result<Ledger> open_views(const LedgerPlace& place) {
    auto ledger = open_ledger(place);
    if (!ledger) return open_without_log(place, ledger.error());
    say_notes(*ledger);
    return ledger;
}

Result<std::unique_ptr<AtWork>> open_for_query(const LedgerPlace& place) {
    auto fresh = open_caught_up(place);
    if (fresh) return fresh;
    auto views = open_without_log(place, fresh.error());
    if (!views) return views.error();
    auto at_work = std::make_unique<AtWork>();
    at_work->ledger = std::move(*views);
    return at_work;
}

std::string node_name() {
    char host[256] = "";
    if (::gethostname(host, sizeof host - 1) != 0) host[0] = '\0';
    return std::string(host) + "/" + std::to_string(::getpid());
}

}  // namespace ledger::tools
