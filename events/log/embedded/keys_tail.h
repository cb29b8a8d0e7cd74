// The key store's witness beside it, DIR/keys.tail: its newest change, written after each. A store
// that lacks that change has lost keys, is an older copy, or is another's. Like the log's tail file
// it is written without fsync: after a power cut it may be behind the store, never ahead of it.
//
// Format: 56 bytes, big-endian: "BLK1", 1 for a put or 2 for a destruction (4), ledger id (16), key
// id (16), number of the change (8), digest of the 48 bytes before (8, record_digest).
#pragma once

#include <optional>
#include <string>

#include "events/key_list.h"

namespace ledger::log {

class KeysTail {
public:
    explicit KeysTail(const std::string& folder) : path_(folder + "/keys.tail") {}

    enum class Found { none, damaged, of_another_ledger, ours };
    // `change` is set for `ours` alone.
    Found read(Id128 ledger, KeyChange& change) const;
    // On a disk that is full or can't be written the older witness stays, which still says
    // something.
    void write(Id128 ledger, const KeyChange& change) const;

    const std::string& path() const { return path_; }

private:
    std::string path_;
};

}  // namespace ledger::log
