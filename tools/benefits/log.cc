// `benefits log`: what is asked of the log itself.
#include "tools/benefits/command_line.h"

namespace ledger::tools {

void add_log(CLI::App& parent, Action& chosen) {
    CLI::App& log = *parent.add_subcommand("log", "Looks at the log itself: numbers, records");
    log.fallthrough();
    log.require_subcommand(1);
    add_log_stat(log, chosen);
    add_log_dump(log, chosen);
    add_examples(log,
                 "  benefits log stat\n"
                 "  benefits log dump --partition 3 | jq -c '[.position, .kind, .verdict]'\n");
}

}  // namespace ledger::tools
