#include "consumers/due_watch.h"

#include <pthread.h>

#include "consumers/wall_clock.h"

namespace ledger {
namespace {

// How often the clock is looked at.
constexpr std::chrono::milliseconds kNap{1'000};
constexpr std::chrono::milliseconds kCatchUpPatience{120'000};

}  // namespace

DueWatch::DueWatch(const Ledger& ledger, Node& node, std::function<void(const std::string&)> say)
    : ledger_(ledger), node_(node), say_(std::move(say)) {
    if (!ledger.sandbox && !ledger.closed) thread_ = std::thread([this] { watch(); });
}

DueWatch::~DueWatch() {
    stop();
    if (thread_.joinable()) thread_.join();
}

void DueWatch::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopped_ = true;
    }
    changed_.notify_all();
}

bool DueWatch::stopped() {
    const std::lock_guard lock(mutex_);
    return stopped_;
}

void DueWatch::watch() {
    ::pthread_setname_np(::pthread_self(), "deadlines");
    DueHours hours;
    // What it has found stays in memory from day to day.
    Deadlines deadlines(*ledger_.rows, node_, {.goes_on = [this] { return !stopped(); }});
    std::string told;
    std::unique_lock lock(mutex_);
    while (!stopped_) {
        lock.unlock();
        if (const auto sought = hours.look(wall_clock())) {
            const auto looked = look(deadlines, *sought);
            if (looked)
                hours.went_well();
            else
                hours.failed(wall_clock());
            // One trouble is told once, however often it is met.
            const std::string trouble = looked ? std::string() : looked.error().message;
            if (!trouble.empty() && trouble != told && !stopped()) say_(trouble);
            told = trouble;
        }
        lock.lock();
        changed_.wait_for(lock, kNap, [this] { return stopped_; });
    }
}

Result<void> DueWatch::look(Deadlines& deadlines, const DueLook& look) {
    // A partition that isn't read any further keeps the others from nothing.
    const auto read = node_.catch_up(kCatchUpPatience);
    if (!read && read.error().code != kNodeStopped) return read;
    const auto goes_on = [this](PartitionId partition) { return node_.stopped(partition).empty(); };
    deadlines.look_anew();
    if (const auto issued = deadlines.issue_through(look.by_anybody, goes_on); !issued)
        return issued;
    // An embedded ledger has one process, which serves all of it.
    const bool serves_all = ledger_.place.brokers.empty();
    const auto issued = deadlines.issue_through(look.by_server, [&](PartitionId partition) {
        return goes_on(partition) && (serves_all || node_.serves(partition));
    });
    return issued ? read : issued;
}

}  // namespace ledger
