// A ledger opened with a node on it: what most subcommands begin with.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "consumers/ledger.h"
#include "events/partition.h"

namespace ledger::tools {

// How long a query waits for another record while the log is read to its end.
inline constexpr std::chrono::milliseconds kCatchUpPatience{120'000};
// How long the end of a term may take when the tool ends. It is a courtesy to the next writer, who
// may claim all the same.
inline constexpr std::chrono::milliseconds kClosePatience{5'000};

// What was found at opening and a person should know, on stderr.
void say_notes(const Ledger& ledger);

struct AtWork {
    Ledger ledger;
    std::unique_ptr<Node> node;  // on the ledger, so it goes first; null: see open_for_query

    PartitionId partition_of(const std::string& partner) const {
        return ledger::partition_of(PartnerId{partner}, ledger.log->partitions());
    }
};

// Notes of the opening go to stderr (say_notes).
Result<std::unique_ptr<AtWork>> open_at_work(const LedgerPlace& place,
                                             WriterSettings settings = {});

// A partition that isn't read any further: whoever asks about all of the ledger fails for it, others
// are told on stderr.
enum class StoppedPartition { is_said, fails };

// The same, with the log read to its end into the views; on a terminal progress is shown. Error,
// also: no partition is read to its end.
Result<std::unique_ptr<AtWork>> open_caught_up(
    const LedgerPlace& place, StoppedPartition stopped = StoppedPartition::is_said);

// For a query: the same, or, where a Kafka log doesn't answer, what this node's views hold, without
// a node; how old that is goes to stderr.
Result<std::unique_ptr<AtWork>> open_for_query(const LedgerPlace& place);

// A ledger whose views are looked at as they are, opened in the same way.
Result<Ledger> open_views(const LedgerPlace& place);

// This process, as its claims name it to people: "host/1234".
std::string node_name();

}  // namespace ledger::tools
