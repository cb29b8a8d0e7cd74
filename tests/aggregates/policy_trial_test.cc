// A policy that was never in force, tried on what has happened: the command of every event comes
// back out of its entry, and is decided once more.
#include "aggregates/policy_trial.h"

#include <map>
#include <set>

#include "aggregates/deadlines/due.h"
#include "aggregates/possible/drawn.h"
#include "events/json/encode.h"
#include "tests/support/catch.h"
#include "tests/support/refunds.h"
#include "tests/support/rules.h"

using namespace ledger;
using namespace ledger::rules;

namespace {

constexpr std::uint64_t kSeeds = 120;
constexpr int kSteps = 250;
constexpr possible::Dials kDials{.wrong = 60, .likely = 700, .of_ledger = 40};

// The entry that a ruling is appended as.
Bytes entry_of(const NewEntry& accepted) {
    EntryHeader header = accepted.header;
    header.epoch = 1;
    header.seq = header.version;
    return encode_entry(header, encode_body(accepted.event));
}

LedgerState under(LedgerState ledger, const fb::PolicyVersionT& draft) {
    ledger.policies = with_draft(ledger.policies, draft);
    return ledger;
}

// The policy in force on a day with something of it changed, from another day on.
fb::PolicyVersionT draft_of(const char* on, const char* effective) {
    const LedgerState ledger = new_ledger();
    fb::PolicyVersionT draft = policy_on(ledger, day(on));
    draft.version = ledger.policies.back().version + 1;
    draft.effective = day(effective).days;
    return draft;
}

// What is asked on a day must be accepted; then it is tried under the draft.
Trial tried(const Story& before, const Asked& asked, const char* on,
            const fb::PolicyVersionT& draft) {
    const Bytes command = asked.under_id("c-tried").packed();
    const possible::Standing standing{before.partner(), before.ledger(), start_of(day(on))};
    const Ruling ruling = possible::ruling_on(standing, *fb::GetCommand(command.data()));
    REQUIRE(std::holds_alternative<NewEntry>(ruling.says));
    const Bytes bytes = entry_of(std::get<NewEntry>(ruling.says));
    const RecordView record = decode_record(bytes);
    REQUIRE(record.entry);
    // The ruling has views of the trial, so what is kept of it is copied.
    PolicyTrial trial;
    Trial found =
        trial.of(record, before.partner(), before.ledger(), under(before.ledger(), draft));
    if (auto* other = std::get_if<CameToOther>(&found))
        if (auto* entry = std::get_if<NewEntry>(&other->ruling.says)) entry->header = {};
    return found;
}

// What the ledger would issue by itself; nothing: nothing is due.
Bytes what_is_due(const possible::Standing& now) {
    if (now.partner.version == 0) return {};
    const auto due = deadlines::due(now.partner, policies_of(now.ledger), now.today());
    return due.empty() ? Bytes{} : deadlines::command_of(now.partner.partner, due.front());
}

const Refusal* refusal_in(const Trial& trial) {
    const auto* other = std::get_if<CameToOther>(&trial);
    return other ? std::get_if<Refusal>(&other->ruling.says) : nullptr;
}

std::vector<std::uint32_t> numbers(const std::vector<fb::PolicyVersionT>& versions) {
    std::vector<std::uint32_t> found;
    for (const fb::PolicyVersionT& each : versions) found.push_back(each.version);
    return found;
}

}  // namespace

TEST_CASE("A draft is in force from its day on, in the place of every version before it",
          "[LED-03]") {
    const LedgerState ledger = new_ledger();
    const std::vector<fb::PolicyVersionT> with =
        with_draft(ledger.policies, draft_of("2021-02-01", "2020-12-10"));
    const Policies policies(with);
    CHECK(policies.on(day("2020-12-09")).version == 3);
    CHECK(policies.on(day("2020-12-10")).version == with.back().version);
    CHECK(policies.on(day("2031-01-01")).version == with.back().version);
}

TEST_CASE("A draft of a number that is taken stands for that version alone", "[LED-03]") {
    const LedgerState ledger = new_ledger();
    fb::PolicyVersionT draft = ledger.policies[3];
    draft.seat_move_days = 5;
    const auto with = with_draft(ledger.policies, draft);
    CHECK(numbers(with) == numbers(ledger.policies));
    CHECK(with[3].seat_move_days == 5);
    CHECK(with[4] == ledger.policies[4]);
}

TEST_CASE("A seat that moved would not have under a longer period, and first could later",
          "[VSS-03]") {
    const Story story = with_pack().with_seat("kim", "2021-01-15");
    fb::PolicyVersionT draft = draft_of("2021-02-01", "2021-02-01");
    draft.seat_move_days = 365;
    const Asked move = move_seat(1, "lee");
    const Trial trial = tried(story, move, "2021-04-15", draft);
    const Refusal* refusal = refusal_in(trial);
    REQUIRE(refusal);
    CHECK(refusal->text() == "seat.reassign-too-early");
    CHECK(refusal->rule == "VSS-03");
    // In force one day later it would have changed nothing.
    draft.effective = day("2021-04-16").days;
    CHECK(std::holds_alternative<CameToTheSame>(tried(story, move, "2021-04-15", draft)));
}

TEST_CASE("An order by bank transfer would have had another last day to pay", "[MEM-13]") {
    fb::PolicyVersionT draft = draft_of("2021-02-01", "2021-01-01");
    draft.payment_days = 10;
    const Trial trial = tried(contoso(), order_by_transfer(), "2021-03-01", draft);
    const auto* other = std::get_if<CameToOther>(&trial);
    REQUIRE(other);
    const auto* entry = std::get_if<NewEntry>(&other->ruling.says);
    REQUIRE(entry);
    REQUIRE(entry->event.AsOrderPlaced());
    CHECK(Date{entry->event.AsOrderPlaced()->pay_by} == day("2021-03-10"));
}

TEST_CASE("A person of a tenant would not have had a seat under a policy for the user list alone",
          "[VSS-01]") {
    const Story story = with_pack();
    fb::PolicyVersionT draft = draft_of("2021-02-01", "2021-01-01");
    draft.seat_for_tenant_member = false;
    fb::AssignSeatT form;
    form.order = kOrder;
    form.sku = kSku;
    form.person = "eve";
    form.tenant = story.partner().tenants.front();
    const Trial trial = tried(story, ask(form), "2021-02-02", draft);
    const Refusal* refusal = refusal_in(trial);
    REQUIRE(refusal);
    CHECK(refusal->text() == "person.unknown");
}

// Whoever adds an event whose command isn't told by it, or that no command asks for, finds it here.
TEST_CASE("Every event of a partner tells the command it answers, but for these fields") {
    std::map<std::string, std::vector<std::string>> untold;
    for (const fb::Event type : fb::EnumValuesEvent()) {
        if (type == fb::Event::NONE || is_ledger_event(type)) continue;
        if (auto fields = possible::untold_fields(type); !fields.empty())
            untold[fb::EnumNameEvent(type)] = std::move(fields);
    }
    // Each has but a few values: by which method an order that waits for a transfer is paid, whether
    // hardware was changed, which requirements are met, whether a charge was made. Of an event that
    // answers several commands they stand once for each.
    const std::map<std::string, std::vector<std::string>> expected{
        {"KeyActivated", {"hardware_changed"}},
        {"OfferRenewed", {"paid"}},
        {"OrderPlaced", {"payment", "payment", "payment", "payment"}},
        {"RenewalChargeFailed", {"paid"}},
        {"RequirementsRecorded", {"performance_met", "exams_validated"}}};
    for (const auto& [event, fields] : untold) {
        INFO(event);
        CHECK(expected.count(event) == 1);
        if (expected.count(event) == 1) CHECK(fields == expected.at(event));
    }
    CHECK(untold.size() == expected.size());
}

TEST_CASE(
    "A draft that says what is in force changes nothing of any history, and all of it is tried",
    "[LED-01][LED-03]") {
    std::set<fb::Event> met;
    PolicyTrial trial;
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        INFO("seed " << seed);
        possible::Dice dice(seed);
        possible::Drawing drawing(dice, kDials);
        Date today = day(seed % 2 == 0 ? "2019-12-20" : "2020-11-01");
        possible::Believed believed(seed % 4 == 0 ? nobody().partner() : contoso().partner(),
                                    new_ledger());
        for (int step = 0; step < kSteps; ++step) {
            if (dice.per_mille(250)) today = plus_days(today, 3);
            if (dice.per_mille(3)) today = plus_days(today, 340);
            const possible::Standing standing = believed.at(start_of(today));
            Bytes command = dice.per_mille(100) ? what_is_due(standing) : Bytes{};
            if (command.empty()) command = drawing.any(standing, "c" + std::to_string(step));
            const PartnerState before = standing.partner;
            const LedgerState ledger = standing.ledger;
            const Ruling ruling = believed.take(*fb::GetCommand(command.data()), start_of(today));
            const auto* accepted = std::get_if<NewEntry>(&ruling.says);
            if (!accepted || is_ledger_event(accepted->event.type)) continue;
            const Bytes bytes = entry_of(*accepted);
            const RecordView record = decode_record(bytes);
            REQUIRE(record.entry);
            INFO(json::to_json(*record.entry));
            met.insert(accepted->event.type);
            const fb::PolicyVersionT& draft = policy_on(ledger, today);
            REQUIRE(std::holds_alternative<CameToTheSame>(
                trial.of(record, before, ledger, under(ledger, draft))));
        }
    }
    for (const fb::Event type : fb::EnumValuesEvent()) {
        INFO(fb::EnumNameEvent(type));
        CHECK((type == fb::Event::NONE || is_ledger_event(type) || met.contains(type)));
    }
}
