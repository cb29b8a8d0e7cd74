// What waits for a node's worker is bounded, whoever brings it.
#include "consumers/inbox.h"

#include <atomic>
#include <future>

#include "events/limits.h"
#include "tests/support/catch.h"

namespace ledger {
namespace {

constexpr ErrorCode kFirst{"test.first"};
constexpr ErrorCode kAnother{"test.another"};

Submission asking(std::vector<Answer>* answers = nullptr) {
    Submission submission;
    submission.on_answer = [answers](const Answer& answer) {
        if (answers) answers->push_back(answer);
    };
    return submission;
}

}  // namespace

TEST_CASE("Whoever brings one command more than may wait for the worker waits for its turn") {
    Inbox inbox;
    CHECK(inbox.put(asking(), false));
    for (std::size_t i = 1; i < limits::kInboxMaxCommands; ++i)
        CHECK_FALSE(inbox.put(asking(), false));
    std::atomic<bool> put{false};
    const auto one_more = std::async(std::launch::async, [&] {
        const bool first = inbox.put(asking(), false);
        put = true;
        return first;
    });
    for (int i = 0; i < 10'000; ++i) std::this_thread::yield();
    CHECK_FALSE(put);
    CHECK(inbox.take().size() == limits::kInboxMaxCommands);
    one_more.wait();
    CHECK(inbox.take().size() == 1);
}

TEST_CASE("What is brought together is taken in one turn, or answered together when it is shut") {
    Inbox inbox;
    const auto three = [](std::vector<Answer>* answers) {
        std::vector<Submission> all;
        for (std::uint32_t i = 0; i < 3; ++i) {
            all.push_back(asking(answers));
            all.back().partition = PartitionId{i};
        }
        return all;
    };
    std::vector<Answer> answers;
    CHECK(inbox.put(three(&answers)));
    CHECK_FALSE(inbox.put(three(&answers)));
    CHECK_FALSE(inbox.put({}));
    const auto taken = inbox.take();
    REQUIRE(taken.size() == 6);
    for (std::uint32_t i = 0; i < 6; ++i) CHECK(taken[i].partition == PartitionId{i % 3});
    CHECK(answers.empty());
    inbox.close(error(kFirst, "the first reason"));
    CHECK_FALSE(inbox.put(three(&answers)));
    REQUIRE(answers.size() == 3);
    for (const Answer& answer : answers) CHECK(answer.code == kFirst.text);
}

TEST_CASE("The worker itself never waits for its own turn") {
    Inbox inbox;
    for (std::size_t i = 0; i <= limits::kInboxMaxCommands; ++i) inbox.put(asking(), true);
    CHECK(inbox.take().size() == limits::kInboxMaxCommands + 1);
}

TEST_CASE("Who waits when the node stops is answered, and why") {
    Inbox inbox;
    for (std::size_t i = 0; i < limits::kInboxMaxCommands; ++i) inbox.put(asking(), false);
    std::vector<Answer> answers;
    const auto one_more =
        std::async(std::launch::async, [&] { return inbox.put(asking(&answers), false); });
    inbox.close(error(kFirst, "the first reason"));
    inbox.close(error(kAnother, "another one"));
    one_more.wait();
    REQUIRE(answers.size() == 1);
    CHECK(answers[0].outcome == Outcome::failed);
    CHECK(answers[0].code == kFirst.text);
    // What was put before is the worker's to answer.
    CHECK(inbox.take().size() == limits::kInboxMaxCommands);
}

TEST_CASE("A clock in doubt lets nothing in until it is right again") {
    Inbox inbox;
    std::vector<Answer> answers;
    inbox.doubt(error(kFirst, "it is 1970"));
    CHECK_FALSE(inbox.put(asking(&answers), false));
    CHECK(answers.size() == 1);
    inbox.doubt({});
    CHECK(inbox.put(asking(&answers), false));
    CHECK(answers.size() == 1);
}

}  // namespace ledger
