#include "consumers/due_watch.h"

#include <pthread.h>

#include "consumers/wall_clock.h"

namespace ledger {
namespace {

// How often the day is looked at.
constexpr std::chrono::milliseconds kNap{1'000};
constexpr std::chrono::milliseconds kCatchUpPatience{120'000};

}  // namespace

DueWatch::DueWatch(const Ledger& ledger, Node& node, std::function<void(const std::string&)> say)
    : ledger_(ledger), node_(node), say_(std::move(say)) {
    if (!ledger.sandbox && ledger.closed.empty()) thread_ = std::thread([this] { watch(); });
}

DueWatch::~DueWatch() {
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void DueWatch::watch() {
    ::pthread_setname_np(::pthread_self(), "deadlines");
    Deadlines deadlines(ledger_, node_);
    DueHours hours;
    std::string told;
    std::unique_lock lock(mutex_);
    while (!ending_) {
        lock.unlock();
        if (const auto sought = hours.look(wall_clock())) {
            const auto looked = look(deadlines, *sought);
            if (!looked) hours.failed(wall_clock());
            // One trouble is told once, however often it is met.
            const std::string trouble = looked ? std::string() : looked.error().message;
            if (!trouble.empty() && trouble != told) say_(trouble);
            told = trouble;
        }
        lock.lock();
        changed_.wait_for(lock, kNap, [this] { return ending_; });
    }
}

Result<void> DueWatch::look(Deadlines& deadlines, const DueLook& look) {
    if (const auto read = node_.catch_up(kCatchUpPatience); !read) return read;
    if (const auto issued = deadlines.issue_through(look.by_anybody); !issued) return issued;
    // An embedded ledger has one process, which serves all of it.
    if (ledger_.place.brokers.empty()) return deadlines.issue_through(look.by_server);
    return deadlines.issue_through(
        look.by_server, [this](PartitionId partition) { return node_.serves(partition); });
}

}  // namespace ledger
