// `benefits`, the tool that people and scripts run.
#include "tools/benefits/command_line.h"
#include "tools/benefits/output.h"

int main(int argc, char** argv) {
    using namespace ledger::tools;
    ignore_closed_pipes();
    ExitCode code = run_command_line(argc, argv);
    if (const std::string failure = stdout_failure(); !failure.empty()) {
        say("benefits: " + failure);
        code = worse(code, ExitCode::failed);
    }
    return static_cast<int>(code);
}
