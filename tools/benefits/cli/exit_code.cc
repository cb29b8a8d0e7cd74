#include "tools/benefits/cli/exit_code.h"

#include "events/result.h"
#include "tools/benefits/cli/output.h"

namespace ledger::tools {

std::string in_brackets(ErrorCode code) {
    return code == kOtherError ? "" : " [" + std::string(code.text) + "]";
}

ExitCode fail(const Error& error) {
    say("benefits: " + error.message + in_brackets(error.code));
    return error.effect == Effect::unknown ? ExitCode::unknown : ExitCode::failed;
}

}  // namespace ledger::tools
