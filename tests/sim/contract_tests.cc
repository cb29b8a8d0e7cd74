#include "tests/sim/contract_tests.h"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <iterator>

namespace ledger::sim {
namespace {

constexpr ContractTest kTests[] = {
    {"anniversary_of_anniversary", "rules_test", RULES_TEST,
     "29 February comes back in leap years"},
    {"charge_without_order", "rules_test", RULES_TEST,
     "A result is taken once, for a charge that was ordered, with its amount"},
    {"window_by_newest_policy", "rules_test", RULES_TEST,
     "A version with a longer window opens no order again that has expired"},
    {"due_date_stepped_over", "deadlines_test", DEADLINES_TEST,
     "A jump of three years comes to what going day by day comes to, byte for byte"},
    {"published_before_sync", "log_embedded_test", LOG_EMBEDDED_TEST,
     "No reader sees a record before it is synced"},
    {"scan_without_total_order", "projections_test", PROJECTIONS_TEST,
     "A scan meets every partner, in the order of keys"},
    {"switched_before_caught_up", "operations_test", OPERATIONS_TEST,
     "A rebuild gives the rows there were, and says so"},
};

// A comma would divide what Catch2 is asked to run.
std::string pattern_of(const ContractTest& test) {
    std::string pattern = test.test_case;
    for (std::size_t at = 0; (at = pattern.find(',', at)) != std::string::npos; at += 2)
        pattern.insert(at, 1, '\\');
    return pattern;
}

}  // namespace

const ContractTest* contract_test_of(mutants::Mutant mutant) {
    const std::string_view name = mutants::name_of(mutant);
    const auto* test =
        std::find_if(std::begin(kTests), std::end(kTests),
                     [name](const ContractTest& each) { return each.mutant == name; });
    return test == std::end(kTests) ? nullptr : test;
}

bool passes(const ContractTest& test, mutants::Mutant with) {
    const std::string pattern = pattern_of(test);
    const pid_t child = ::fork();
    if (child < 0) std::abort();
    if (child == 0) {
        const bool quiet =
            std::freopen("/dev/null", "w", stdout) && std::freopen("/dev/null", "w", stderr);
        const char* mutant = with == mutants::Mutant::none ? "" : mutants::name_of(with);
        if (quiet && ::setenv("BENEFITS_MUTANT", mutant, 1) == 0)
            ::execl(test.program, test.program, pattern.c_str(), nullptr);
        // As if the test were not there: it passes in no case.
        ::_exit(EXIT_FAILURE);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS;
}

}  // namespace ledger::sim
