#include "aggregates/hot_partners.h"

namespace ledger {
namespace {

KnownCommand known(Position position, const fb::Entry& entry) {
    return {id_of(*entry.fingerprint()), entry.seq(), entry.version(), position};
}

// How many of the longest unused partners are looked at in one trim: a pinned one may stand among
// them.
constexpr int kTrimLooks = 64;

}  // namespace

HotPartners::HotPartners(PartitionId partition, History& history, std::size_t max_partners)
    : partition_(partition), history_(history), max_partners_(max_partners) {}

Result<HotPartner*> HotPartners::load(std::string_view partner) {
    if (const auto found = partners_.find(partner); found != partners_.end()) {
        by_use_.splice(by_use_.begin(), by_use_, found->second.used);
        return &found->second.partner;
    }
    HotPartner hot;
    const PartnerId id{std::string(partner)};
    hot.state = new_partner(id);
    const auto replayed =
        history_.replay(partition_, id, [&](Position position, const RecordView& record) {
            const fb::Entry& entry = *record.entry;
            evolve(hot.state, *record.body);
            hot.event_types.push_back(record.body->event_type());
            hot.commands.emplace(std::string(text_of(entry.command_id())), known(position, entry));
            hot.last_seq = entry.seq();
            hot.last_position = position;
        });
    if (!replayed) return replayed.error();
    const auto inserted = partners_.emplace(id.text(), Kept{std::move(hot), {}}).first;
    by_use_.push_front(&inserted->first);
    inserted->second.used = by_use_.begin();
    return &inserted->second.partner;
}

void HotPartners::trim(Position view_next, std::uint64_t judged_seq) {
    for (int looks = 0; looks < kTrimLooks && partners_.size() > max_partners_; ++looks) {
        const std::string* oldest = by_use_.back();
        const auto found = partners_.find(*oldest);
        const HotPartner& partner = found->second.partner;
        const bool in_view = partner.last_seq == 0 || partner.last_position < view_next;
        if (partner.last_seq <= judged_seq && in_view) {
            by_use_.pop_back();
            partners_.erase(found);
        } else {
            by_use_.splice(by_use_.begin(), by_use_, found->second.used);
        }
    }
}

void HotPartners::clear() {
    partners_.clear();
    by_use_.clear();
}

Result<HotLedger> load_ledger(PartitionId partition, const fb::Genesis& genesis, History& history) {
    HotLedger hot{from_genesis(genesis), {}, 0};
    const auto replayed =
        history.replay(partition, PartnerId{}, [&](Position position, const RecordView& record) {
            const fb::Entry& entry = *record.entry;
            evolve(hot.state, *record.body);
            hot.commands.emplace(std::string(text_of(entry.command_id())), known(position, entry));
            hot.last_seq = entry.seq();
        });
    if (!replayed) return replayed.error();
    return hot;
}

}  // namespace ledger
