#include "tools/benefits/asking/unsealed.h"

#include "consumers/ledger.h"
#include "tools/benefits/cli/subcommand.h"

namespace ledger::tools {

Result<void> check_unseal(const Ledger& ledger, bool unseal) {
    if (unseal && ledger.no_key) return *ledger.no_key;
    return {};
}

void add_unseal(Subcommand command, bool& unseal) {
    command.add_flag("--unseal", unseal, "Shows names and e-mails, which are sealed otherwise");
}

json::Style json_style(Sealer& sealer, bool unseal) {
    json::Style style;
    if (unseal) style.open = json::open_with(sealer);
    return style;
}

json::Style style_in_words(Sealer& sealer, bool unseal) {
    json::Style style = json_style(sealer, unseal);
    style.in_words = true;
    return style;
}

}  // namespace ledger::tools
