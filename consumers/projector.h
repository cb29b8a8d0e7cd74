// The projector: a thread that folds judged records into the views and says how far they have come.
// What comes is gathered for kViewDelay or kViewRecords, whichever is first, and written at once as
// soon as somebody waits for it: a partner that many of the gathered records touch is written once.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "consumers/stores_witness.h"
#include "events/reading.h"
#include "projections/fold.h"

namespace ledger {

// Records of one partition, judged; `owner` keeps their bytes.
struct JudgedBatch {
    PartitionId partition{};
    std::vector<Judged> records;
    std::shared_ptr<const void> owner;
    Reading after;
};

class Projector {
public:
    // `on_progress` is called on the projector's thread after each write.
    Projector(views::Rows& rows, std::vector<Position> from, std::function<void()> on_progress,
              StoresWitness witness = StoresWitness());
    ~Projector();

    // Waits while too many batches wait already. False: the projector has stopped.
    bool push(JudgedBatch batch);
    // Work that is not a fold, done in order behind what was pushed before.
    void run(std::function<void()> work);
    // The view has applied everything below this position.
    Position view_next(PartitionId partition) const;
    // Writes what has been pushed so far without waiting for more.
    void hurry();
    // Waits until the view covers everything below `position`; false when it has stopped or the
    // time is over.
    bool wait_for(PartitionId partition, Position position, std::chrono::milliseconds patience);
    // Writes what was pushed, then ends.
    void stop();
    // Why it does not go on; empty while all is well.
    std::string stopped() const;

private:
    void work();
    bool due() const;
    Result<void> fold(std::vector<JudgedBatch>& batches);

    views::Fold fold_;
    std::function<void()> on_progress_;
    StoresWitness witness_;
    std::vector<std::atomic<std::uint64_t>> view_next_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<JudgedBatch> waiting_;
    std::size_t waiting_records_ = 0;
    std::chrono::steady_clock::time_point write_at_;  // once something waits
    std::size_t waiters_ = 0;                         // in wait_for
    bool hurry_ = false;
    std::vector<std::function<void()>> errands_;
    std::string stopped_;
    bool ending_ = false;
    std::thread thread_;
};

}  // namespace ledger
