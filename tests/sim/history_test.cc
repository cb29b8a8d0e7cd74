// What the history of clients must not hold.
#include "tests/sim/history.h"

#include "tests/support/catch.h"

namespace ledger::sim {
namespace {

constexpr Id128 kBody{1, 1};
constexpr Id128 kOtherBody{2, 2};

class Run {
public:
    // Entries of two partners in one partition, in their order.
    Run& stands(const std::string& partner, const std::string& id, std::uint64_t version,
                Id128 body = kBody) {
        log.push_back({{PartitionId{0}, partner, id},
                       body,
                       Position{10 + log.size()},
                       log.size() + 1,
                       version});
        return *this;
    }
    Run& asked(const std::string& partner, const std::string& id, Id128 body = kBody) {
        operations.push_back({{PartitionId{0}, partner, id}, body, ++moment, 0, {}});
        return *this;
    }
    // The last command that was asked for and has no answer.
    Run& answered(Outcome outcome, std::uint64_t seq, std::uint64_t version) {
        for (auto operation = operations.rbegin(); operation != operations.rend(); ++operation) {
            if (operation->answered_at != 0) continue;
            operation->answered_at = ++moment;
            operation->answer.outcome = outcome;
            operation->answer.seq = seq;
            operation->answer.version = version;
            operation->answer.position = Position{9 + seq};
            break;
        }
        return *this;
    }
    Run& accepted(std::uint64_t seq, std::uint64_t version) {
        return answered(Outcome::accepted, seq, version);
    }
    // "" or the kind of what is wrong.
    std::string found() const {
        const std::string text = contradiction_in(operations, log);
        if (text.empty()) return text;
        const std::size_t from = text.find(' ') + 1;
        return text.substr(from, text.find(':', from) - from);
    }

    std::vector<Operation> operations;
    std::vector<LogEntry> log;
    std::uint64_t moment = 0;
};

TEST_CASE("A history in which everything is in order") {
    Run run;
    run.stands("p1", "c1", 1).stands("p2", "c2", 1).stands("p1", "c3", 2);
    run.asked("p1", "c1").accepted(1, 1).asked("p2", "c2").accepted(2, 1);
    run.asked("p1", "c4").answered(Outcome::refused, 0, 1);
    run.asked("p1", "c3").answered(Outcome::unknown, 0, 0).asked("p1", "c3").accepted(3, 2);
    run.asked("p1", "c1").accepted(1, 1);
    run.asked("p1", "c5").answered(Outcome::failed, 0, 0).asked("p1", "c6");
    CHECK(run.found().empty());
}

TEST_CASE("What was accepted and stands nowhere is lost") {
    CHECK(Run().asked("p1", "c1").accepted(1, 1).found() == "lost");
}

TEST_CASE("What stands twice, or out of its number, is doubled") {
    Run run;
    run.stands("p1", "c1", 1).asked("p1", "c1").accepted(1, 1);
    CHECK(Run(run).stands("p1", "c1", 2).found() == "doubled");
    CHECK(Run(run).asked("p1", "c2").stands("p1", "c2", 3).found() == "doubled");
}

TEST_CASE("What nobody asked for, or what failed, is a phantom") {
    CHECK(Run().stands("p1", "c1", 1).found() == "phantom");
    CHECK(Run().stands("p1", "c1", 1).asked("p1", "c1", kOtherBody).found() == "phantom");
    Run failed;
    failed.stands("p1", "c1", 1).asked("p1", "c1").answered(Outcome::failed, 0, 0);
    CHECK(failed.found() == "phantom");
    CHECK(failed.asked("p1", "c1").found().empty());
}

TEST_CASE("What was asked for after an answer stands behind what the answer told of") {
    Run run;
    run.stands("p1", "c2", 1).stands("p1", "c1", 2).stands("p2", "c3", 1);
    // Both at work at once: either order is right.
    CHECK(Run(run)
              .asked("p1", "c1")
              .asked("p1", "c2")
              .accepted(1, 1)
              .accepted(2, 2)
              .asked("p2", "c3")
              .found()
              .empty());
    Run late(run);
    late.asked("p2", "c3").asked("p1", "c1").accepted(2, 2).asked("p1", "c2").accepted(1, 1);
    CHECK(late.found() == "reordered");
}

TEST_CASE("Who is told no is not told so of an older version than is known") {
    Run run;
    run.stands("p1", "c1", 1).stands("p1", "c2", 2);
    run.asked("p1", "c1").accepted(1, 1).asked("p1", "c2").accepted(2, 2);
    CHECK(Run(run).asked("p1", "c3").answered(Outcome::nothing, 0, 2).found().empty());
    CHECK(Run(run).asked("p1", "c3").answered(Outcome::refused, 0, 1).found() == "stale");
}

TEST_CASE("Answers to one command that can't both be true") {
    Run run;
    run.stands("p1", "c1", 1).asked("p1", "c1").accepted(1, 1);
    CHECK(Run(run).asked("p1", "c1").answered(Outcome::refused, 0, 1).found() == "contradicting");
    CHECK(Run(run).asked("p1", "c1").accepted(1, 2).found() == "contradicting");
    CHECK(Run(run).asked("p1", "c1", kOtherBody).accepted(1, 1).found() == "contradicting");
    // Another body under the same id is another command.
    CHECK(Run(run).asked("p1", "c1", kOtherBody).answered(Outcome::refused, 0, 1).found().empty());
}

}  // namespace
}  // namespace ledger::sim
