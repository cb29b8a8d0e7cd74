// What a node does, as a step machine: it judges each partition's records, in their order, shows
// them to the partition's writer and gives them out; commands, notices and how far the views have
// come go in, and step() says what is to be done. No thread, no clock, no I/O: node.h drives it by
// threads on a real log, the simulation by dice.
//
// Each partition goes its own way. Where the judge stops, or a writer finds that it must not go on,
// that partition stops: nothing more of it is judged, what is open in it is answered, what comes is
// answered failed; the others don't notice.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "aggregates/writer.h"
#include "consumers/reader.h"
#include "events/log/log.h"

namespace ledger {

class NodeCore {
public:
    // By partition: its first record, aligned and verified, and where reading goes on, which is
    // not ahead of the views. Ports outlive the core.
    NodeCore(const std::vector<Bytes>& genesis, std::vector<Reading> readings, History& history,
             Random& random, const WriterSettings& settings);

    std::uint32_t partitions() const { return static_cast<std::uint32_t>(partitions_.size()); }
    const Reading& reading(PartitionId partition) const { return at(partition).reader.reading(); }

    // A packed and verified command, with the keyed hash of its body.
    void submit(Now now, PartitionId partition, Ticket ticket, Bytes command, Id128 fingerprint,
                Origin origin = {});
    void settle(Now now, PartitionId partition, Ticket ticket);

    // An own claim was read back: when it was sent, and when the log took it (StoredRecord).
    // Called before the writer sees it. Error: nothing of this node may go on.
    using OnOwnClaim = std::function<Result<void>(Now sent, std::int64_t taken_at_ms)>;
    // What was read of a partition, from its reading's next position on. Gives what was judged,
    // which is less where the partition stopped and nothing where it has before. Error: that of
    // `on_own_claim`.
    Result<JudgedBatch> read(Now now, const log::ReadBatch& batch,
                             const OnOwnClaim& on_own_claim = {});

    // Of one partition: its end, or a doubt. What concerns the whole log is the caller's to see to.
    void take(Now now, const log::Notice& notice);
    void doubt(Now now, PartitionId partition, std::string why);
    // Nothing new may be written to any partition, and why; empty: it may again.
    void forbid(const std::string& why);
    // The views have applied everything below `next`.
    void view_at(PartitionId partition, Position next);

    struct Append {
        PartitionId partition{};
        std::vector<Bytes> records;
    };
    struct AskEnd {
        PartitionId partition{};
        std::uint64_t token = 0;
    };
    // To be done in this order.
    struct Outputs {
        std::vector<Append> append;
        std::vector<AskEnd> ask_end;
        std::vector<Answered> answers;

        // Something was handed to the log or asked of it.
        bool to_log() const { return !append.empty() || !ask_end.empty(); }
    };
    Outputs step(Now now);
    // When step() is to be called again though nothing happened.
    std::int64_t wake_at_ms() const;
    // Work waits until the views have come further.
    bool waits_for_view() const;

    // Ends the partition's term, so that another node may have it at once: see Writer::release.
    void release(PartitionId partition) { at(partition).writer->release(); }
    // Ends all terms; nothing more is taken.
    void close(Now now);
    bool closed() const;
    bool idle() const;
    // Not a record more of this partition, and why.
    void stop(PartitionId partition, const std::string& why);
    // Gives up: every open command is answered. `why` as Writer::give_up has it.
    std::vector<Answered> give_up(const std::string& why = {});

    // Why a partition stopped; empty: it has not.
    const std::string& stopped(PartitionId partition) const {
        return at(partition).reader.stopped();
    }
    bool all_stopped() const;
    bool serving(PartitionId partition) const { return at(partition).writer->serving(); }
    const WriterCounts& counts(PartitionId partition) const {
        return at(partition).writer->counts();
    }

private:
    struct Partition {
        Reader reader;
        std::unique_ptr<Writer> writer;

        bool goes_on() const { return reader.stopped().empty(); }
    };

    Partition& at(PartitionId partition) { return partitions_[number(partition)]; }
    const Partition& at(PartitionId partition) const { return partitions_[number(partition)]; }
    void fail(PartitionId partition, Ticket ticket);
    void answer_stopped(PartitionId partition);

    std::vector<Partition> partitions_;
    std::vector<Answered> ready_;  // of what came to a partition that stopped
};

}  // namespace ledger
