#include "consumers/projector.h"

#include <pthread.h>

#include "events/limits.h"

namespace ledger {

Projector::Projector(views::Rows& rows, std::vector<Position> from,
                     std::function<void()> on_progress)
    : fold_(rows), on_progress_(std::move(on_progress)), view_next_(from.size()) {
    for (std::size_t i = 0; i < from.size(); ++i) view_next_[i] = number(from[i]);
    thread_ = std::thread([this] { work(); });
}

Projector::~Projector() { stop(); }

bool Projector::push(JudgedBatch batch) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] {
        return waiting_.size() < limits::kProjectorQueueMaxBatches || !stopped_.empty() || ending_;
    });
    if (!stopped_.empty() || ending_) return false;
    waiting_.push_back(std::move(batch));
    changed_.notify_all();
    return true;
}

void Projector::run(std::function<void()> work) {
    const std::lock_guard lock(mutex_);
    errands_.push_back(std::move(work));
    changed_.notify_all();
}

Position Projector::view_next(PartitionId partition) const {
    return Position{view_next_[number(partition)].load()};
}

bool Projector::wait_for(PartitionId partition, Position position,
                         std::chrono::milliseconds patience) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, patience, [&] {
        return view_next(partition) >= position || !stopped_.empty();
    }) && stopped_.empty();
}

void Projector::stop() {
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
        changed_.notify_all();
    }
    if (thread_.joinable()) thread_.join();
}

std::string Projector::stopped() const {
    const std::lock_guard lock(mutex_);
    return stopped_;
}

Result<void> Projector::fold(std::vector<JudgedBatch>& batches) {
    for (const JudgedBatch& batch : batches)
        if (const auto added = fold_.add(batch.partition, batch.records, batch.after); !added)
            return added;
    return fold_.commit();
}

void Projector::work() {
    ::pthread_setname_np(::pthread_self(), "views");
    std::vector<JudgedBatch> batches;
    std::vector<std::function<void()>> errands;
    while (true) {
        {
            std::unique_lock lock(mutex_);
            changed_.wait(lock, [&] { return !waiting_.empty() || !errands_.empty() || ending_; });
            if (waiting_.empty() && errands_.empty()) return;
            batches.assign(std::make_move_iterator(waiting_.begin()),
                           std::make_move_iterator(waiting_.end()));
            waiting_.clear();
            errands.swap(errands_);
            changed_.notify_all();
        }
        for (const auto& errand : errands) errand();
        errands.clear();
        if (batches.empty()) continue;
        const auto folded = fold(batches);
        {
            const std::lock_guard lock(mutex_);
            if (!folded) stopped_ = folded.error().message;
            for (const JudgedBatch& batch : batches)
                if (folded) view_next_[number(batch.partition)] = number(batch.after.next);
            changed_.notify_all();
        }
        batches.clear();
        on_progress_();
        if (!folded) return;
    }
}

}  // namespace ledger
