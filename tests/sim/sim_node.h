// A node of the simulation: the shipped core (consumers/node_core.h), fold and queries, with a shell
// that does one small thing at a time. What consumers/node.cc does with threads, in the order that
// the dice say.
#pragma once

#include <deque>
#include <functional>
#include <memory>

#include "consumers/node_core.h"
#include "projections/fold.h"
#include "projections/queries.h"
#include "tests/sim/sim_log.h"
#include "tests/sim/sim_rebuild.h"
#include "tests/sim/sim_rows.h"
#include "tests/sim/sim_sink.h"
#include "tests/sim/workload.h"

namespace ledger::sim {

class SimNode {
public:
    struct World {
        std::deque<SimLog>& logs;
        const std::vector<Bytes>& genesis;
        WriterSettings settings;
        Dice& dice;
        Met& met;
        std::function<void(int node, Answered)> on_answer;
        std::function<void(std::string)> on_violation;
    };

    SimNode(int index, World& world, std::size_t partitions)
        : index_(index), world_(world), sink_(partitions) {}

    // From what the views hold.
    void start();
    // Everything but the durable rows is gone. `torn`: in the middle of writing the next of them.
    void crash(bool torn = false);
    bool up() const { return core_ != nullptr; }

    void submit(Now now, PartitionId partition, Ticket ticket, Bytes command, Id128 fingerprint);
    void settle(Now now, PartitionId partition, Ticket ticket);
    void close(Now now);
    bool closing() const { return closing_; }
    bool closed() const;
    // Answers what is open, because closing takes too long.
    void give_up();
    // Ends in peace: what was written stays.
    void end();

    // Each does some of what can be done; false when there was nothing.
    bool read(Now now, std::size_t max_records);
    bool project(std::size_t max_batches);
    bool take_notices(Now now);
    bool step(Now now);
    void flush() { rows_.flush(); }
    // What listens beside the views writes how far it has come.
    void keep_sink() { sink_.keep(); }
    // Lets another node have the partition.
    void release(PartitionId partition) { core_->release(partition); }

    // While it is down: the views are made afresh, and compared with those there are. Done, or
    // killed on the way, it may start again.
    void begin_rebuild();
    bool rebuilding() const { return rebuild_ != nullptr; }
    void rebuild(std::size_t max_records);
    void kill_rebuild() { rebuild_.reset(); }

    // Copies of the durable views.
    void keep_copy() { rows_.keep_copy(); }
    bool put_copy_back() { return rows_.put_copy_back(); }

    // A bit of the judge's state flips. From then on it must stop at the next checkpoint that is
    // valid, and not before. False: there is no entry yet.
    bool differ();
    bool differs() const;
    // A partition of it reads no further; the others do.
    bool stopped() const;
    // The views of a node that differs are of no use: it goes down and makes them from nothing.
    void throw_views_away();

    Result<std::optional<fb::Receipt>> find_receipt(const Asked& asked) const;
    Position view_next(PartitionId partition) const;
    Look look(PartitionId partition, const PartnerId& partner) const;

    std::int64_t wake_at_ms() const;
    const SimRows& rows() const { return rows_; }
    const Reading& reading(std::size_t partition) const {
        return core_->reading(PartitionId{static_cast<std::uint32_t>(partition)});
    }
    bool idle() const;

private:
    struct Partition {
        std::deque<JudgedBatch> to_project;
        Position view_next{};
        WriterCounts counted;
        bool differs = false;
    };

    void violation(const std::string& what) {
        world_.on_violation("node " + std::to_string(index_) + ": " + what);
    }
    std::optional<JudgedBatch> read_one(Now now, std::size_t partition);
    bool has_stopped(std::size_t partition, bool must_stop);
    void count(std::size_t partition);
    void forget();

    int index_;
    World& world_;
    SimRows rows_;
    std::unique_ptr<views::RowsHistory> history_;
    std::unique_ptr<views::Fold> fold_;
    std::unique_ptr<NodeCore> core_;  // none while down
    std::optional<Taken> by_views_, by_sink_;
    SimSink sink_;
    std::vector<Partition> partitions_;
    bool closing_ = false;
    std::unique_ptr<SimRebuild> rebuild_;
    bool rebuild_is_compared_ = false;
};

}  // namespace ledger::sim
