// The projector: a thread that folds judged records into the views and says how far they have come.
// What comes is gathered for a while or up to kViewRecords, whichever is first, and written at once
// as soon as somebody waits for it: a partner that many of the gathered records touch is written
// once.
//
// Errands are work that is no fold. They are done on the same thread, in order, each when what was
// pushed before it is written; they end no gathering.
//
// A disk that is full pauses it: what was pushed stays, and is written when there is room, which it
// looks for by itself. Any other failure to fold or to write stops it for good: nothing more is
// taken. In both cases errands are done without waiting for what can't be written.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "consumers/sink.h"
#include "consumers/stores_witness.h"
#include "projections/fold.h"

namespace ledger {

// How far a view may lag behind the log when nobody waits for it.
inline constexpr std::chrono::milliseconds kViewDelay{50};

class Projector : public Sink {
public:
    using Errand = std::function<void()>;

    // `on_progress` is called on the projector's thread after each write, and when it pauses.
    Projector(views::Rows& rows, std::vector<Position> from, std::function<void()> on_progress,
              StoresWitness witness = StoresWitness(),
              std::chrono::milliseconds view_delay = kViewDelay);
    ~Projector() override;

    // While fewer than kProjectorQueueMaxBatches wait.
    bool has_room(std::chrono::milliseconds patience) override;
    Result<void> push(JudgedBatch batch) override;
    // Waits while kProjectorQueueMaxErrands wait. Not after stop().
    void run(Errand errand);
    // The view has applied everything below this position.
    Position view_next(PartitionId partition) const;
    // Writes what has been pushed so far without waiting for more.
    void hurry();
    // Waits until the view covers everything below `position`; false when it has stopped or the
    // time is over.
    bool wait_for(PartitionId partition, Position position, std::chrono::milliseconds patience);
    // Writes what was pushed, unless there is no room for it, and does all errands; then ends.
    void stop();
    // Why it has stopped for good; empty while it has not.
    std::string stopped() const;
    // Why it pauses; empty while it doesn't.
    std::string paused() const;

private:
    struct Waiting {
        Errand errand;
        std::uint64_t behind = 0;  // so many batches
    };

    void work();
    bool due() const;
    bool errand_due() const;
    bool do_errands(std::unique_lock<std::mutex>& lock);
    std::vector<JudgedBatch> take_batches();
    Result<void> fold(const std::vector<JudgedBatch>& batches);
    void write(const std::vector<JudgedBatch>& batches);
    bool wait_for_room(const std::string& why);
    void keep_news();

    views::Rows& rows_;
    views::Fold fold_;
    std::function<void()> on_progress_;
    StoresWitness witness_;
    const std::chrono::milliseconds view_delay_;
    std::vector<std::atomic<std::uint64_t>> view_next_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<JudgedBatch> waiting_;
    std::size_t waiting_records_ = 0;
    std::uint64_t pushed_ = 0;                        // batches
    std::uint64_t written_ = 0;                       // of them
    std::chrono::steady_clock::time_point write_at_;  // once something waits
    std::size_t waiters_ = 0;                         // in wait_for
    bool hurry_ = false;
    std::deque<Waiting> errands_;
    bool errands_since_write_ = false;  // the projector's thread alone
    std::string stopped_;
    std::string paused_;
    bool ending_ = false;
    std::thread thread_;
};

}  // namespace ledger
