// The life of one made-up partner, as commands: registered, agreement, contact, users; an Action
// Pack by card or by bank transfer; seats, keys, downloads, tokens, the company's subscription;
// automatic renewal, cancellation, counts mended; with the mistakes that people make, so that some
// are refused, some change nothing and some come twice. The same for the same seed and index, for
// ever: tests compare ledgers made of it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace ledger::tools {

struct GeneratedStep {
    std::uint32_t day = 0;  // from 0; never smaller than that of the step before
    std::string command;    // JSON, one line with its end
};

// `days` >= 1: how many there are to spread the steps over.
std::vector<GeneratedStep> generated_partner(std::uint64_t seed, std::uint64_t index,
                                             std::uint32_t days);

}  // namespace ledger::tools
