// `benefits policy try`: the ledger's whole history under a policy that is not in force. Every
// partner's entries are read in their order, each judged by itself where the partner really stood
// (aggregates/policy_trial.h), under the versions that its partition had been told of by then.
//
// One partner's state is in memory at a time, one entry and what it was refused, however large the ledger is. The
// ledger's own entries are not judged: no number of a policy decides about them.
#pragma once

#include <array>
#include <cstdint>
#include <functional>

#include "aggregates/policy_trial.h"
#include "projections/refusals.h"
#include "projections/rows.h"

namespace ledger {

struct TriedEntry {
    PartitionId partition{};
    const RecordView& record;
    const Ruling& ruling;  // under the draft
};

// What was refused and would not have been.
struct TriedRefusal {
    const fb::RefusalRow& refusal;
    const Ruling& ruling;
};

struct PolicyTried {
    static constexpr std::size_t kTypes = static_cast<std::size_t>(fb::Event::MAX) + 1;

    std::uint64_t partners = 0;
    std::uint64_t same = 0;
    std::uint64_t refused = 0;
    std::uint64_t nothing = 0;    // there would have been nothing to do
    std::uint64_t otherwise = 0;  // another event
    // By type: what can't be tried, since no command was found that comes to it.
    std::array<std::uint64_t, kTypes> untried{};
    std::uint64_t ledgers_own = 0;
    // Of what is kept of refusals.
    std::uint64_t refused_again = 0;
    std::uint64_t not_refused = 0;
    std::uint64_t refusals_tried() const { return refused_again + not_refused; }

    std::uint64_t tried() const { return same + refused + nothing + otherwise; }
    std::uint64_t untried_in_all() const;
    std::uint64_t entries() const { return tried() + untried_in_all() + ledgers_own; }
};

// False ends it. What it is told of holds until it returns.
using OnTriedEntry = std::function<bool(const TriedEntry& entry)>;
using OnTriedRefusal = std::function<bool(const TriedRefusal& refusal)>;

// Refusals that this node has kept, tried where their partner stood when they were given.
struct TriedRefusals {
    const views::Refusals* kept = nullptr;  // null: none are tried
    Date today;                             // the ledger's, by which they grow old
    OnTriedRefusal on_refusal = {};
};

// `on_entry` is told of every entry whose command would have come to something else, partition by
// partition and there by partner, as is `on_refusal`. `progress`: how many entries are done, of how many. Error: the
// rows can't be read, or are damaged.
Result<PolicyTried> try_policy(const views::Snapshot& rows, std::uint32_t partitions,
                               const fb::PolicyVersionT& draft, const OnTriedEntry& on_entry,
                               const TriedRefusals& refusals,
                               const std::function<void(std::uint64_t, std::uint64_t)>& progress);

}  // namespace ledger
