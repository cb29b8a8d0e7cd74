// The frontier of a partition's Merkle tree: leaf n-1 is the record bytes of entry n, hashes as in
// RFC 6962 section 2.1, so that a root proves every entry that came before and a partition can be
// put into any transparency log. Adding a leaf costs one leaf hash and on average one node hash.
#pragma once

#include <cstdint>
#include <vector>

#include "events/sha256.h"

namespace ledger {

class Frontier {
public:
    void add(BytesView leaf);
    std::uint64_t size() const { return size_; }
    // The root of an empty tree is the SHA-256 of no bytes.
    Hash root() const;

    // Hashes of the perfect subtrees that make up the tree, largest first: one for each bit set in
    // size().
    const std::vector<Hash>& subtrees() const { return subtrees_; }
    // Back from what was stored. False when the hashes don't fit the size.
    static bool restore(std::uint64_t size, std::vector<Hash> subtrees, Frontier& out);

    bool operator==(const Frontier&) const = default;

private:
    std::uint64_t size_ = 0;
    std::vector<Hash> subtrees_;
};

}  // namespace ledger
