// What falls due for a partner is what its dates say and what its commands are judged by.
#include "aggregates/deadlines/due.h"

#include <algorithm>

#include "aggregates/coming.h"
#include "tests/support/catch.h"
#include "tests/support/refunds.h"

using namespace ledger;
using namespace ledger::rules;

namespace {

std::vector<deadlines::Due> due_of(const Story& story, std::string_view through) {
    return deadlines::due(story.partner(), Policies(story.ledger().policies), day(through));
}

// Of an order that was placed on 2021-01-10 and may be paid until 2021-02-08.
Story unpaid() { return contoso().with(order_by_transfer(), "2021-01-10"); }

Asked as_asked(const deadlines::Due& due) {
    Asked asked;
    asked.body = deadlines::body_of(due);
    return asked.by_system();
}

}  // namespace

TEST_CASE("What is due is accepted from its day on and not before, and is due no more then",
          "[MEM-13]") {
    CHECK(due_of(unpaid(), "2021-02-08").empty());
    const auto found = due_of(unpaid(), "2023-01-01");
    REQUIRE(found.size() == 1);
    CHECK(found[0].on == day("2021-02-09"));
    CHECK(found[0].order == kOrder);
    const auto before = unpaid().rule_on(as_asked(found[0]), plus_days(found[0].on, -1));
    REQUIRE(std::holds_alternative<Refusal>(before));
    CHECK(std::get<Refusal>(before).earliest == found[0].on);
    const Story done = unpaid().with(as_asked(found[0]), "2021-02-09");
    CHECK(due_of(done, "2023-01-01").empty());
}

TEST_CASE("What is due and what is shown to come are of one day", "[MEM-13]") {
    const auto coming = coming_for(unpaid().partner(), unpaid().ledger(), day("2021-01-10"));
    const auto last = std::find_if(coming.begin(), coming.end(), [](const Coming& each) {
        return each.kind == fb::ComingKind::pay_by;
    });
    REQUIRE(last != coming.end());
    CHECK(plus_days(last->on, 1) == due_of(unpaid(), "2023-01-01")[0].on);
}

TEST_CASE("What is due comes by day, and by order within a day", "[MEM-13]") {
    const Story story = contoso()
                            .with(order_by_transfer("learning-action-pack", "lap-2"), "2021-01-11")
                            .with(order_by_transfer("learning-action-pack", "lap-1"), "2021-01-11")
                            .with(order_by_transfer("learning-action-pack", "lap-9"), "2021-01-10");
    std::vector<std::string> orders;
    for (const deadlines::Due& due : due_of(story, "2023-01-01")) orders.push_back(due.order);
    CHECK(orders == std::vector<std::string>{"lap-9", "lap-1", "lap-2"});
}

TEST_CASE("An order has an anchor while something may fall due of it", "[MEM-13]") {
    const Story placed = unpaid();
    const auto anchors = deadlines::anchors(placed.partner());
    REQUIRE(anchors.size() == 1);
    CHECK(anchors[0].on == day("2021-02-08"));
    CHECK(anchors[0].order == kOrder);
    const Story paid = unpaid().with(receive_payment(), "2021-01-20");
    const auto term = deadlines::anchors(paid.partner());
    REQUIRE(term.size() == 1);
    CHECK(term[0].on == day("2022-01-20"));
    const Story noted = unpaid().with(as_asked(due_of(unpaid(), "2021-02-09")[0]), "2021-03-01");
    CHECK(deadlines::anchors(noted.partner()).empty());
}

TEST_CASE("A command of what is due has an id of its own, the same wherever it is made",
          "[LED-02][LED-11]") {
    // Of an order whose id has the 64 bytes that a command's may have.
    const std::string longest(64, 'o');
    const Story story = contoso().with(order_by_transfer("action-pack", longest), "2021-01-10");
    const auto found = due_of(story, "2021-02-09");
    REQUIRE(found.size() == 1);
    // printf %064d 0 | tr 0 o | sha256sum
    CHECK(deadlines::id_of(found[0]) == "due/lapse/2021-02-09/2b2858dbb4c85c8e7e6de337295549a6");
    const Bytes packed = deadlines::command_of("contoso", found[0]);
    CHECK(packed == deadlines::command_of("contoso", due_of(story, "2024-01-01")[0]));
    flatbuffers::Verifier verifier(packed.data(), packed.size());
    REQUIRE(fb::VerifyCommandBuffer(verifier));
    const fb::Command& command = *fb::GetCommand(packed.data());
    CHECK(text_of(command.id()) == deadlines::id_of(found[0]));
    CHECK(text_of(command.partner()) == "contoso");
    CHECK(command.actor()->kind() == fb::ActorKind::system);
}
