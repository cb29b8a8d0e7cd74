// Backup of an embedded ledger: a folder with
//   log/ tail keys/ keys.tail views/ refusals/   as in the ledger's own folder (ledger.h)
//   master.key                         only where it was asked for
//   SHA256SUMS                         written last: without it a backup is not finished
// SHA256SUMS has a line for every file, as `sha256sum -c` takes it, below lines that begin with '#'
// and say which ledger it is, when it was made and what its log comes to.
//
// A running ledger is backed up while it goes on, at one moment: views, then log, then keys, so
// that the views never know more than the log and no entry lacks its key. The copy is read and
// judged whole before it counts, and each entry's keys are looked for.
//
// Data keys stand in it wrapped: with the master key beside them whoever has the backup can read
// names and e-mails, so that one is better kept elsewhere. A person erased after a backup can be
// read with its keys again.
#pragma once

#include <optional>
#include <string>

#include "consumers/ledger.h"
#include "consumers/log_facts.h"
#include "events/date.h"

namespace ledger {

using RecordsRead = std::function<void(std::uint64_t records)>;

struct BackupSettings {
    bool with_master_key = false;
    RecordsRead progress;
};

struct Backup {
    LogFacts log;
    Time made;
    std::size_t files = 0;
    bool has_master_key = false;
    LostKeys lost;  // keys that its entries need and its key store lacks
};

// `directory` is empty or not there. `ledger` may have a node at work on it; any thread. On an
// Error `directory` is empty again.
Result<Backup> back_up(const Ledger& ledger, const std::string& directory,
                       const BackupSettings& settings = {});

struct RestoreSettings {
    std::string expected_ledger;  // id in hex; empty: any
    RecordsRead progress;
};

// Copies a backup into `directory`, which is empty or not there, and reads it whole. Error: it is
// no backup, not finished, damaged, or another ledger's; then `directory` is empty again. Killed on
// the way, the folder can't be opened, and restoring again begins anew.
Result<Backup> restore(const std::string& backup, const std::string& directory,
                       const RestoreSettings& settings = {});

}  // namespace ledger
