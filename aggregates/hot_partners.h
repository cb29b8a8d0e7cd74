// Partners replayed and kept, with what the writer has decided for them and not yet seen judged.
// Lives as long as a term: what another writer might have added in between is never missed, because
// a new term starts with none. A partner is pinned until the view covers its last entry, so that
// replaying its history again finds all of it.
#pragma once

#include <cstdint>
#include <list>
#include <string>
#include <unordered_map>
#include <vector>

#include "aggregates/answer_of.h"
#include "aggregates/ports.h"
#include "events/text_map.h"

namespace ledger {

// What the commands of one partner are judged on.
struct HotPartner {
    PartnerState state;
    std::vector<fb::Event> event_types;  // of version 1, 2, ...
    TextMap<KnownCommand> commands;
    std::uint64_t last_seq = 0;  // of its last entry, judged or not
    Position last_position{};    // of its last judged entry
};

// The same for the ledger itself in this partition.
struct HotLedger {
    LedgerState state;
    TextMap<KnownCommand> commands;
    std::uint64_t last_seq = 0;
};

class HotPartners {
public:
    HotPartners(PartitionId partition, History& history, std::size_t max_partners);

    // The partner as replayed, or as kept. The pointer holds until trim() or clear() lets go of it.
    Result<HotPartner*> load(std::string_view partner);
    // Lets go of the longest unused partners beyond the bound whose entries are all below
    // `view_next` and judged.
    void trim(Position view_next, std::uint64_t judged_seq);
    void clear();
    std::size_t size() const { return partners_.size(); }

private:
    struct Kept {
        HotPartner partner;
        std::list<const std::string*>::iterator used;
    };

    PartitionId partition_;
    History& history_;
    std::size_t max_partners_;
    TextMap<Kept> partners_;
    std::list<const std::string*> by_use_;  // most recent first
};

// The ledger's own state in a partition: the genesis and every ledger entry since.
Result<HotLedger> load_ledger(PartitionId partition, const fb::Genesis& genesis, History& history);

}  // namespace ledger
