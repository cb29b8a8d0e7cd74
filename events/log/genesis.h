// Genesis: record 0 of every partition, which makes a log a ledger. Partition 0 decides: whatever
// genesis record stands first there is the canonical one, and every other partition gets the same
// content under its own number. So any number of creators at once make one ledger, and a creator
// that died halfway is completed by the next. Late copies are void for the judge (genesis_again).
#pragma once

#include <span>
#include <vector>

#include "events/bytes.h"
#include "events/log/log.h"
#include "record_generated.h"

namespace ledger::log {

struct CreateOutcome {
    bool ours = false;       // our proposal won; otherwise a ledger was there or another won
    bool completed = false;  // records were missing and have been written
    Bytes genesis;           // the canonical record of partition 0
};

// Makes `log` a ledger, or finds that it is one. Returns when genesis was read back from every
// partition. `proposal.partitions` must be the log's; `proposal.partition` is ignored. Takes the
// log's notices meanwhile. An error with Effect::unknown: a genesis record may have been made of
// the proposal; do it again.
Result<CreateOutcome> ensure_genesis(Log& log, const fb::GenesisT& proposal);

// How many partitions the ledger was made with, as partition 0 says, however many its log has.
Result<std::uint32_t> partitions_made_with(Log& log);

// Record 0 of one partition, checked against partition 0: the same content, its own number. Error:
// the partition is empty or begins with something else, or its genesis names another ledger or
// differs from partition 0's in what it says.
Result<Bytes> read_genesis(Log& log, PartitionId partition);

// Every partition's, read and checked in this way, in the order of partitions.
Result<std::vector<Bytes>> read_every_genesis(Log& log);
// Reads and checks them all; gives partition 0's.
Result<Bytes> check_genesis(Log& log);

}  // namespace ledger::log
