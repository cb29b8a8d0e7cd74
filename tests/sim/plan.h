// What a run is made of: drawn from the seed, and cut down by whoever looks for the smallest run
// that still fails.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "aggregates/writer.h"
#include "tests/sim/faults.h"

namespace ledger::sim {

// What is taken away from a plan.
struct Cuts {
    std::optional<std::uint64_t> partitions, writers, readers, commands, steps;
    std::optional<std::vector<std::string>> only;  // of the faults
    std::uint64_t dice = 0;                        // other dice for the same plan

    // " --commands 7 --only crash,lose", as `sim` understands it.
    std::string arguments() const;
};

struct Plan {
    std::uint64_t partitions = 1;
    std::uint64_t writers = 1;  // nodes that commands go to
    std::uint64_t readers = 0;  // nodes that nobody asks for more than a receipt
    bool sandbox = true;
    std::uint64_t commands = 0;  // to be asked in all
    std::uint64_t open_max = 1;  // at once
    std::uint64_t step_ms = 1;   // at most, of time
    // Chaos goes on until the clients have asked all they want to, or no longer than this.
    std::uint64_t steps = 0;
    // Per thousand, of a command that is still open, or answered already.
    std::uint64_t ask_again = 0;
    bool closes = false;  // the nodes are closed in the end
    Faults faults;
    WriterSettings settings;

    static Plan draw(Dice& dice);
    // False: there is no fault of that name.
    bool cut(const Cuts& cuts);
    // "1 writer, 2 readers, ..."
    std::string text() const;
};

}  // namespace ledger::sim
