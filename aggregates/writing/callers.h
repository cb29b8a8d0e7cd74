// What the writer's callers are told, until the next step takes it to them; that each ticket is
// answered once is the writer's to see to. The order of streams is kept here: once a command came
// to no answer, those of the same stream and partner behind it fail (stream_order.h).
#pragma once

#include <string>
#include <vector>

#include "aggregates/writing/work.h"

namespace ledger::writing {

class Callers {
public:
    explicit Callers(PartitionId partition) : partition_(partition) {}

    // The command came to an answer, or settling did.
    void answer(Ticket ticket, Answer answer);
    // The same, where it may be a refusal, which takes the command along.
    void answer(Work work, Answer answer);
    // It was not done, and what follows in its stream is decided all the same.
    void fail_alone(Ticket ticket, const char* code, std::string reason);
    // It was not done, and what follows in its stream fails too.
    void fail(const Work& work, const char* code, std::string reason);
    // Its entry may stand in the log; what follows in its stream fails.
    void unsettled(const Work& work, const std::string& why);
    // Whether it stood behind one that failed, and so was answered.
    bool fails_after_another(const Work& work);

    // Everything that was answered since the last call.
    std::vector<Answered> take();
    bool all_told() const { return ready_.empty(); }

private:
    void fail(const Work& work, Answer answer_to_it);

    PartitionId partition_;
    std::vector<Answered> ready_;
    StreamOrder order_;
};

}  // namespace ledger::writing
