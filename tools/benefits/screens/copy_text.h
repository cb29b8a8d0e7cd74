// What backups, restores and copies say that they hold.
#pragma once

#include <memory>
#include <string>

#include "consumers/backup.h"
#include "operations_generated.h"
#include "tools/benefits/cli/output.h"

namespace ledger::tools {

std::unique_ptr<fb::LogHeldT> log_held(const LogFacts& log);
std::unique_ptr<fb::KeysLostT> keys_lost(const LostKeys& lost);

fb::BackupHeldT backup_held(const Backup& backup, const std::string& directory);
std::string backup_facts(const Backup& backup, const Screen& screen);

// "4 partitions, 1,234 records, 1,200 entries"
std::string log_in_words(const LogFacts& log);

}  // namespace ledger::tools
