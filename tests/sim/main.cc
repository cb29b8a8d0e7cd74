// sim, and sim_with_mutants, which can be told to have one of the bugs: runs of the shipped step
// machines; see README.md, and options.h for the command line.
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "events/mutant.h"
#include "tests/sim/options.h"
#include "tests/sim/shrink.h"
#include "tests/sim/world.h"

namespace ledger::sim {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kWrongUsage = 2;
// Below this many runs something rare may honestly not happen.
constexpr std::uint64_t kRunsThatMeetEverything = 100;
constexpr std::chrono::seconds kShrinkingMax{30};

unsigned long long shown(std::uint64_t number) { return number; }

std::string command_line(std::uint64_t seed, const Cuts& cuts) {
    const std::string what = " --seed " + std::to_string(seed) + cuts.arguments();
    if (mutants::active == mutants::Mutant::none) return "tests/sim/sim" + what;
    return "tests/sim/sim_with_mutants" + what + " --mutant " + mutants::name_of(mutants::active);
}

int shrink_and_tell(std::uint64_t seed, const Cuts& cuts) {
    const Shrunk shrunk = shrink(seed, cuts, kShrinkingMax);
    if (shrunk.run.objection.empty()) {
        std::printf("seed %llu: the oracle has no objection, so there is nothing to shrink\n",
                    shown(seed));
        return EXIT_SUCCESS;
    }
    const std::string steps = std::to_string(shrunk.run.steps) + " steps of chaos";
    std::printf("shrunk in %llu runs to: %s\nof which it made %s: %s\nstep by step: %s --trace\n",
                shown(shrunk.runs), shrunk.run.plan.c_str(), steps.c_str(),
                shrunk.run.objection.c_str(), command_line(seed, shrunk.cuts).c_str());
    return EXIT_FAILURE;
}

int tell_failure(std::uint64_t seed, const Options& options, const std::string& objection) {
    std::printf("seed %llu: %s\nto repeat it: %s --trace\n", shown(seed), objection.c_str(),
                command_line(seed, options.cuts).c_str());
    std::fflush(stdout);
    // Who looks at one seed asks for it.
    if (options.last > options.first) shrink_and_tell(seed, options.cuts);
    return EXIT_FAILURE;
}

// `at` is told the seed of each run before it.
int run_all(const Options& options, volatile std::uint64_t& at) {
    Met met;
    const auto begun = Clock::now();
    for (std::uint64_t seed = options.first; seed <= options.last; ++seed) {
        at = seed;
        const RunResult result = run(seed, options.cuts, options.trace);
        met += result.met;
        if (options.each || options.trace)
            std::printf("seed %llu: %s\n%s\n", shown(seed), result.plan.c_str(),
                        result.met.text().c_str());
        if (!result.objection.empty()) return tell_failure(seed, options, result.objection);
    }
    const std::uint64_t runs = options.last - options.first + 1;
    const double seconds = std::chrono::duration<double>(Clock::now() - begun).count();
    std::printf("%llu seeds, %.1f a second: the oracle has no objection\nmet: %s\n", shown(runs),
                static_cast<double>(runs) / seconds, met.text().c_str());
    const std::string missing = met.missing();
    if (runs < kRunsThatMeetEverything || missing.empty()) return EXIT_SUCCESS;
    std::printf("never met, so these runs prove less than they should: %s\n", missing.c_str());
    return EXIT_FAILURE;
}

// A LEDGER_CHECK that fails ends the process of the runs, and here is known at which seed.
int watch_all(const Options& options) {
    void* shared = ::mmap(nullptr, sizeof(std::uint64_t), PROT_READ | PROT_WRITE,
                          MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED) std::abort();
    auto& at = *static_cast<volatile std::uint64_t*>(shared);
    const pid_t child = ::fork();
    if (child < 0) std::abort();
    if (child == 0) std::exit(run_all(options, at));
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status)
                             : tell_failure(at, options, "the process aborts");
}

}  // namespace
}  // namespace ledger::sim

int main(int argc, char* argv[]) {
    const auto options = ledger::sim::parse_options(argc, argv);
    if (!options) {
        std::fputs(ledger::sim::kUsageText, stderr);
        return ledger::sim::kWrongUsage;
    }
    if (options->shrink) return ledger::sim::shrink_and_tell(options->first, options->cuts);
    return ledger::sim::watch_all(*options);
}
