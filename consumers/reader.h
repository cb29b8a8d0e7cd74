// One partition's reader, as a step machine: it judges what is read, record by record in the order
// of positions, and gives it on in batches. Where the judge stops it stays for good, before that
// record.
#pragma once

#include <functional>
#include <string>

#include "consumers/judged_batch.h"
#include "events/log/log.h"

namespace ledger {

// A partition is not read any further.
inline constexpr ErrorCode kNodeStopped{"stopped"};

class Reader {
public:
    Reader(PartitionId partition, Reading from)
        : partition_(partition), reading_(std::move(from)) {}

    const Reading& reading() const { return reading_; }
    // Why it reads no further, with the partition; empty: it does.
    const std::string& stopped() const { return stopped_; }
    // Somebody else says so. The first reason counts.
    void stop(const std::string& why);

    // Sees each record with the reading behind it. False ends the batch there; an Error too, and
    // is given on.
    using Visit = std::function<Result<bool>(const Judged& judged, const log::StoredRecord& stored,
                                             const Reading& after)>;
    // What was judged of the batch, which begins at the reading's next position or later: less
    // than all of it where the reader stops on the way, nothing where it has stopped before.
    Result<JudgedBatch> read(const log::ReadBatch& batch, const Visit& visit);

private:
    PartitionId partition_;
    Reading reading_;
    std::string stopped_;
};

// Of a reader's error and everything else about one partition.
std::string in_partition(PartitionId partition, const std::string& what);

}  // namespace ledger
