// What is known of the last record of each partition.
//
// A broker's end of a partition is one past everything, the markers of transactions included; the
// port's end is one past the last record. They differ when a stray transaction was the last to end.
// A reader that waits for a record before such a marker's end would wait for ever. Cursors tell
// what they see here: then the exact end is known, and an end told too far before is told again.
//
// Any thread. Shared by a log and its cursors, which may outlive it.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "events/log/kafka/notice_box.h"

namespace ledger::log::kafka {

class Tails {
public:
    Tails(std::uint32_t partitions, std::shared_ptr<NoticeBox> notices);

    // A cursor read everything before `after_last_record`, and a record stands right before it.
    void read_to(PartitionId partition, Position after_last_record);
    // A cursor found nothing but holes from `after_last_record` (or where it started) to `end`.
    void nothing_between(PartitionId partition, Position after_last_record, Position end);

    // One past the last record before the broker's end; nothing when no cursor has been there.
    std::optional<Position> exact(PartitionId partition, Position end) const;

    // Puts answers into the box: the exact end where it is known, else the broker's. That one is
    // remembered, and told again under the same token when it turns out that the exact one is less.
    void tell(std::vector<Notice> answers);

private:
    struct Told {
        std::uint64_t token = 0;
        Position end{};
    };
    struct Tail {
        Position read_to{};
        Position holes_from{};  // the last holes known: [from, to)
        Position holes_to{};
        std::vector<Told> told;  // beyond what was read
    };

    static std::optional<Position> exact_of(const Tail& tail, Position end);

    mutable std::mutex mutex_;
    std::vector<Tail> tails_;
    std::shared_ptr<NoticeBox> notices_;
};

}  // namespace ledger::log::kafka
