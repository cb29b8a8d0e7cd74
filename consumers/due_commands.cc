#include "consumers/due_commands.h"

#include <map>

#include "events/partition.h"
#include "projections/anchors.h"
#include "projections/queries.h"

namespace ledger {
namespace {

class DueSearch {
public:
    DueSearch(const views::Snapshot& rows, std::uint32_t partitions, const DueSought& sought)
        : rows_(rows), partitions_(partitions), sought_(sought) {}

    // False: nothing further on is due earlier than what was found.
    Result<bool> look_at(std::string_view key);
    std::optional<DueDay> found() { return std::move(found_); }

private:
    Result<void> add_next_of(const PartnerId& partner, PartitionId partition);
    Result<const LedgerState*> ledger_in(PartitionId partition);
    void add(const deadlines::Due& due, const std::string& partner, std::string id);

    const views::Snapshot& rows_;
    const std::uint32_t partitions_;
    const DueSought& sought_;
    std::map<PartitionId, LedgerState> ledgers_;
    // One partner may have many anchors, and what is next of it is the same from each.
    std::set<std::string, std::less<>> looked_at_;
    std::optional<DueDay> found_;
};

Result<bool> DueSearch::look_at(std::string_view key) {
    const auto anchor = views::parse_anchor_key(key);
    if (!anchor)
        return error(views::kRowDamaged,
                     "a row of the index of due dates is damaged; run 'benefits rebuild'");
    if (sought_.through < anchor->on || (found_ && found_->on < anchor->on)) return false;
    const PartnerId partner{std::string(anchor->partner)};
    const PartitionId partition = partition_of(partner, partitions_);
    if (sought_.wanted && !sought_.wanted(partition)) return true;
    if (!looked_at_.insert(partner.text()).second) return true;
    if (const auto added = add_next_of(partner, partition); !added) return added.error();
    return true;
}

Result<void> DueSearch::add_next_of(const PartnerId& partner, PartitionId partition) {
    const auto ledger = ledger_in(partition);
    if (!ledger) return ledger.error();
    const auto state = views::find_partner(rows_, partner);
    if (!state) return state.error();
    if (!*state)
        return error(views::kRowDamaged, "the index of due dates names partner '" + partner.text() +
                                             "', who isn't there; run 'benefits rebuild'");
    for (const deadlines::Due& due :
         deadlines::due(**state, Policies((*ledger)->policies), sought_.through)) {
        std::string id = deadlines::id_of(due);
        if (sought_.passed_over.contains(partner.text() + '\0' + id)) continue;
        add(due, partner.text(), std::move(id));
        return {};
    }
    return {};
}

Result<const LedgerState*> DueSearch::ledger_in(PartitionId partition) {
    const auto known = ledgers_.find(partition);
    if (known != ledgers_.end()) return &known->second;
    auto state = views::find_ledger(rows_, partition);
    if (!state) return state.error();
    return &ledgers_.emplace(partition, std::move(*state).value_or(LedgerState{})).first->second;
}

void DueSearch::add(const deadlines::Due& due, const std::string& partner, std::string id) {
    if (found_ && found_->on < due.on) return;
    if (!found_ || due.on < found_->on) found_ = DueDay{due.on, {}};
    found_->commands.push_back({partner, std::move(id), deadlines::command_of(partner, due)});
}

}  // namespace

Result<std::optional<DueDay>> next_due(const views::Snapshot& rows, std::uint32_t partitions,
                                       const DueSought& sought) {
    DueSearch search(rows, partitions, sought);
    Result<void> went;
    const auto scanned =
        rows.scan(views::Family::anchors, {}, [&](std::string_view key, std::string_view) {
            const auto goes_on = search.look_at(key);
            if (!goes_on) went = goes_on.error();
            return goes_on && *goes_on;
        });
    if (!scanned) return scanned.error();
    if (!went) return went.error();
    return search.found();
}

}  // namespace ledger
