// A node of the simulation: the shipped reading, writer, fold and queries, with a shell that does
// one small thing at a time. What consumers/node.cc does with threads, in the order that the dice
// say.
#pragma once

#include <deque>
#include <functional>
#include <memory>

#include "aggregates/writer.h"
#include "projections/fold.h"
#include "projections/queries.h"
#include "tests/sim/sim_log.h"
#include "tests/sim/sim_rows.h"

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

    SimNode(int index, World& world) : index_(index), world_(world) {}

    // From what the views hold.
    void start();
    // Everything but the durable rows is gone.
    void crash();
    bool up() const { return !partitions_.empty(); }

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

    std::int64_t wake_at_ms() const;
    const SimRows& rows() const { return rows_; }
    const Reading& reading(std::size_t partition) const { return partitions_[partition].reading; }
    bool idle() const;

private:
    struct Batch {
        std::vector<Judged> records;
        Reading after;
    };
    struct Partition {
        Reading reading;
        std::unique_ptr<Writer> writer;
        std::deque<Batch> to_project;
        Position view_next{};
        WriterCounts counted;
    };

    void violation(const std::string& what) {
        world_.on_violation("node " + std::to_string(index_) + ": " + what);
    }
    bool read_one(Now now, std::size_t partition, Batch& batch);
    void carry_out(Now now, std::size_t partition, WriterOutputs out);
    void count(Partition& partition);
    void forget();

    int index_;
    World& world_;
    SimRows rows_;
    std::unique_ptr<views::RowsHistory> history_;
    std::unique_ptr<views::Fold> fold_;
    std::vector<Partition> partitions_;  // none while down
    bool closing_ = false;
};

}  // namespace ledger::sim
