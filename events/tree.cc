#include "events/tree.h"

#include <bit>

namespace ledger {
namespace {

constexpr std::uint8_t kLeafPrefix = 0x00;
constexpr std::uint8_t kNodePrefix = 0x01;

}  // namespace

void Frontier::add(BytesView leaf) {
    Hash hash = sha256(kLeafPrefix, leaf);
    for (std::uint64_t bits = size_; bits & 1; bits >>= 1) {
        hash = sha256(kNodePrefix, subtrees_.back(), hash);
        subtrees_.pop_back();
    }
    subtrees_.push_back(hash);
    ++size_;
}

Hash Frontier::root() const {
    if (subtrees_.empty()) return sha256(BytesView{});
    Hash hash = subtrees_.back();
    for (std::size_t i = subtrees_.size() - 1; i-- > 0;)
        hash = sha256(kNodePrefix, subtrees_[i], hash);
    return hash;
}

bool Frontier::restore(std::uint64_t size, std::vector<Hash> subtrees, Frontier& out) {
    if (subtrees.size() != static_cast<std::size_t>(std::popcount(size))) return false;
    out.size_ = size;
    out.subtrees_ = std::move(subtrees);
    return true;
}

}  // namespace ledger
