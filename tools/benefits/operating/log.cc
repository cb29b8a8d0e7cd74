// `benefits log`: what is asked of the log itself.
#include "tools/benefits/cli/command_line.h"

namespace ledger::tools {

void add_log(Subcommand parent, Action& chosen) {
    const Subcommand log =
        parent.add_subcommand("log", "Looks at the log itself, copies and moves it");
    log.fallthrough();
    log.require_subcommand();
    add_log_stat(log, chosen);
    add_log_dump(log, chosen);
    add_log_state(log, chosen);
    add_log_copy(log, chosen);
    add_log_move(log, chosen);
    add_examples(log,
                 "  benefits log stat\n"
                 "  benefits log state --at 2021-02-01\n"
                 "  benefits log copy --to-ledger /mnt/copy --with-master-key\n"
                 "  benefits log dump --partition 3 | jq -c '[.position, .kind, .verdict]'\n");
}

}  // namespace ledger::tools
