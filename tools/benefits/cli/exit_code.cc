#include "tools/benefits/cli/exit_code.h"

#include "events/result.h"
#include "tools/benefits/cli/output.h"

namespace ledger::tools {

ExitCode fail(const Error& error) {
    say("benefits: " + error.message);
    return error.effect == Effect::unknown ? ExitCode::unknown : ExitCode::failed;
}

}  // namespace ledger::tools
