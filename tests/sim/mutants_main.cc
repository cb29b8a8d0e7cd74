// mutants [--seeds N] [NAME ...]: puts in one bug after the other and runs the simulation until
// somebody objects: the oracle or a LEDGER_CHECK. What the simulation can't reach a contract test
// has to find, which must pass without the bug. Each in a process of its own. Fails when one
// survives.
#include <sys/wait.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "events/mutant.h"
#include "tests/sim/contract_tests.h"
#include "tests/sim/in_child.h"
#include "tests/sim/world.h"

namespace ledger::sim {
namespace {

constexpr std::uint64_t kSeedsMax = 300;

struct Hunted {
    bool caught = false;
    std::string by;
    std::uint64_t seeds = 0;
};

// In the child: "seed\n" before each run, "!objection\n" in the end.
void hunt(mutants::Mutant mutant, std::uint64_t seeds_max, const Tell& tell) {
    mutants::active = mutant;
    for (std::uint64_t seed = 1; seed <= seeds_max; ++seed) {
        tell(std::to_string(seed) + "\n");
        const std::string objection = run(seed).objection;
        if (objection.empty()) continue;
        return tell("!" + objection + "\n");
    }
}

Hunted hunt_by(const ContractTest& test, mutants::Mutant mutant) {
    Hunted verdict;
    if (!passes(test, mutants::Mutant::none)) {
        verdict.by = std::string(test.name) + " fails without it, so it proves nothing; ";
        return verdict;
    }
    verdict.caught = !passes(test, mutant);
    verdict.by = std::string(test.name) + " \"" + test.test_case + "\"";
    return verdict;
}

Hunted hunt_by_seeds(mutants::Mutant mutant, std::uint64_t seeds_max) {
    const ChildSaid said = in_child([&](const Tell& tell) { hunt(mutant, seeds_max, tell); });
    const std::string& told = said.text;
    Hunted verdict;
    for (std::size_t at = 0; at < told.size();) {
        const std::size_t end = told.find('\n', at);
        const std::string line = told.substr(at, end - at);
        at = end == std::string::npos ? told.size() : end + 1;
        if (line.starts_with('!')) {
            verdict.caught = true;
            verdict.by = line.substr(1);
        } else {
            ++verdict.seeds;
        }
    }
    if (WIFSIGNALED(said.status)) {
        verdict.caught = true;
        verdict.by = "the process aborts";
    }
    return verdict;
}

int hunt_all(const std::vector<mutants::Mutant>& hunted, std::uint64_t seeds_max) {
    int survived = 0;
    std::printf("%-30s %6s  %s\n", "mutant", "seeds", "caught by");
    for (const mutants::Mutant mutant : hunted) {
        const ContractTest* test = contract_test_of(mutant);
        const Hunted verdict = test ? hunt_by(*test, mutant) : hunt_by_seeds(mutant, seeds_max);
        const std::string seeds = test ? "-" : std::to_string(verdict.seeds);
        std::printf("%-30s %6s  %s%s\n", mutants::name_of(mutant), seeds.c_str(),
                    verdict.caught ? "" : "SURVIVED ", verdict.by.c_str());
        std::fflush(stdout);
        if (!verdict.caught) ++survived;
    }
    std::printf("%zu mutants, %d survived\n", hunted.size(), survived);
    return survived == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace
}  // namespace ledger::sim

int main(int argc, char* argv[]) {
    using ledger::mutants::Mutant;
    std::uint64_t seeds_max = ledger::sim::kSeedsMax;
    std::vector<Mutant> hunted;
    for (int i = 1; i < argc; ++i) {
        if (std::strcmp(argv[i], "--seeds") == 0 && i + 1 < argc) {
            seeds_max = std::strtoull(argv[++i], nullptr, 10);
        } else if (const auto mutant = ledger::mutants::find_mutant(argv[i])) {
            hunted.push_back(*mutant);
        } else {
            std::fprintf(stderr, "usage: mutants [--seeds N] [NAME ...]\n");
            return 2;
        }
    }
    if (hunted.empty()) hunted = ledger::mutants::all_mutants();
    return ledger::sim::hunt_all(hunted, seeds_max);
}
