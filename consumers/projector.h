// The projector: a thread that folds judged records into the views and says how far they have come.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

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
    Projector(views::Rows& rows, std::vector<Position> from, std::function<void()> on_progress);
    ~Projector();

    // Waits while too many batches wait already. False: the projector has stopped.
    bool push(JudgedBatch batch);
    // Work that is not a fold, done in order behind what was pushed before.
    void run(std::function<void()> work);
    // The view has applied everything below this position.
    Position view_next(PartitionId partition) const;
    // Waits until the view covers everything below `position`; false when it has stopped or the
    // time is over.
    bool wait_for(PartitionId partition, Position position, std::chrono::milliseconds patience);
    // Writes what was pushed, then ends.
    void stop();
    // Why it does not go on; empty while all is well.
    std::string stopped() const;

private:
    void work();
    Result<void> fold(std::vector<JudgedBatch>& batches);

    views::Fold fold_;
    std::function<void()> on_progress_;
    std::vector<std::atomic<std::uint64_t>> view_next_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<JudgedBatch> waiting_;
    std::vector<std::function<void()>> errands_;
    std::string stopped_;
    bool ending_ = false;
    std::thread thread_;
};

}  // namespace ledger
