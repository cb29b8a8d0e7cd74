// SHA256SUMS of a backup: what it holds, in words and hashes. See backup.h.
#pragma once

#include <string>
#include <vector>

#include "consumers/backup.h"

namespace ledger {

inline constexpr ErrorCode kNoBackup{"backup.none"};  // or one that was not finished
inline constexpr ErrorCode kBackupDamaged{"backup.damaged"};
inline constexpr ErrorCode kBackupOfAnotherLedger{"backup.of-another-ledger"};

inline constexpr const char* kBackupListName = "SHA256SUMS";

struct BackupList {
    struct File {
        std::string path;  // below the backup's folder
        std::string hash;  // in hex
    };
    Backup about;
    std::vector<File> files;
};

std::string print_backup_list(const BackupList& list);

// Error: it is not what print_backup_list gives, to the last byte.
Result<BackupList> parse_backup_list(const std::string& text);

}  // namespace ledger
