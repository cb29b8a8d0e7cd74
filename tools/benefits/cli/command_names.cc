#include "tools/benefits/cli/command_names.h"

namespace ledger::tools {

std::string full_name(const CommandKind& command) {
    return std::string(command.area) + " " + std::string(command.verb);
}

const json::Table& table_of(const CommandKind& command) {
    return json::table_named(command.type_name);
}

}  // namespace ledger::tools
