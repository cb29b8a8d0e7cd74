#include "consumers/projector.h"

#include <pthread.h>

#include "events/limits.h"

namespace ledger {
namespace {

// A view may lag so far behind the log when nobody waits for it.
constexpr std::chrono::milliseconds kViewDelay{50};
// One write holds so many records, or little more.
constexpr std::size_t kViewRecords = 8192;

}  // namespace

Projector::Projector(views::Rows& rows, std::vector<Position> from,
                     std::function<void()> on_progress, StoresWitness witness)
    : fold_(rows),
      on_progress_(std::move(on_progress)),
      witness_(witness),
      view_next_(from.size()) {
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
    const bool first = waiting_.empty();
    const bool was_due = due();
    if (first) write_at_ = std::chrono::steady_clock::now() + kViewDelay;
    waiting_records_ += batch.records.size();
    waiting_.push_back(std::move(batch));
    // Each wake-up costs more than folding a record.
    if (first || (due() && !was_due)) changed_.notify_all();
    return true;
}

// Whether what waits is to be written now, whatever the time.
bool Projector::due() const {
    return !waiting_.empty() && (waiting_records_ >= kViewRecords || waiters_ > 0 || hurry_ ||
                                 ending_ || waiting_.size() >= limits::kProjectorQueueMaxBatches);
}

void Projector::hurry() {
    const std::lock_guard lock(mutex_);
    if (hurry_) return;
    hurry_ = true;
    changed_.notify_all();
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
    if (waiters_++ == 0) changed_.notify_all();
    const bool came = changed_.wait_for(
        lock, patience, [&] { return view_next(partition) >= position || !stopped_.empty(); });
    --waiters_;
    return came && stopped_.empty();
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
    witness_.put_news(fold_);
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
            if (!waiting_.empty() && errands_.empty())
                changed_.wait_until(lock, write_at_, [&] { return due() || !errands_.empty(); });
            if (waiting_.empty() && errands_.empty()) return;
            batches.assign(std::make_move_iterator(waiting_.begin()),
                           std::make_move_iterator(waiting_.end()));
            waiting_.clear();
            waiting_records_ = 0;
            hurry_ = false;
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
