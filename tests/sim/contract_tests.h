// Bugs in what the simulation puts something else in the place of, the stores on disk and what is
// built on them: which test of another program finds each.
#pragma once

#include <string>

#include "events/mutant.h"

namespace ledger::sim {

struct ContractTest {
    const char* mutant;   // by name
    const char* name;     // of the program
    const char* program;  // its path
    const char* test_case;
};

// Null: the simulation has to find it.
const ContractTest* contract_test_of(mutants::Mutant mutant);

// Whether the test case passes, with the mutant or without any. In a process of its own.
bool passes(const ContractTest& test, mutants::Mutant with);

}  // namespace ledger::sim
