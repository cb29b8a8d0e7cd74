// The shipped code as it is, for as long as this lives, whatever mutant is under test.
#pragma once

#include <utility>

#include "events/mutant.h"

namespace ledger::sim {

class WithoutMutant {
public:
    WithoutMutant() : mutant_(std::exchange(mutants::active, mutants::Mutant::none)) {}
    ~WithoutMutant() { mutants::active = mutant_; }
    WithoutMutant(const WithoutMutant&) = delete;
    WithoutMutant& operator=(const WithoutMutant&) = delete;

private:
    mutants::Mutant mutant_;
};

}  // namespace ledger::sim
