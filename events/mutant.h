// Mutants: bugs put in on purpose, to show that the tests would find them. LEDGER_MUTANT(name) is
// false in the product; a test build (the LEDGER_MUTANTS option) can switch one on, one at a time:
// BENEFITS_MUTANT=NAME in the environment of any program of that build, or `active` from within. An
// unknown name ends the program with exit code 2; BENEFITS_MUTANT=list prints the names, one a
// line, and ends.
//
// Only those that tests of whole processes need stand here. All others are kept beside the
// simulation (tests/sim/mutants), and put into copies of the sources when that is built.
#pragma once

#ifdef LEDGER_MUTANTS

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace ledger::mutants {

enum class Mutant : std::uint16_t { none };

// This reader alone takes the 10th entry of each partition for another one.
inline constexpr Mutant misjudges_one{1};

const char* name_of(Mutant mutant);
std::optional<Mutant> find_mutant(std::string_view name);
// Those of this program.
std::vector<Mutant> all_mutants();

// Process-wide; what the environment says until a test says otherwise.
extern Mutant active;

}  // namespace ledger::mutants

#define LEDGER_MUTANT(name) (::ledger::mutants::active == ::ledger::mutants::name)

#else

#define LEDGER_MUTANT(name) false

#endif
