#include "tools/benefits/exit_code.h"

#include "events/result.h"
#include "tools/benefits/output.h"

namespace ledger::tools {

ExitCode fail(const Error& error) {
    say("benefits: " + error.message);
    return error.effect == Effect::unknown ? ExitCode::unknown : ExitCode::failed;
}

}  // namespace ledger::tools
