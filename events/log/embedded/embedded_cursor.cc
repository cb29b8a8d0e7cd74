#include "events/log/embedded/embedded_cursor.h"

#include <fmt/format.h>

#include <algorithm>

#include "events/log/embedded/frame.h"
#include "events/log/log.h"

namespace ledger::log {
namespace {

// One batch read from disk: bounds its memory where records are large.
constexpr std::size_t kScanBatchMaxBytes = 4 * 1024 * 1024;
// An iterator holds on to the files and write buffers of its time; let go now and then.
constexpr std::size_t kIteratorMaxBytes = 64 * 1024 * 1024;

}  // namespace

EmbeddedCursor::EmbeddedCursor(Published& published, const LogStore& store,
                               std::span<const ReadFrom> from)
    : published_(published), store_(store), scans_(from.size()) {
    for (const ReadFrom& each : from) {
        places_.push_back({each.partition, number(each.position)});
        waiter_.partitions.push_back(each.partition);
    }
    published_.enter(waiter_);
}

EmbeddedCursor::~EmbeddedCursor() { published_.leave(waiter_); }

void EmbeddedCursor::wake() { published_.wake(waiter_); }

Result<std::vector<ReadBatch>> EmbeddedCursor::poll(std::chrono::milliseconds patience,
                                                    std::size_t max_records) {
    std::vector<ReadBatch> batches;
    const auto deadline = std::chrono::steady_clock::now() + patience;
    bool last = patience.count() <= 0;
    while (true) {
        const auto gathered = gather(max_records, batches);
        if (!gathered) return gathered.error();
        if (!batches.empty() || last || max_records == 0) return batches;
        const bool woken = published_.wait(waiter_, places_, deadline);
        last = woken || std::chrono::steady_clock::now() >= deadline;
    }
}

Result<void> EmbeddedCursor::gather(std::size_t max_records, std::vector<ReadBatch>& out) {
    std::size_t left = max_records;
    const std::size_t first = turn_;
    for (std::size_t i = 0; i < places_.size() && left > 0; ++i) {
        const std::size_t index = (first + i) % places_.size();
        const auto got = gather_from(index, left, out);
        if (!got) return got.error();
        left -= *got;
        turn_ = (index + 1) % places_.size();
    }
    return {};
}

Result<std::size_t> EmbeddedCursor::gather_from(std::size_t index, std::size_t max_records,
                                                std::vector<ReadBatch>& out) {
    Published::Place& place = places_[index];
    const Published::Look look = published_.look(place.partition, place.next, max_records);
    if (place.next >= look.end) return std::size_t{0};
    if (look.chunks.empty())
        return scan(index, std::min(look.end, look.tail_first), max_records, out);
    scans_[index] = {};
    std::size_t got = 0;
    for (const SharedChunk& chunk : look.chunks) {
        const std::size_t from = place.next - chunk->first();
        const std::size_t count = std::min(chunk->size() - from, max_records - got);
        out.push_back(batch_of(chunk, from, count));
        place.next += count;
        got += count;
    }
    return got;
}

Result<std::size_t> EmbeddedCursor::scan(std::size_t index, std::uint64_t end,
                                         std::size_t max_records, std::vector<ReadBatch>& out) {
    Published::Place& place = places_[index];
    Scan& scan = scans_[index];
    if (scan.iterator && !scan.iterator->valid()) scan = {};
    if (!scan.iterator) {
        scan.iterator = store_.iterate(place.partition);
        scan.iterator->seek_before(position_key(place.next));
    }
    store::Cursor& at = *scan.iterator;
    std::size_t got = 0;
    std::size_t bytes = 0;
    while (at.valid() && place.next < end && got < max_records && bytes < kScanBatchMaxBytes) {
        const auto first = get_big_endian<std::uint64_t>(at.key());
        if (first > place.next) break;
        const auto chunk = read_frame(place.partition, Position{first}, at.value());
        if (!chunk || chunk->end() <= place.next) break;
        const std::size_t count =
            std::min(std::min(chunk->end(), end) - place.next, max_records - got);
        out.push_back(batch_of(chunk, place.next - first, count));
        place.next += count;
        got += count;
        bytes += chunk->bytes();
        if (place.next == chunk->end()) at.next();
    }
    if (got == 0) {
        const auto status = at.status();
        const std::string why = status.ok() ? "the record is missing" : status.why;
        scan = {};
        return error(
            kLogDamaged,
            fmt::format("the log at {} is damaged: record {} of partition {} can't be read ({}); "
                        "restore the log from a backup",
                        store_.place(), place.next, number(place.partition), why));
    }
    scan.read_bytes += bytes;
    if (scan.read_bytes > kIteratorMaxBytes) scan = {};
    return got;
}

}  // namespace ledger::log
