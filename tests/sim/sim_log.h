// A log of one partition that does all that log.h allows: a producer keeps its order until it
// breaks; records are lost, late, twice; positions are left out; somebody else writes too; the end
// is told late or not at all. Nothing of it happens unless the Faults of the call say so.
#pragma once

#include <deque>
#include <optional>
#include <vector>

#include "events/log/log.h"
#include "tests/sim/faults.h"
#include "tests/sim/met.h"
#include "tests/sim/reference.h"
#include "tests/sim/trace.h"

namespace ledger::sim {

class SimLog {
public:
    SimLog(PartitionId partition, Bytes genesis, Dice& dice, Met& met, const Trace& trace);

    void append(int node, std::vector<Bytes> records);
    void ask_end(int node, std::uint64_t token);
    // The node is no more: what it sent lands late or never, what it asked is not answered.
    void gone(int node);
    // Something that waits lands. False: nothing waits.
    bool land(const Faults& faults, std::uint64_t now);
    // Some question is answered. False: there is none.
    bool answer(const Faults& faults);
    std::vector<log::Notice> take_notices(int node);
    // The log is left with positions that hold no record, at its very end.
    void leave_hole();

    // As Kafka has it: one past the last position, whether or not it holds a record.
    Position end() const { return Position{records_.size()}; }
    // Null: a hole.
    const Bytes* at(Position position) const;
    const RecordView& view_at(Position position) const { return views_[number(position)]; }
    Verdict verdict_at(Position position) const { return verdicts_[number(position)]; }
    const ReferenceJudge& judge() const { return judge_; }

private:
    // A producer's records on their way, in their order.
    struct Line {
        int node = 0;
        bool broken = false;
        std::deque<Bytes> records;
    };
    struct Question {
        int node = 0;
        std::uint64_t token = 0;
        Position end{};
    };

    Line& line_of(int node);
    void break_line(Line& line);
    void intrude(const Faults& faults, std::uint64_t now);
    void put(Bytes record, std::uint64_t now, const char* how);
    void notice(int node, log::Notice::Kind kind, std::uint64_t token = 0, Position end = {});

    PartitionId partition_;
    Dice& dice_;
    Met& met_;
    const Trace& trace_;
    Bytes genesis_;
    std::deque<std::optional<Bytes>> records_;
    std::deque<RecordView> views_;
    std::vector<Verdict> verdicts_;
    ReferenceJudge judge_;
    std::string owner_;  // node of the last valid claim
    std::deque<Line> lines_;
    std::vector<Question> questions_;
    std::vector<std::pair<int, log::Notice>> notices_;
};

}  // namespace ledger::sim
