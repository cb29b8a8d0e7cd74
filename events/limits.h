// Every bound of the ledger, in one place, with its reason.
#pragma once

#include <cstddef>
#include <cstdint>

namespace ledger::limits {

// An entry: what a transparency log takes as a leaf, and far below any broker's message limit.
inline constexpr std::size_t kEntryMaxBytes = std::size_t{64} * 1024;
// A command as packed: an entry is its command and what it grants.
inline constexpr std::size_t kCommandMaxBytes = std::size_t{32} * 1024;
// A genesis record or a published catalogue stands in one record too.
inline constexpr std::size_t kRecordMaxBytes = kEntryMaxBytes;
// One hand-over to the log: below a broker's default max.message.bytes of 1 MiB with room for its
// framing.
inline constexpr std::size_t kBatchMaxBytes = std::size_t{768} * 1024;
// Commands that may wait in one partition; one more is answered "busy".
inline constexpr std::size_t kQueueMaxCommands = 8192;
// Entries of one writer that are in the log's hands and not yet judged.
inline constexpr std::uint32_t kInFlightMaxEntries = 8192;
// Entries between two checkpoints of one term.
inline constexpr std::uint32_t kCheckpointEveryEntries = 65536;
// Partners that a writer keeps replayed, per partition.
inline constexpr std::size_t kHotPartnersMax = 65536;
// Users of a partner.
inline constexpr std::size_t kPartnerMaxUsers = 2000;
// Admins whom a reminder names: with ids of 64 bytes they fill half an entry.
inline constexpr std::size_t kReminderMaxRecipients = 500;
// A partner's row.
inline constexpr std::size_t kPartnerRowMaxBytes = std::size_t{1024} * 1024;
// Partitions of a ledger: each costs the embedded log a column family.
inline constexpr std::uint32_t kPartitionsMax = 256;
inline constexpr std::uint32_t kPartitionsDefault = 16;
// Commands handed to a node, of all partitions, that its worker has not come to yet: whoever brings
// one more waits for the worker's next turn, in which it takes them all.
inline constexpr std::size_t kInboxMaxCommands = 2 * kQueueMaxCommands;
// Records between a reader and its projector: bounds memory and how far a view can be behind. No
// more is read while so many wait.
inline constexpr std::size_t kProjectorQueueMaxBatches = 64;
// Refusals on their way to their store, and the like: whoever has one more waits.
inline constexpr std::size_t kProjectorQueueMaxErrands = 8192;
// Records handed over in one read.
inline constexpr std::size_t kReadMaxRecords = 4096;

static_assert(kCommandMaxBytes * 2 <= kEntryMaxBytes,
              "an entry must hold its command and what it grants");
static_assert(kRecordMaxBytes < kBatchMaxBytes);

}  // namespace ledger::limits
