// What backups, restores and copies say that they hold.
#pragma once

#include <string>

#include "consumers/backup.h"
#include "tools/benefits/cli/json_text.h"
#include "tools/benefits/cli/output.h"

namespace ledger::tools {

// Members "ledger", "records", "entries" and "partitions", each of these with its root.
void add_log_facts(JsonObject& object, const LogFacts& log);

JsonObject backup_json(const Backup& backup, const std::string& directory);
std::string backup_facts(const Backup& backup, const Screen& screen);

// "4 partitions, 1,234 records, 1,200 entries"
std::string log_in_words(const LogFacts& log);

}  // namespace ledger::tools
