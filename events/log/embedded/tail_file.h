// The tail file: how far each partition had come when it was last acknowledged, written beside the
// log after every commit. It is the log's own witness: a log that ends earlier has lost records, or
// is an older copy. Written without fsync: it survives the process, and after a power cut it may be
// behind the log, never ahead of it.
//
// Format: one slot of 32 bytes a partition, big-endian: "BLT1", partition (4), end (8), digest of
// the record before the end (8), digest of the 24 bytes before (8). A slot of zeros is unwritten.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "events/bytes.h"
#include "events/result.h"

namespace ledger::log {

struct TailMark {
    std::uint64_t end = 0;
    std::uint64_t last_digest = 0;  // of the record at end - 1; 0 when there is none
    bool operator==(const TailMark&) const = default;
};

// Tells two records apart; no protection against intent, which is the tree's.
std::uint64_t record_digest(BytesView bytes);

class TailFile {
public:
    TailFile() = default;
    ~TailFile();
    TailFile(TailFile&& other) noexcept;
    TailFile& operator=(TailFile&& other) noexcept;

    // Opens the file, or makes one of unwritten slots.
    static Result<TailFile> open(const std::string& path, std::uint32_t partitions);

    // What was in it when it was opened; nothing for an unwritten slot.
    const std::vector<std::optional<TailMark>>& marks() const { return marks_; }
    // Partitions whose slot was damaged or cut off when it was opened.
    const std::vector<std::uint32_t>& damaged() const { return damaged_; }

    // Sets one partition's mark in memory; write() writes all.
    void set(std::uint32_t partition, const TailMark& mark);
    // False when the disk is full. Any other error ends the process: see disk_failure.h.
    bool write();

private:
    std::string path_;
    int file_ = -1;
    bool read_only_ = false;  // nothing may be written there: it is compared, and stays
    std::string slots_;
    std::vector<std::optional<TailMark>> marks_;
    std::vector<std::uint32_t> damaged_;
};

}  // namespace ledger::log
