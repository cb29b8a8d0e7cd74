#include "tools/benefits/screens/lost_keys_text.h"

#include "tools/benefits/cli/output.h"

namespace ledger::tools {

ExitCode end_with(const LostKeys& lost, const KeyList* keys) {
    if (!lost.any()) return keys && keys->doubt() ? ExitCode::failed : ExitCode::done;
    say("benefits: " + in_words(lost) +
        "; what is sealed of them can't be read until the right key store is put back");
    return ExitCode::failed;
}

}  // namespace ledger::tools
