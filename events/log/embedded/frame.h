// A frame: what one row of the log's RocksDB holds, some records in a row. Reading a row costs the
// same however much stands in it, so records that were committed together are read together.
//
// Format, numbers little-endian: number of records (4), size of each (4 each), zeros up to a
// multiple of 8, then the records, each with zeros up to a multiple of 8.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "events/log/embedded/chunk.h"

namespace ledger::log {

// A frame holds as many records as this has room for, or one that is larger.
inline constexpr std::size_t kFrameMaxBytes = std::size_t{64} * 1024;

// One past the last record of the frame that begins with record `from` of the chunk.
std::size_t frame_end(const Chunk& chunk, std::size_t from);
// What stands before the records [from, to).
std::string frame_header(const Chunk& chunk, std::size_t from, std::size_t to);

// How many records are in a frame; 0: it is damaged.
std::size_t frame_size(std::string_view frame);
// Null: the frame is damaged.
std::shared_ptr<Chunk> read_frame(PartitionId partition, Position first, std::string_view frame);

}  // namespace ledger::log
