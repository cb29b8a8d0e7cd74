// What a run really met: a simulation in which nothing happened proves nothing.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "command_generated.h"

namespace ledger::sim {

struct Met {
    // the log
    std::uint64_t records = 0, lost = 0, errors = 0, false_doubts = 0, duplicates = 0, late = 0,
                  holes = 0, poison = 0, forged = 0, foreign_claims = 0, ends_unavailable = 0;
    // the judge
    std::uint64_t claims = 0, takeovers = 0, voids = 0, checkpoints = 0, closes = 0;
    // writers
    std::uint64_t doubts = 0, decided_again = 0, superseded = 0, own_void = 0;
    // nodes
    std::uint64_t crashes = 0, went_back = 0, torn = 0, older_views = 0, closings = 0, pauses = 0,
                  releases = 0, clock_jumps = 0, differs = 0, divergence_stops = 0, rebuilds = 0,
                  rebuilds_killed = 0;
    // the log as a whole
    std::uint64_t copies = 0, copies_refused = 0;
    // clients
    std::uint64_t submitted = 0, retried = 0, reused_ids = 0, lost_answers = 0, settles = 0;
    std::uint64_t receipts = 0, no_receipts = 0, settled_by_receipt = 0;
    std::uint64_t accepted = 0, again = 0, nothing = 0, refused = 0, reused_refused = 0,
                  conflicts = 0, too_late = 0, failed = 0, busy = 0, unavailable = 0, unknown = 0;
    std::uint64_t due = 0, due_again = 0, reserved = 0;
    // Accepted, by the kind of command; of the one that the rules never accept (automatic renewal
    // is turned on by renewing), those that came to nothing.
    std::array<std::uint64_t, static_cast<std::size_t>(fb::CommandBody::MAX) + 1> kinds{};

    Met& operator+=(const Met& other);
    // What happened: "claims 12, voids 7, ..."
    std::string text() const;
    // The names of what never happened; empty when everything did.
    std::string missing() const;
};

}  // namespace ledger::sim
