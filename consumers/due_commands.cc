#include "consumers/due_commands.h"

#include "events/partition.h"
#include "events/record.h"
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
    Result<void> add_due_of(const PartnerState& state, PartitionId partition,
                            std::string_view order);
    void add(deadlines::Due due, PartitionId partition, const std::string& partner);

    const views::Snapshot& rows_;
    const std::uint32_t partitions_;
    const DueSought& sought_;
    std::optional<DueDay> found_;
};

Result<bool> DueSearch::look_at(std::string_view key) {
    const auto anchor = views::parse_anchor_key(key);
    if (!anchor) return error("a row of the index of due dates is damaged: run 'benefits rebuild'");
    const Date earliest = plus_days(anchor->on, -deadlines::kBeforeAnchorMaxDays);
    if (sought_.through < earliest || (found_ && found_->on < earliest)) return false;
    const PartnerId partner{std::string(anchor->partner)};
    const PartitionId partition = partition_of(partner, partitions_);
    if (sought_.wanted && !sought_.wanted(partition)) return true;
    const auto state = views::find_partner(rows_, partner);
    if (!state) return state.error();
    if (!*state)
        return error("the index of due dates names partner '" + partner.text() +
                     "', who isn't there: run 'benefits rebuild'");
    if (const auto added = add_due_of(**state, partition, anchor->order); !added)
        return added.error();
    return true;
}

Result<void> DueSearch::add_due_of(const PartnerState& state, PartitionId partition,
                                   std::string_view order) {
    for (deadlines::Due& due :
         deadlines::due(state, sought_.ledger(partition).policies, sought_.through)) {
        if (due.order != order) continue;
        if (found_ && found_->on < due.on) continue;
        add(std::move(due), partition, state.partner);
    }
    return {};
}

void DueSearch::add(deadlines::Due due, PartitionId partition, const std::string& partner) {
    DueCommand command{partition, partner, deadlines::command_of(partner, due), {}};
    command.id = text_of(fb::GetCommand(command.command.data())->id());
    if (sought_.passed_over && sought_.passed_over->contains(partner + '\0' + command.id)) return;
    if (!found_ || due.on < found_->on) found_ = DueDay{due.on, {}};
    if (found_->commands.size() < sought_.commands_max)
        found_->commands.push_back(std::move(command));
}

}  // namespace

Result<std::optional<DueDay>> next_due(const views::Snapshot& rows, std::uint32_t partitions,
                                       const DueSought& sought) {
    DueSearch search(rows, partitions, sought);
    Result<void> failure;
    const auto scanned =
        rows.scan(views::Family::anchors, {}, [&](std::string_view key, std::string_view) {
            const auto goes_on = search.look_at(key);
            if (!goes_on) failure = goes_on.error();
            return goes_on && *goes_on;
        });
    if (!scanned) return scanned.error();
    if (!failure) return failure.error();
    return search.found();
}

}  // namespace ledger
