// What a run really met: a simulation in which nothing happened proves nothing.
#pragma once

#include <array>
#include <cstdint>
#include <string>

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
    std::uint64_t crashes = 0, went_back = 0, closings = 0, pauses = 0, clock_jumps = 0;
    // clients
    std::uint64_t submitted = 0, retried = 0, reused_ids = 0, lost_answers = 0, settles = 0;
    std::uint64_t accepted = 0, again = 0, nothing = 0, refused = 0, reused_refused = 0,
                  conflicts = 0, too_late = 0, failed = 0, busy = 0, unavailable = 0, unknown = 0;

    Met& operator+=(const Met& other);
    // "claims 12, voids 7, ..."
    std::string text() const;
    // The names of what never happened; empty when everything did.
    std::string missing() const;
};

}  // namespace ledger::sim
