#include "consumers/sandbox_cards.h"

#include <algorithm>

#include "aggregates/renewals/cards.h"
#include "events/partition.h"
#include "projections/anchors.h"
#include "projections/queries.h"

namespace ledger {
namespace {

bool orders_charge(const DueCommand& command) {
    return renewals::orders_charge(*fb::GetCommand(command.command.data()));
}

}  // namespace

bool SandboxCards::holds_charges(const DueDay& day) {
    return std::any_of(day.commands.begin(), day.commands.end(), orders_charge);
}

Result<DueDay> SandboxCards::to_what_waits(const std::vector<Date>& clocks) const {
    const auto rows = rows_.snapshot();
    const Date newest = *std::max_element(clocks.begin(), clocks.end());
    std::set<std::string> partners;
    Result<void> read;
    // Before it stand the orders in their windows and those that wait for their money.
    const auto walked =
        rows->walk(views::Family::anchors, {}, [&](std::string_view key, std::string_view) {
            const auto anchor = views::parse_anchor_key(key);
            if (!anchor)
                read = error(views::kRowDamaged,
                             "a row of the index of due dates is damaged; run 'benefits rebuild'");
            if (!anchor || newest < anchor->on) return false;
            partners.emplace(anchor->partner);
            return true;
        });
    if (!walked) return walked.error();
    if (!read) return read.error();
    return to_partners(*rows, partners, clocks);
}

Result<DueDay> SandboxCards::to_charges_of(const DueDay& day,
                                           const std::vector<Date>& clocks) const {
    std::set<std::string> partners;
    for (const DueCommand& each : day.commands)
        if (orders_charge(each)) partners.insert(each.partner);
    return to_partners(*rows_.snapshot(), partners, clocks);
}

Result<DueDay> SandboxCards::to_partners(const views::Snapshot& rows,
                                         const std::set<std::string>& partners,
                                         const std::vector<Date>& clocks) const {
    DueDay day{*std::min_element(clocks.begin(), clocks.end()), {}};
    for (const std::string& partner : partners) {
        const auto state = views::find_partner(rows, PartnerId{partner});
        if (!state) return state.error();
        if (!*state) continue;
        const auto partitions = static_cast<std::uint32_t>(clocks.size());
        const Date clock = clocks[number(partition_of(PartnerId{partner}, partitions))];
        for (Bytes& command : renewals::answers_of_cards(**state, cards_, clock)) {
            const std::string id = fb::GetCommand(command.data())->id()->str();
            // What is due of the partner after it is to be looked at anew.
            day.commands.push_back({partner, id, std::move(command), clock});
        }
    }
    return day;
}

}  // namespace ledger
