// Why a node reads no further, all of it or a partition alone. Any thread.
#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "events/ids.h"

namespace ledger {

class Stops {
public:
    explicit Stops(std::uint32_t partitions) : alone_(partitions) {}

    // Of several reasons the first counts.
    void stop_all(const std::string& why) {
        const std::lock_guard lock(mutex_);
        if (all_.empty()) all_ = why;
    }
    void stop(PartitionId partition, const std::string& why) {
        const std::lock_guard lock(mutex_);
        std::string& known = alone_[number(partition)];
        if (known.empty()) known = why;
    }

    // Empty: it reads on.
    std::string why(PartitionId partition) const {
        const std::lock_guard lock(mutex_);
        return all_.empty() ? alone_[number(partition)] : all_;
    }
    // Of all of it, else of the first partition that has stopped.
    std::string any() const {
        const std::lock_guard lock(mutex_);
        if (!all_.empty()) return all_;
        for (const std::string& why : alone_)
            if (!why.empty()) return why;
        return {};
    }

private:
    mutable std::mutex mutex_;
    std::string all_;
    std::vector<std::string> alone_;
};

}  // namespace ledger
