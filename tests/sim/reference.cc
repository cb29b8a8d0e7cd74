#include "tests/sim/reference.h"

#include <span>

namespace ledger::sim {
namespace {

Hash tree_hash(std::span<const Hash> leaves) {
    if (leaves.empty()) return sha256(BytesView{});
    if (leaves.size() == 1) return leaves.front();
    std::size_t split = 1;
    while (split * 2 < leaves.size()) split *= 2;
    const Hash left = tree_hash(leaves.first(split));
    const Hash right = tree_hash(leaves.subspan(split));
    return sha256(1, left, right);
}

constexpr Verdict kControl{VerdictKind::control, Why::none};

Verdict is_void(Why why) { return {VerdictKind::voided, why}; }

}  // namespace

Hash ReferenceJudge::root() const { return tree_hash(leaves_); }

Verdict ReferenceJudge::judge(const RecordView& record) {
    if (!begun_) {
        begun_ = record.genesis != nullptr;
        return begun_ ? kControl : Verdict{VerdictKind::stop, Why::no_genesis};
    }
    if (record.genesis) return is_void(Why::genesis_again);
    if (record.opened) return judge_claim(*record.opened);
    if (record.checkpoint) return judge_checkpoint(*record.checkpoint);
    if (record.closed) return judge_close(*record.closed);
    if (record.entry) return judge_entry(record);
    return is_void(Why::poison);
}

Verdict ReferenceJudge::judge_claim(const fb::WriterOpened& claim) {
    if (claim.epoch() <= epoch_) return is_void(Why::old_epoch);
    if (claim.epoch() != epoch_ + 1) return is_void(Why::claim_out_of_turn);
    epoch_ = claim.epoch();
    writer_ = id_of(*claim.writer());
    in_flight_ = claim.in_flight();
    opened_ = closed_ = false;
    return kControl;
}

Why ReferenceJudge::outside_the_term(std::uint64_t epoch, Id128 writer) const {
    if (epoch == 0 || epoch < epoch_) return Why::old_epoch;
    if (epoch > epoch_) return Why::future_epoch;
    if (writer != writer_) return Why::foreign_writer;
    return closed_ ? Why::term_closed : Why::none;
}

Verdict ReferenceJudge::judge_checkpoint(const fb::Checkpoint& checkpoint) {
    const Why why = outside_the_term(checkpoint.epoch(), id_of(*checkpoint.writer()));
    if (why != Why::none) return is_void(why);
    if (checkpoint.seq() != seq() && opened_) return is_void(Why::checkpoint_elsewhere);
    if (checkpoint.seq() != seq() || hash_of(*checkpoint.root()) != root())
        return {VerdictKind::stop, Why::divergence};
    opened_ = true;
    return kControl;
}

Verdict ReferenceJudge::judge_close(const fb::WriterClosed& close) {
    const Why why = outside_the_term(close.epoch(), id_of(*close.writer()));
    if (why != Why::none) return is_void(why);
    closed_ = true;
    return kControl;
}

Verdict ReferenceJudge::judge_entry(const RecordView& record) {
    const fb::Entry& entry = *record.entry;
    const Why why = outside_the_term(entry.epoch(), id_of(*entry.writer()));
    if (why != Why::none) return is_void(why);
    const bool next = opened_ && entry.seq() == seq() + 1;
    if (!next && entry.seq() > seq() + in_flight_) return {VerdictKind::stop, Why::too_far_ahead};
    if (!opened_) return is_void(Why::not_opened);
    if (entry.seq() <= seq()) return is_void(Why::repeat);
    if (!next) return is_void(Why::gap);
    leaves_.push_back(sha256(0, record.bytes));
    time_ = entry.time();
    return {VerdictKind::applied, Why::none};
}

}  // namespace ledger::sim
