#include "tools/benefits/asking/at_work.h"

#include <unistd.h>

#include "consumers/newest_entry.h"
#include "consumers/views_only.h"
#include "tools/benefits/cli/output.h"

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

Result<std::unique_ptr<AtWork>> open_caught_up(const LedgerPlace& place) {
    auto at_work = open_somehow(place, {}, false);
    if (!at_work) return at_work;
    if (const auto read = (*at_work)->node->catch_up(kCatchUpPatience); !read) return read.error();
    return at_work;
}

namespace {

// Says that the log doesn't answer, and how old what the views hold is.
Result<Ledger> open_without_log(const LedgerPlace& place, const Error& failure) {
    if (!failure.no_answer || place.brokers.empty()) return failure;
    auto ledger = open_views_only(place, failure);
    if (!ledger) return failure;
    const auto newest = newest_entry(*ledger);
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
