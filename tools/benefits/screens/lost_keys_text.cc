#include "tools/benefits/screens/lost_keys_text.h"

#include "tools/benefits/cli/output.h"

namespace ledger::tools {

void add_lost_keys(JsonObject& object, const LostKeys& lost) {
    JsonList partners;
    for (const std::string& partner : lost.partners) partners.add_text(partner);
    object.number("keys_lost", lost.keys).json("keys_lost_partners", partners.line());
}

ExitCode end_with(const LostKeys& lost, const KeyList* keys) {
    if (!lost.any()) return keys && keys->doubt() ? ExitCode::failed : ExitCode::done;
    say("benefits: " + in_words(lost) +
        "; what is sealed of them can't be read until the right key store is put back");
    return ExitCode::failed;
}

}  // namespace ledger::tools
