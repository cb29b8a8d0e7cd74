#include "events/log/kafka/tails.h"

#include <algorithm>

namespace ledger::log::kafka {
namespace {

// Answers noted where no cursor reads on; the oldest are nobody's concern any more.
constexpr std::size_t kToldMax = 256;

}  // namespace

Tails::Tails(std::uint32_t partitions, std::shared_ptr<NoticeBox> notices)
    : tails_(partitions), notices_(std::move(notices)) {}

std::optional<Position> Tails::exact_of(const Tail& tail, Position end) {
    if (end <= tail.read_to || number(end) == 0) return end;
    if (tail.holes_from < end && end <= tail.holes_to) return tail.holes_from;
    return {};
}

std::optional<Position> Tails::exact(PartitionId partition, Position end) const {
    const std::lock_guard lock(mutex_);
    return exact_of(tails_[number(partition)], end);
}

void Tails::read_to(PartitionId partition, Position after_last_record) {
    const std::lock_guard lock(mutex_);
    auto& tail = tails_[number(partition)];
    tail.read_to = std::max(tail.read_to, after_last_record);
    if (!tail.told.empty())
        std::erase_if(tail.told, [&](const Told& one) { return one.end <= tail.read_to; });
}

void Tails::nothing_between(PartitionId partition, Position after_last_record, Position end) {
    if (end <= after_last_record) return;
    const std::lock_guard lock(mutex_);
    auto& tail = tails_[number(partition)];
    if (end < tail.holes_to) return;
    // A cursor that started amid known holes doesn't know how far back they reach.
    tail.holes_from = after_last_record > tail.holes_to
                          ? after_last_record
                          : std::min(tail.holes_from, after_last_record);
    tail.holes_to = end;
    std::vector<Notice> corrected;
    std::erase_if(tail.told, [&](const Told& one) {
        const auto exact = exact_of(tail, one.end);
        if (!exact) return false;
        Notice notice;
        notice.kind = Notice::Kind::end_is;
        notice.partition = partition;
        notice.token = one.token;
        notice.end = *exact;
        corrected.push_back(std::move(notice));
        return true;
    });
    notices_->put(std::move(corrected));
}

void Tails::tell(std::vector<Notice> answers) {
    // Held until they are told, or a correction could come before what it corrects.
    const std::lock_guard lock(mutex_);
    for (auto& answer : answers) {
        if (answer.kind != Notice::Kind::end_is) continue;
        auto& tail = tails_[number(answer.partition)];
        if (const auto exact = exact_of(tail, answer.end)) {
            answer.end = *exact;
            continue;
        }
        if (tail.told.size() == kToldMax) tail.told.erase(tail.told.begin());
        tail.told.push_back({answer.token, answer.end});
    }
    notices_->put(std::move(answers));
}

}  // namespace ledger::log::kafka
