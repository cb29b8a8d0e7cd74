// Looks at the end of RocksDB's newest write-ahead log before it is opened. RocksDB drops an
// unfinished last record without a word; we report it. Reads the framing only (RocksDB's log
// format: 32 KiB blocks of records with a header of checksum 4, length 2, type 1), not the content.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace ledger::store {

struct TornTail {
    std::string file;
    std::uint64_t at_bytes = 0;       // where the unfinished record begins
    std::uint64_t dropped_bytes = 0;  // from there to the end of the file
};

// Nothing when the newest file ends cleanly, or there is none.
std::optional<TornTail> find_torn_tail(const std::string& place);

// Number of the newest write-ahead log; 0 when there is none.
std::uint64_t newest_wal_number(const std::string& place);

}  // namespace ledger::store
