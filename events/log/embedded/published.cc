#include "events/log/embedded/published.h"

#include <algorithm>

namespace ledger::log {

Published::Published(std::vector<std::uint64_t> ends, std::size_t tail_max_bytes)
    : tail_max_bytes_(tail_max_bytes), tails_(ends.size()) {
    for (std::size_t i = 0; i < ends.size(); ++i) tails_[i].end = ends[i];
}

Published::~Published() { LEDGER_CHECK(waiters_.empty()); }

std::uint64_t Published::end(PartitionId partition) const {
    const std::lock_guard lock(mutex_);
    return tails_[number(partition)].end;
}

void Published::publish(std::span<const SharedChunk> chunks) {
    std::vector<SharedChunk> dropped;  // freed outside the lock
    const std::lock_guard lock(mutex_);
    for (const SharedChunk& chunk : chunks) {
        Tail& tail = tails_[number(chunk->partition())];
        LEDGER_CHECK(chunk->first() == tail.end);
        tail.end = chunk->end();
        tail.chunks.push_back(chunk);
        tail_bytes_ += chunk->memory_bytes();
        oldest_first_.push_back(number(chunk->partition()));
    }
    while (tail_bytes_ > tail_max_bytes_ && oldest_first_.size() > 1) {
        std::deque<SharedChunk>& oldest = tails_[oldest_first_.front()].chunks;
        oldest_first_.pop_front();
        tail_bytes_ -= oldest.front()->memory_bytes();
        dropped.push_back(std::move(oldest.front()));
        oldest.pop_front();
    }
    for (Waiter* waiter : waiters_) {
        if (!waiter->waiting) continue;
        for (const SharedChunk& chunk : chunks) {
            const auto& wanted = waiter->partitions;
            if (std::find(wanted.begin(), wanted.end(), chunk->partition()) == wanted.end())
                continue;
            waiter->condition.notify_one();
            break;
        }
    }
}

Published::Look Published::look(PartitionId partition, std::uint64_t position,
                                std::size_t max_records) const {
    const std::lock_guard lock(mutex_);
    const Tail& tail = tails_[number(partition)];
    Look look;
    look.end = tail.end;
    look.tail_first = tail.chunks.empty() ? tail.end : tail.chunks.front()->first();
    if (position >= look.end || position < look.tail_first) return look;
    auto chunk = std::upper_bound(
        tail.chunks.begin(), tail.chunks.end(), position,
        [](std::uint64_t at, const SharedChunk& each) { return at < each->first(); });
    std::uint64_t reached = position;
    for (--chunk; chunk != tail.chunks.end() && reached - position < max_records; ++chunk) {
        look.chunks.push_back(*chunk);
        reached = (*chunk)->end();
    }
    return look;
}

void Published::enter(Waiter& waiter) {
    const std::lock_guard lock(mutex_);
    waiters_.push_back(&waiter);
}

void Published::leave(Waiter& waiter) {
    const std::lock_guard lock(mutex_);
    waiters_.erase(std::find(waiters_.begin(), waiters_.end(), &waiter));
}

bool Published::behind(std::span<const Place> places) const {
    return std::any_of(places.begin(), places.end(), [&](const Place& place) {
        return place.next < tails_[number(place.partition)].end;
    });
}

bool Published::wait(Waiter& waiter, std::span<const Place> places,
                     std::chrono::steady_clock::time_point deadline) {
    std::unique_lock lock(mutex_);
    waiter.waiting = true;
    waiter.condition.wait_until(lock, deadline, [&] { return waiter.woken || behind(places); });
    waiter.waiting = false;
    const bool woken = waiter.woken;
    waiter.woken = false;
    return woken;
}

void Published::wake(Waiter& waiter) {
    const std::lock_guard lock(mutex_);
    waiter.woken = true;
    waiter.condition.notify_one();
}

}  // namespace ledger::log
