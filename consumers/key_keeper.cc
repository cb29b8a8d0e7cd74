#include "consumers/key_keeper.h"

#include <pthread.h>

#include <algorithm>
#include <utility>

#include "events/crash_point.h"
#include "events/json/sealed_fields.h"
#include "events/record.h"

namespace ledger {
namespace {

// The data keys that the records' sealed texts need and no store has yet.
std::vector<Id128> new_keys_of(std::span<const Bytes> records, const Sealer& sealer) {
    std::vector<Id128> keys;
    if (!sealer.has_new()) return keys;
    for (const Bytes& bytes : records) {
        const RecordView record = decode_record(bytes);
        if (!record.body) continue;
        json::each_sealed(*record.body, [&](BytesView sealed) {
            const auto key = key_id_of(sealed);
            if (!key || !sealer.is_new(*key)) return;
            if (std::find(keys.begin(), keys.end(), *key) == keys.end()) keys.push_back(*key);
        });
    }
    return keys;
}

}  // namespace

KeyKeeper::KeyKeeper(log::Log& log, Sealer* sealer, std::function<void()> on_kept)
    : log_(log),
      sealer_(sealer),
      on_kept_(std::move(on_kept)),
      held_of_(log.partitions()),
      worker_([this] { work(); }) {}

KeyKeeper::~KeyKeeper() {
    bool at_work = false;
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        at_work = at_work_;
    }
    changed_.notify_all();
    if (at_work) sealer_->stop_waiting();
    worker_.join();
}

Result<void> KeyKeeper::append(PartitionId partition, std::vector<Bytes> records) {
    if (!sealer_) return hand_over(partition, records);
    std::vector<Id128> keys = new_keys_of(records, *sealer_);
    std::uint32_t& held = held_of_[number(partition)];
    if (keys.empty() && held == 0) return hand_over(partition, records);
    ++held;
    {
        const std::lock_guard lock(mutex_);
        waiting_.push_back({partition, std::move(records), std::move(keys), {}});
    }
    changed_.notify_all();
    return {};
}

std::vector<KeyKeeper::Lost> KeyKeeper::go_on() {
    std::vector<Batch> done;
    {
        const std::lock_guard lock(mutex_);
        done.swap(done_);
    }
    std::vector<Lost> lost;
    for (const Batch& batch : done) {
        --held_of_[number(batch.partition)];
        const auto handed = batch.kept ? hand_over(batch.partition, batch.records) : batch.kept;
        if (!handed) lost.push_back({batch.partition, handed.error()});
    }
    return lost;
}

Result<void> KeyKeeper::hand_over(PartitionId partition, const std::vector<Bytes>& records) {
    LEDGER_CRASH_POINT(before_append);
    auto appended = log_.append(partition, records);
    LEDGER_CRASH_POINT(after_append);
    return appended;
}

// The keys of all that waits are put together: one wait of the store for many.
void KeyKeeper::work() {
    ::pthread_setname_np(::pthread_self(), "keys");
    std::unique_lock lock(mutex_);
    while (true) {
        changed_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
        if (stopping_) return;
        std::deque<Batch> taken;
        taken.swap(waiting_);
        at_work_ = true;
        lock.unlock();
        std::vector<Id128> keys;
        for (const Batch& each : taken) keys.insert(keys.end(), each.keys.begin(), each.keys.end());
        const Result<void> kept = sealer_->keep(keys);
        lock.lock();
        at_work_ = false;
        for (Batch& each : taken) {
            if (!each.keys.empty()) each.kept = kept;
            done_.push_back(std::move(each));
        }
        on_kept_();
    }
}

}  // namespace ledger
