#include "tests/sim/run_apart.h"

#include <sys/wait.h>

#include <cstdlib>

#include "tests/sim/in_child.h"
#include "tests/sim/world.h"

namespace ledger::sim {

RanApart run_apart(std::uint64_t seed, const Cuts& cuts) {
    const ChildSaid said = in_child([&](const Tell& tell) {
        const RunResult result = run(seed, cuts);
        tell(std::to_string(result.steps) + "\n" + result.plan + "\n" + result.objection);
    });
    if (!WIFEXITED(said.status) || WEXITSTATUS(said.status) != EXIT_SUCCESS)
        return {"the process aborts", "", 0};
    const std::string& told = said.text;
    const std::size_t steps_end = told.find('\n');
    const std::size_t plan_end = told.find('\n', steps_end + 1);
    return {told.substr(plan_end + 1), told.substr(steps_end + 1, plan_end - steps_end - 1),
            std::strtoull(told.c_str(), nullptr, 10)};
}

}  // namespace ledger::sim
