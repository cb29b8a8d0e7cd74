// A node: one process's part in a ledger. It reads every partition, judges every record, writes the
// partitions it has commands for, and keeps the views.
//
// Threads: one worker drives the core (node_core.h) and gives what was judged to all who listen
// (sink.h); one of them is the projector, which owns the fold and hands the views' positions back.
// Queues are bounded, and nothing is read while one is full. Views
// on a full disk let nothing be written until they have room again. A third makes data keys durable
// before the worker hands the entries that need them to the log (key_keeper.h). submit() may be
// called by any thread; answers come on the worker's thread and must not block it.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "aggregates/writer.h"
#include "consumers/clock_guard.h"
#include "consumers/reader.h"
#include "consumers/sink.h"
#include "consumers/tried_again.h"
#include "events/key_list.h"
#include "events/log/log.h"
#include "projections/queries.h"
#include "projections/refusals.h"
#include "projections/rows.h"

namespace ledger {

// What a node works on; all of it outlives the node.
struct NodeParts {
    log::Log& log;
    views::Rows& rows;
    views::Refusals* refusals = nullptr;  // null: refusals are answered and not kept
    Random& random;
    std::function<Id128(const fb::Command&)> fingerprint;  // thread-safe
    Sealer* sealer = nullptr;                              // null: no command has a sealed text
    std::vector<Bytes> genesis;                            // of each partition
    std::optional<Error> closed = {};  // why nothing may be written; nothing: everything may
    // Of a production ledger, whose clock is the machine's. A node that starts in doubt of it
    // answers with `clock_doubt` and serves as soon as there is none; a doubt later stops it.
    std::optional<ClockGuard> clock = std::nullopt;
    std::string clock_doubt = {};
    const KeyList* keys = nullptr;  // whose newest change the views keep (stores_witness.h)
    // Told now and then, and at the end, what was done again in this run; on the projector's
    // thread.
    std::function<void(const TriedAgain&)> on_tried_again = {};
    std::vector<Listener> listeners = {};  // beside the views
};

class Node {
public:
    using OnAnswer = std::function<void(const Answer&)>;

    // Goes on where the views stand. Error: they don't fit the log, and what to do.
    static Result<std::unique_ptr<Node>> start(NodeParts parts, WriterSettings settings);
    ~Node();

    // A packed and verified command of a partner. Waits for a turn of the worker while
    // kInboxMaxCommands are handed over and not taken; never in an answer. Answered exactly once,
    // "busy" at once when too many wait in its partition, and within the settings' term_patience_ms
    // of the time that this node was awake.
    void submit(Bytes command, OnAnswer on_answer, Origin origin = {});
    // A command of the ledger itself, which stands in each partition for itself.
    void submit_to(PartitionId partition, Bytes command, OnAnswer on_answer, Origin origin = {});
    // Several at once, in their order: the worker takes them in one turn, so the entries of each
    // partition are handed to the log together. Not to be called in an answer.
    struct Handed {
        PartitionId partition{};
        Bytes command;
        OnAnswer on_answer;
    };
    void submit_together(std::vector<Handed> handed);
    // Settles every open command of the partition: see Writer::settle.
    void settle(PartitionId partition, OnAnswer on_answer);

    // Waits until the views cover the log as it is now. Error, here and below: they don't in this
    // time, are full, or the node is being closed; kNodeStopped: all of it or a partition isn't
    // read any further, while all others are covered.
    Result<void> catch_up(std::chrono::milliseconds patience);
    // Waits until the views of one partition cover the position.
    Result<void> wait_for(PartitionId partition, Position position,
                          std::chrono::milliseconds patience);

    // Takes no more commands, ends the terms, answers what is open ("unknown" where nothing else is
    // true) and stops.
    void close(std::chrono::milliseconds patience);

    std::uint32_t partitions() const;
    PartitionId partition_of(const PartnerId& partner) const;
    // Why a partition, or all of them, is not read any further; empty while all is well.
    std::string stopped() const;
    // Why this one is not.
    std::string stopped(PartitionId partition) const;
    // Ends this node's term of the partition as soon as what it has decided is settled.
    void release(PartitionId partition);
    WriterCounts counts(PartitionId partition) const;
    // Whether the partition's term is this node's, as far as it has read.
    bool serves(PartitionId partition) const;

private:
    struct Inside;
    explicit Node(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> inside_;
};

}  // namespace ledger
