// A ledger, opened: its log, its keys, its views and a node at work on them, embedded or on Kafka
// by the same steps.
//
// A ledger's folder holds
//
//   log/ tail        the embedded log (absent on Kafka)
//   keys/ keys.tail  the embedded key store and its witness (absent on Kafka)
//   master.key       32 random bytes, mode 0600: wraps the data keys and keys the ledger's hashes.
//                    Every node of a Kafka ledger needs a copy of it
//   views/           made again from the log whenever they are missing (projections/generations.h)
//   refusals/        kept for 90 days
//   clock            what this machine said last (clock_guard.h)
//   retries          how often what was tried again (tried_again.h)
//
// and sometimes a mark for whoever opens it (folder_mark.h).
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "consumers/ledger_place.h"
#include "consumers/node.h"
#include "events/key_list.h"
#include "events/log/log.h"
#include "events/seal.h"
#include "projections/rows.h"

namespace ledger {

// Why it can't be opened, or only be read.
inline constexpr ErrorCode kLedgerIsBackup{"ledger.is-a-backup"};
inline constexpr ErrorCode kLedgerOnlyRead{"ledger.only-read"};  // no room, or no right to write
inline constexpr ErrorCode kPartitionsAdded{"ledger.partitions-added"};

// Everything of a ledger but the node.
struct Ledger {
    LedgerPlace place;
    std::unique_ptr<log::Log> log;
    std::unique_ptr<Sealer> sealer;
    std::unique_ptr<views::Rows> rows;
    std::unique_ptr<views::Refusals> refusals;
    std::vector<Bytes> genesis;  // of each partition
    // What was found at opening and a person should know, e.g. a torn tail.
    std::vector<std::string> notes;
    Id128 id;
    bool sandbox = false;
    std::optional<Error> closed;  // why nothing is written to it any more; nothing: it is open
    std::optional<Error> no_key;  // why nothing sealed can be opened or looked up; nothing: it can
    std::shared_ptr<KeyStore> keys;
    std::shared_ptr<KeyList> key_list;  // the same; its doubt() closes the ledger
    // Copies an embedded log and its keys as they are now into a folder (log/, keys/); empty on
    // Kafka.
    std::function<Result<void>(const std::string& folder)> copy_log_and_keys;
    // Copies the views' rows as they are now into a folder that is not there.
    std::function<Result<void>(const std::string& folder)> copy_rows;

    Ledger();
    Ledger(Ledger&&) noexcept;
    Ledger& operator=(Ledger&&) noexcept;
    ~Ledger();
};

// What a killed rebuild left of the views is put right first. Error: there is no ledger at that
// place, another process has it open, the master key or the views are another ledger's, or the
// topic's settings are wrong; each says what to do.
Result<Ledger> open_ledger(const LedgerPlace& place);

// Without views, for reading the log alone.
Result<Ledger> open_log_only(const LedgerPlace& place);

// A node on it, for whom listens beside the views too. The ledger outlives the node.
Result<std::unique_ptr<Node>> start_node(Ledger& ledger, WriterSettings settings,
                                         std::vector<Listener> listeners = {});

}  // namespace ledger
