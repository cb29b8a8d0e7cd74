// Commands that are made up: tried one by one, or drawn.
#include <set>

#include "aggregates/gate.h"
#include "aggregates/possible/drawn.h"
#include "aggregates/possible/every.h"
#include "aggregates/possible/stand_in.h"
#include "events/json/decode.h"
#include "tests/support/catch.h"
#include "tests/support/rules.h"

using namespace ledger;
using namespace ledger::rules;

namespace {

constexpr int kDraws = 40;

Story somebody() { return contoso().with_action_pack("2021-01-10").with_seat("kim", "2021-01-15"); }

possible::Standing standing_of(const Story& story) {
    return {story.partner(), story.ledger(), start_of(day("2021-02-01"))};
}

possible::Envelope by_the_system(const Story& story) {
    possible::Envelope envelope;
    envelope.id = "c1";
    envelope.partner = story.partner().partner;
    envelope.actor_kind = fb::ActorKind::system;
    envelope.actor = "machine";
    return envelope;
}

// Whatever made it, the codec takes it.
void check_can_be_sent(const Bytes& command) {
    const std::string text = json::to_json(*fb::GetCommand(command.data()),
                                           json::Style{possible::stand_in_open(), false});
    INFO(text);
    const auto again =
        json::command_from_json(text, possible::stand_in_seal(), json::Callers::the_ledger);
    if (!again) FAIL(again.error().message);
    REQUIRE(*again == command);
}

}  // namespace

TEST_CASE("Every command of the schema is tried in all sensible ways, or says what is missing") {
    const Story story = somebody();
    for (const json::Choice& type : possible::commands()) {
        INFO(type.name);
        const possible::Every every = possible::every_command(
            static_cast<fb::CommandBody>(type.value), standing_of(story), by_the_system(story));
        REQUIRE(every.commands.empty() == !every.missing.empty());
        std::set<Bytes> different;
        for (const possible::Every::One& one : every.commands) {
            REQUIRE(different.insert(one.command).second);
            if (!is_ledger_command(static_cast<fb::CommandBody>(type.value)))
                check_can_be_sent(one.command);
        }
    }
}

TEST_CASE("What is tried says what of it is the partner's") {
    const Story story = somebody();
    const possible::Every every = possible::every_command(fb::CommandBody::ReleaseSeat,
                                                          standing_of(story), by_the_system(story));
    REQUIRE(every.commands.size() == 1);
    std::vector<std::string> chosen;
    for (const auto& [field, value] : every.commands[0].chosen)
        chosen.push_back(field->name + " " + value);
    CHECK(chosen ==
          std::vector<std::string>{"order ap-1", "sku visual-studio-professional", "seat 1 (kim)"});
    const Story without = contoso();
    CHECK(possible::every_command(fb::CommandBody::ReleaseSeat, standing_of(without),
                                  by_the_system(without))
              .missing == "order");
}

TEST_CASE("Every command that is drawn, right or wrong, is one that a caller could send") {
    const Story story = somebody();
    possible::Dice dice(11);
    for (const std::uint32_t wrong : {0U, 100U, 500U}) {
        possible::Drawing drawing(dice, {.wrong = wrong, .likely = 0});
        for (const json::Choice& type : possible::commands())
            for (int i = 0; i < kDraws; ++i)
                if (const Bytes drawn = drawing.of(type, standing_of(story), "c1");
                    !is_ledger_command(static_cast<fb::CommandBody>(type.value)))
                    check_can_be_sent(drawn);
    }
}

TEST_CASE("The same dice draw the same commands, and no others than their kinds") {
    const Story story = somebody();
    possible::Dice one(5), other(5);
    const possible::Share never[] = {{fb::CommandBody::AssignSeat, 0}};
    possible::Drawing drawing(one, {.shares = never}), again(other, {.shares = never});
    for (int i = 0; i < 10 * kDraws; ++i) {
        const Bytes drawn = drawing.any(standing_of(story), "c1");
        REQUIRE(drawn == again.any(standing_of(story), "c1"));
        REQUIRE(fb::GetCommand(drawn.data())->body_type() != fb::CommandBody::AssignSeat);
    }
}

TEST_CASE("What is likely is accepted where it was drawn") {
    const Story story = somebody();
    possible::Dice dice(3);
    possible::Drawing drawing(dice, {});
    for (int i = 0; i < kDraws; ++i) {
        const auto command = drawing.likely(standing_of(story), "c1");
        REQUIRE(command.has_value());
        const Ruling ruling =
            possible::ruling_on(standing_of(story), *fb::GetCommand(command->data()));
        REQUIRE(std::holds_alternative<NewEntry>(ruling.says));
    }
}
