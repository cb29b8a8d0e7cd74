// The node on a real embedded ledger: commands in, answers out, views kept, across restarts.
#include "consumers/node.h"
#include "consumers/create_ledger.h"

#include <filesystem>
#include <map>

#include "consumers/wall_clock.h"
#include "tests/support/sandbox_ledger.h"

namespace ledger {
namespace {

using tests::fill;
using tests::kPatience;
using tests::register_partner;
using tests::Running;
using tests::Sandbox;

constexpr const char* kAgree =
    R"({"id":"c2","partner":"contoso","actor":{"kind":"user","id":"kim"},"type":"AcceptAgreement","body":{"agreement":"2020-09"}})";
constexpr const char* kBuy =
    R"({"id":"c3","partner":"contoso","actor":{"kind":"user","id":"kim"},"type":"PurchaseOffer","body":{"order":"o1","offer":"action-pack","payment":"card","charge":{"amount":47500,"currency":"USD"},"terms_accepted":true,"confirmed":true}})";

}  // namespace

TEST_CASE("An accepted command gets the same answer again, also after a restart [LED-02]",
          "[LED-02]") {
    const Sandbox sandbox;
    Answer first;
    {
        Running run(sandbox);
        first = run.ask(register_partner("c1"));
        REQUIRE(first.outcome == Outcome::accepted);
        CHECK(first.seq == 1);
        CHECK(first.version == 1);
        run.node->close(kPatience);
    }
    Running run(sandbox);
    const Answer again = run.ask(register_partner("c1"));
    CHECK(again.outcome == Outcome::accepted);
    CHECK(again.seq == first.seq);
    CHECK(again.version == first.version);
    CHECK(again.position == first.position);
}

TEST_CASE("A known command id with another body is refused", "[LED-02]") {
    const Sandbox sandbox;
    Running run(sandbox);
    REQUIRE(run.ask(register_partner("c1")).outcome == Outcome::accepted);
    const Answer other = run.ask(register_partner("c1", "Fabrikam"));
    CHECK(other.outcome == Outcome::refused);
    CHECK(other.code == "command.id-reused");
}

TEST_CASE("A refusal carries code, rule and version, and leaves nothing in the log", "[LED-05]") {
    const Sandbox sandbox;
    Running run(sandbox);
    REQUIRE(run.ask(register_partner("c1")).outcome == Outcome::accepted);
    const Time before = wall_clock();
    const Answer refused = run.ask(kBuy);
    CHECK(refused.outcome == Outcome::refused);
    CHECK(refused.version == 1);
    CHECK_FALSE(refused.code.empty());
    CHECK_FALSE(refused.rule.empty());
    CHECK(run.ask(kAgree).version == 2);
    run.node->close(kPatience);
    std::vector<std::string> kept;
    const auto read = run.ledger.refusals->each(
        PartnerId{"contoso"}, Date{0}, [&](const fb::RefusalRow& refusal) {
            CHECK(to_string(Time{refusal.time()}) == "2020-09-01T00:00:00.000Z");
            CHECK(refusal.machine_time() >= before.milliseconds);
            kept.push_back(refusal.code()->str());
            return true;
        });
    REQUIRE(read.ok());
    CHECK(kept == std::vector<std::string>{refused.code});
}

TEST_CASE("Refusals that are older than 90 days by the ledger's clock are deleted at the start",
          "[LED-05]") {
    const Sandbox sandbox;
    const std::int64_t today = start_of(*parse_date("2020-09-01")).milliseconds;
    {
        const auto ledger = open_ledger(sandbox.place());
        REQUIRE(ledger.ok());
        for (const int days : {91, 90, 0}) {
            fb::RefusalRowT row;
            row.partner = "contoso";
            row.command_id = std::to_string(days) + " days old";
            row.time = today - std::int64_t{days} * 86'400'000;
            REQUIRE(ledger->refusals->add(row).ok());
        }
    }
    const Running run(sandbox);
    std::vector<std::string> kept;
    const auto read = run.ledger.refusals->each(PartnerId{"contoso"}, Date{0},
                                                [&](const fb::RefusalRow& refusal) {
                                                    kept.push_back(refusal.command_id()->str());
                                                    return true;
                                                });
    REQUIRE(read.ok());
    CHECK(kept == std::vector<std::string>{"90 days old", "0 days old"});
}

TEST_CASE("Who listens beside the views is read for from where it stands") {
    // Counts what it is given, by partition.
    class Counting : public Sink {
    public:
        bool has_room(std::chrono::milliseconds) override { return true; }
        Result<void> push(JudgedBatch batch) override {
            given[number(batch.partition)] += batch.records.size();
            last[number(batch.partition)] = batch.after;
            return {};
        }
        std::map<std::uint32_t, std::uint64_t> given;
        std::map<std::uint32_t, Reading> last;
    };
    const Sandbox sandbox;
    std::vector<Reading> views;
    {
        Running run(sandbox);
        fill(run, 10);
        run.node->close(kPatience);
        for (std::uint32_t i = 0; i < 2; ++i)
            views.push_back(
                views::find_reading(*run.ledger.rows->snapshot(), PartitionId{i})->reading);
    }
    auto ledger = open_ledger(sandbox.place());
    REQUIRE(ledger.ok());
    Counting from_the_start, from_the_views;
    {
        const auto node =
            start_node(*ledger, {}, {{&from_the_start, {{}, {}}}, {&from_the_views, views}});
        REQUIRE(node.ok());
        auto command =
            json::command_from_json(register_partner("c1", "P", "late"), *ledger->sealer);
        REQUIRE(command.ok());
        std::promise<Answer> answered;
        (*node)->submit(std::move(*command), [&](const Answer& a) { answered.set_value(a); });
        REQUIRE(answered.get_future().get().outcome == Outcome::accepted);
        (*node)->close(kPatience);
    }
    const auto rows = ledger->rows->snapshot();
    for (std::uint32_t i = 0; i < 2; ++i) {
        const Reading reading = views::find_reading(*rows, PartitionId{i})->reading;
        CHECK(from_the_start.given[i] == number(reading.next));
        CHECK(from_the_start.last[i].judge == reading.judge);
        CHECK(from_the_views.given[i] == number(reading.next) - number(views[i].next));
    }
}

TEST_CASE("Views that were deleted are made again from the log, row for row") {
    const Sandbox sandbox;
    {
        Running run(sandbox);
        REQUIRE(run.ask(register_partner("c1")).outcome == Outcome::accepted);
        REQUIRE(run.ask(kAgree).outcome == Outcome::accepted);
        run.node->close(kPatience);
    }
    std::filesystem::remove_all(sandbox.place().directory + "/views");
    Running run(sandbox);
    REQUIRE(run.node->catch_up(kPatience).ok());
    run.node->close(kPatience);
    const auto state = views::find_partner(*run.ledger.rows->snapshot(), PartnerId{"contoso"});
    REQUIRE(state.ok());
    REQUIRE(state->has_value());
    CHECK((*state)->version == 2);
    const auto found = verify(*run.ledger.log, *run.ledger.rows->snapshot(), *run.ledger.keys, {});
    REQUIRE(found.ok());
    CHECK(found->clean());
    CHECK(found->entries == 2);
}

TEST_CASE("Verify names a row that is not what the log folds to") {
    const Sandbox sandbox;
    Running run(sandbox);
    REQUIRE(run.ask(register_partner("c1")).outcome == Outcome::accepted);
    REQUIRE(run.node->catch_up(kPatience).ok());
    run.node->close(kPatience);
    const auto row = run.ledger.rows->snapshot()->get(views::Family::partners, "contoso");
    REQUIRE(row.ok());
    std::string damaged = **row;
    damaged.back() = static_cast<char>(damaged.back() ^ 1);
    REQUIRE(run.ledger.rows->write({{views::Family::partners, "contoso", damaged}}).ok());
    const auto found = verify(*run.ledger.log, *run.ledger.rows->snapshot(), *run.ledger.keys, {});
    // A damaged row either can't be unpacked at all, or is found to differ.
    if (found.ok()) CHECK_FALSE(found->clean());
}

TEST_CASE("Settling is answered when the claim was judged, and the ledger goes on") {
    const Sandbox sandbox;
    Running run(sandbox);
    REQUIRE(run.ask(register_partner("c1")).outcome == Outcome::accepted);
    std::promise<Answer> settled;
    run.node->settle(run.node->partition_of(PartnerId{"contoso"}),
                     [&](const Answer& answer) { settled.set_value(answer); });
    CHECK(settled.get_future().get().outcome == Outcome::nothing);
    CHECK(run.ask(kAgree).outcome == Outcome::accepted);
}

TEST_CASE("A ledger that stands there already is not made again") {
    const Sandbox sandbox;
    const auto again = create_ledger(sandbox.place(), {});
    REQUIRE_FALSE(again.ok());
    CHECK(again.error().code == kLedgerExists);
}

TEST_CASE("Another ledger's views are refused") {
    const Sandbox mine, other;
    {
        Running run(other);
        REQUIRE(run.ask(register_partner("c1")).outcome == Outcome::accepted);
        run.node->close(kPatience);
    }
    std::filesystem::copy(other.place().directory + "/views", mine.place().directory + "/views",
                          std::filesystem::copy_options::recursive);
    CHECK_FALSE(open_ledger(mine.place()).ok());
}

}  // namespace ledger
