// The cards of a sandbox ledger at work (aggregates/renewals/cards.h): what they answer to the
// charges that are ordered while its clock is moved, on the day of the charge. What they were silent
// about on its day stays pending; somebody has to settle it. Killed between a charge and its answer,
// the same move goes on from the charge.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "consumers/due_agenda.h"

namespace ledger {

class SandboxCards {
public:
    // Rows outlive it.
    SandboxCards(const views::Rows& rows, fb::Cards cards) : rows_(rows), cards_(cards) {}

    // Something of it orders a charge.
    static bool holds_charges(const DueDay& day);

    // To the charges that wait and were ordered on the day of their partition's clock, as the views
    // have them. Clocks by partition.
    Result<DueDay> to_what_waits(const std::vector<Date>& clocks) const;
    // To those that were ordered by these commands, when the views have seen them.
    Result<DueDay> to_charges_of(const DueDay& day, const std::vector<Date>& clocks) const;

private:
    Result<DueDay> to_partners(const views::Snapshot& rows, const std::set<std::string>& partners,
                               const std::vector<Date>& clocks) const;

    const views::Rows& rows_;
    const fb::Cards cards_;
};

}  // namespace ledger
