// Records of one partition and one commit: one block of memory, each record at an 8-byte boundary.
// Made by append(), given its first position by the committer, shared read-only by cursors after.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "events/bytes.h"
#include "events/ids.h"
#include "events/log/log.h"

namespace ledger::log {

class Chunk {
public:
    static constexpr std::size_t kAlignmentBytes = alignof(std::uint64_t);
    struct Slice {
        std::uint32_t offset;
        std::uint32_t size;
    };
    static std::size_t padded(std::size_t bytes) {
        return (bytes + kAlignmentBytes - 1) / kAlignmentBytes * kAlignmentBytes;
    }

    explicit Chunk(PartitionId partition) : partition_(partition) {}
    // Takes over memory that is filled already: slices in order, each padded, nothing between them.
    Chunk(PartitionId partition, Position first, std::vector<std::uint8_t> arena,
          std::vector<Slice> slices)
        : partition_(partition),
          first_(number(first)),
          arena_(std::move(arena)),
          slices_(std::move(slices)) {}

    void reserve(std::size_t bytes) { arena_.reserve(bytes); }

    void add(BytesView record) {
        slices_.push_back(
            {static_cast<std::uint32_t>(arena_.size()), static_cast<std::uint32_t>(record.size())});
        arena_.insert(arena_.end(), record.begin(), record.end());
        arena_.resize(padded(arena_.size()));
    }

    void place(Position first) { first_ = number(first); }

    PartitionId partition() const { return partition_; }
    std::uint64_t first() const { return first_; }
    std::uint64_t end() const { return first_ + slices_.size(); }
    std::size_t size() const { return slices_.size(); }
    std::size_t bytes() const { return arena_.size(); }
    std::size_t memory_bytes() const {
        return arena_.capacity() + slices_.capacity() * sizeof(Slice) + sizeof(Chunk);
    }
    BytesView record(std::size_t index) const {
        return {arena_.data() + slices_[index].offset, slices_[index].size};
    }
    // Records [from, to) with their padding.
    BytesView records(std::size_t from, std::size_t to) const {
        const std::size_t end = to < slices_.size() ? slices_[to].offset : arena_.size();
        return {arena_.data() + slices_[from].offset, end - slices_[from].offset};
    }

private:
    PartitionId partition_;
    std::uint64_t first_ = 0;
    std::vector<std::uint8_t> arena_;
    std::vector<Slice> slices_;
};

using SharedChunk = std::shared_ptr<const Chunk>;

// `count` records of a chunk from `index` on, as a batch that keeps the chunk alive.
inline ReadBatch batch_of(const SharedChunk& chunk, std::size_t index, std::size_t count) {
    ReadBatch batch;
    batch.partition = chunk->partition();
    batch.records.reserve(count);
    for (std::size_t i = index; i < index + count; ++i)
        batch.records.push_back({Position{chunk->first() + i}, chunk->record(i)});
    batch.owner = chunk;
    return batch;
}

}  // namespace ledger::log
