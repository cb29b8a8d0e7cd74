#include "consumers/projector.h"

#include <pthread.h>

#include "events/limits.h"

namespace ledger {
namespace {

// One write holds so many records, or little more.
constexpr std::size_t kViewRecords = 8192;
// A full disk is looked at so often.
constexpr std::chrono::milliseconds kRoomLookEvery{100};

}  // namespace

Projector::Projector(views::Rows& rows, std::vector<Position> from,
                     std::function<void()> on_progress, StoresWitness witness,
                     std::chrono::milliseconds view_delay)
    : rows_(rows),
      fold_(rows),
      on_progress_(std::move(on_progress)),
      witness_(witness),
      view_delay_(view_delay),
      view_next_(from.size()) {
    for (std::size_t i = 0; i < from.size(); ++i) view_next_[i] = number(from[i]);
    thread_ = std::thread([this] { work(); });
}

Projector::~Projector() { stop(); }

bool Projector::has_room(std::chrono::milliseconds patience) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, patience, [&] {
        return waiting_.size() < limits::kProjectorQueueMaxBatches || !stopped_.empty();
    });
}

Result<void> Projector::push(JudgedBatch batch) {
    const std::lock_guard lock(mutex_);
    if (!stopped_.empty() || ending_) return error(stopped_);
    const bool first = waiting_.empty();
    const bool was_due = due();
    if (first) write_at_ = std::chrono::steady_clock::now() + view_delay_;
    waiting_records_ += batch.records.size();
    waiting_.push_back(std::move(batch));
    ++pushed_;
    // Each wake-up costs more than folding a record.
    if (first || (due() && !was_due)) changed_.notify_all();
    return {};
}

// Whether what waits is to be written now, whatever the time.
bool Projector::due() const {
    return !waiting_.empty() && (waiting_records_ >= kViewRecords || waiters_ > 0 || hurry_ ||
                                 ending_ || waiting_.size() >= limits::kProjectorQueueMaxBatches ||
                                 errands_.size() >= limits::kProjectorQueueMaxErrands);
}

bool Projector::errand_due() const {
    return !errands_.empty() &&
           (errands_.front().behind <= written_ || !paused_.empty() || !stopped_.empty());
}

void Projector::hurry() {
    const std::lock_guard lock(mutex_);
    if (hurry_) return;
    hurry_ = true;
    changed_.notify_all();
}

void Projector::run(Errand errand) {
    std::unique_lock lock(mutex_);
    LEDGER_CHECK(!ending_);
    changed_.wait(lock, [&] { return errands_.size() < limits::kProjectorQueueMaxErrands; });
    errands_.push_back({std::move(errand), pushed_});
    if (errand_due() || due()) changed_.notify_all();
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
    return came && view_next(partition) >= position;
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

std::string Projector::paused() const {
    const std::lock_guard lock(mutex_);
    return paused_;
}

Result<void> Projector::fold(const std::vector<JudgedBatch>& batches) {
    errands_since_write_ = false;
    for (const JudgedBatch& batch : batches)
        if (const auto added = fold_.add(batch.partition, batch.records, batch.after); !added)
            return added;
    witness_.put_news(fold_);
    return fold_.commit();
}

// False: the projector is to end, and there is none.
bool Projector::wait_for_room(const std::string& why) {
    std::unique_lock lock(mutex_);
    const bool news = paused_.empty();
    paused_ = why;
    changed_.notify_all();
    if (news) {
        lock.unlock();
        on_progress_();
        lock.lock();
    }
    const auto look_at = std::chrono::steady_clock::now() + kRoomLookEvery;
    do {
        changed_.wait_until(lock, look_at, [&] { return errand_due() || ending_; });
    } while (do_errands(lock));
    return !ending_;
}

void Projector::write(const std::vector<JudgedBatch>& batches) {
    auto done = fold(batches);
    while (!done && rows_.full() && wait_for_room(done.error().message)) done = fold_.commit();
    {
        const std::lock_guard lock(mutex_);
        paused_.clear();
        if (done) {
            written_ += batches.size();
            for (const JudgedBatch& batch : batches)
                view_next_[number(batch.partition)] = number(batch.after.next);
        } else {
            stopped_ = done.error().message;
            waiting_.clear();
        }
        changed_.notify_all();
    }
    on_progress_();
}

// Does those that are due; false: none was.
bool Projector::do_errands(std::unique_lock<std::mutex>& lock) {
    bool any = false;
    while (errand_due()) {
        const Errand errand = std::move(errands_.front().errand);
        if (errands_.size() == limits::kProjectorQueueMaxErrands) changed_.notify_all();
        errands_.pop_front();
        lock.unlock();
        errand();
        errands_since_write_ = true;
        lock.lock();
        any = true;
    }
    return any;
}

std::vector<JudgedBatch> Projector::take_batches() {
    std::vector<JudgedBatch> batches(std::make_move_iterator(waiting_.begin()),
                                     std::make_move_iterator(waiting_.end()));
    waiting_.clear();
    waiting_records_ = 0;
    hurry_ = false;
    changed_.notify_all();
    return batches;
}

void Projector::work() {
    ::pthread_setname_np(::pthread_self(), "views");
    while (true) {
        std::vector<JudgedBatch> batches;
        {
            std::unique_lock lock(mutex_);
            changed_.wait(lock, [&] { return errand_due() || !waiting_.empty() || ending_; });
            if (do_errands(lock)) continue;
            if (waiting_.empty()) break;
            if (!changed_.wait_until(lock, write_at_, [&] { return due() || errand_due(); }) ||
                due())
                batches = take_batches();
        }
        if (!batches.empty()) write(batches);
    }
    keep_news();
}

// What the last errands did to the stores beside the views is witnessed too. Where that can't be
// written, the next start knows no less than after the end of a process that was killed.
void Projector::keep_news() {
    if (!errands_since_write_ || !stopped().empty()) return;
    witness_.put_news(fold_);
    static_cast<void>(fold_.commit());
}

}  // namespace ledger
