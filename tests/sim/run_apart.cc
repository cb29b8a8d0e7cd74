#include "tests/sim/run_apart.h"

#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "tests/sim/world.h"

namespace ledger::sim {
namespace {

[[noreturn]] void run_and_tell(std::uint64_t seed, const Cuts& cuts, int pipe) {
    if (!std::freopen("/dev/null", "w", stderr)) std::_Exit(EXIT_FAILURE);
    const RunResult result = run(seed, cuts);
    const std::string told =
        std::to_string(result.steps) + "\n" + result.plan + "\n" + result.objection;
    const ssize_t written = ::write(pipe, told.data(), told.size());
    std::_Exit(written == static_cast<ssize_t>(told.size()) ? EXIT_SUCCESS : EXIT_FAILURE);
}

}  // namespace

RanApart run_apart(std::uint64_t seed, const Cuts& cuts) {
    int ends[2];
    if (::pipe(ends) != 0) std::abort();
    const pid_t child = ::fork();
    if (child < 0) std::abort();
    if (child == 0) {
        ::close(ends[0]);
        run_and_tell(seed, cuts, ends[1]);
    }
    ::close(ends[1]);
    std::string told;
    char buffer[4096];
    for (ssize_t n = 0; (n = ::read(ends[0], buffer, sizeof buffer)) > 0;)
        told.append(buffer, static_cast<std::size_t>(n));
    ::close(ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != EXIT_SUCCESS)
        return {"the process aborts", "", 0};
    const std::size_t steps_end = told.find('\n');
    const std::size_t plan_end = told.find('\n', steps_end + 1);
    return {told.substr(plan_end + 1), told.substr(steps_end + 1, plan_end - steps_end - 1),
            std::strtoull(told.c_str(), nullptr, 10)};
}

}  // namespace ledger::sim
