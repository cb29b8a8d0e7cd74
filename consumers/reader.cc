#include "consumers/reader.h"

#include <utility>
#include <vector>

namespace ledger {
namespace {

// Records whose bytes lie at odd addresses are copied to even ones.
class Alignment {
public:
    BytesView take(BytesView bytes) {
        if (is_aligned(bytes)) return bytes;
        if (!copies_) copies_ = std::make_shared<std::vector<Bytes>>();
        copies_->emplace_back(bytes.begin(), bytes.end());
        return copies_->back();
    }

    // Keeps the copies too.
    std::shared_ptr<const void> owner(std::shared_ptr<const void> of_batch) {
        if (!copies_) return of_batch;
        using Both = std::pair<std::shared_ptr<const void>, std::shared_ptr<std::vector<Bytes>>>;
        return std::make_shared<Both>(std::move(of_batch), std::move(copies_));
    }

private:
    std::shared_ptr<std::vector<Bytes>> copies_;
};

}  // namespace

std::string in_partition(PartitionId partition, const std::string& what) {
    return "partition " + std::to_string(number(partition)) + " " + what;
}

void Reader::stop(const std::string& why) {
    if (stopped_.empty()) stopped_ = why;
}

Result<JudgedBatch> Reader::read(const log::ReadBatch& batch, const Visit& visit) {
    JudgedBatch judged{partition_, {}, {}, {}};
    Alignment alignment;
    if (stopped_.empty()) judged.records.reserve(batch.records.size());
    for (const log::StoredRecord& stored : batch.records) {
        if (!stopped_.empty()) break;
        const auto next = read_next(reading_, stored.position, alignment.take(stored.bytes));
        if (!next) {
            stop(in_partition(partition_, next.error().message));
            break;
        }
        judged.records.push_back(*next);
        const auto goes_on = visit(*next, stored, reading_);
        if (!goes_on) return goes_on.error();
        if (!*goes_on) break;
    }
    judged.owner = alignment.owner(batch.owner);
    judged.after = reading_;
    return judged;
}

}  // namespace ledger
