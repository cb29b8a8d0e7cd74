// What the commands of one term are judged on: the partners they name and the ledger's own state,
// with every entry that was decided in this term, judged or not.
//
// A partner not kept is replayed from the view, so the view must have come to the beginning of the
// term: everything later is this writer's own, and kept until the view covers it. With each term
// all of it is thrown away, which is how entries that turned out void are forgotten.
#pragma once

#include <optional>

#include "aggregates/hot_partners.h"
#include "aggregates/writing/work.h"

namespace ledger::writing {

struct Decided {
    Ruling ruling;
    Time at;                        // the ledger's, that it was judged by
    std::uint64_t basis_seq = 0;    // of the last entry it was judged on
    HotPartner* partner = nullptr;  // null: the ledger's own
};

class Deciding {
public:
    // `genesis` is the partition's first record, aligned and verified; `history` outlives it.
    Deciding(PartitionId partition, BytesView genesis, History& history,
             std::size_t hot_partners_max);

    // Where reading begins: the view stands there.
    void start_at(Position next) { view_next_ = next; }
    // The view has applied everything below `next`.
    void view_at(Position next);
    // Whether the view has come to the beginning of the term.
    bool view_covers(Position term_start) const { return view_next_ >= term_start; }

    // A term begins.
    void forget();
    // Reads the ledger's own state where it isn't kept; before anything is decided. Error: the view
    // can't be read.
    Result<void> load_ledger();
    // `newest` is the time of the last entry, judged or not. The partner in what is returned stays
    // until the next trim(), and longer where an entry of it is added. Error: the view can't be
    // read.
    Result<Decided> decide(const Work& work, Time wall, Time newest);
    // The entry that was decided on is on its way: what comes next is judged on it too. What is
    // returned stays until the entry is judged and in the view, or until forget().
    KnownCommand& add(HotPartner* partner, const EntryHeader& header, const fb::Body& body);
    // Lets go of partners beyond the bound, as far as they are judged, up to the entry `seen_seq`,
    // and in the view.
    void trim(std::uint64_t seen_seq) { partners_.trim(view_next_, seen_seq); }

private:
    PartitionId partition_;
    Bytes genesis_;
    History& history_;
    Position view_next_{};
    HotPartners partners_;
    std::optional<HotLedger> ledger_;
};

}  // namespace ledger::writing
