// Copying a ledger's log, record by record and byte by byte, to the same positions, with its data
// keys: embedded or Kafka, to either. The copy is the same ledger (id, epochs, roots): only one of
// the two may be written to. `move_log` sees to that.
//
// The target must be empty. Each record is read back from it and compared before the next ones go,
// and at the end the whole target is read and judged: its roots are the source's. An embedded
// target can't be opened before all that is done. A Kafka target can: keep everybody away until the
// copy is through. A partition with holes (left by a stray transaction on Kafka) can't keep its
// positions and is not copied.
#pragma once

#include "consumers/ledger.h"
#include "consumers/log_facts.h"

namespace ledger {

inline constexpr ErrorCode kTargetTaken{"copy.target-taken"};

struct CopySettings {
    bool with_master_key = false;  // to an embedded target
    // Told now and then how many records of all have been copied.
    std::function<void(std::uint64_t done, std::uint64_t all)> progress;
};

struct Copied {
    LogFacts log;
    std::uint64_t keys = 0;
    LostKeys lost;  // keys that its entries need and its key store lacks
};

// The records alone, from one log to another that is empty.
Result<LogFacts> copy_records(log::Log& source, log::Log& target,
                              const CopySettings& settings = {});

// `source` has no node at work. Error: what is in the target then is no ledger; an embedded target
// is empty again.
Result<Copied> copy_log(Ledger& source, const LedgerPlace& target,
                        const CopySettings& settings = {});

// Closes the embedded source for writing (folder_mark.h), then copies. After an Error it is open
// again, unless the copy may stand: then the same move, made again, finds it.
Result<Copied> move_log(Ledger& source, const LedgerPlace& target,
                        const CopySettings& settings = {});

}  // namespace ledger
