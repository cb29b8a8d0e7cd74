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

std::string shown_text(BytesView sealed, Sealer& sealer, bool unseal) {
    if (sealed.empty()) return {};
    if (!unseal) return "sealed";
    const auto opened = sealer.open(sealed);
    if (!opened) return opened.error().key_lost ? "key lost" : "unreadable";
    return opened->value_or("erased");
}

json::Style json_style(Sealer& sealer, bool unseal) {
    json::Style style;
    if (unseal) style.open = json::open_with(sealer);
    return style;
}

}  // namespace ledger::tools
