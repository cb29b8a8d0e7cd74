// A table's values as the cells of a row, and what attributes of answers make of them in JSON.
#include "events/json/cells.h"

#include <utility>

#include "events/record.h"
#include "lists_generated.h"
#include "policies_generated.h"
#include "reference_generated.h"
#include "stat_generated.h"
#include "tests/support/catch.h"

namespace ledger::json {
namespace {

fb::GrantRowT grant_row() {
    fb::GrantRowT row;
    row.offer = "action-pack";
    row.offer_title = "Action Pack";
    row.retired = true;
    row.grant = std::make_unique<fb::GrantT>();
    row.grant->sku = "vs";
    row.grant->title = "Visual Studio";
    row.grant->kind = fb::BenefitKind::visual_studio_seat;
    row.grant->quantity = 3;
    return row;
}

fb::HistoryEventT history_event() {
    fb::SeatAssignedT assigned;
    assigned.order = "o1";
    assigned.sku = "vs";
    assigned.seat = 3;
    fb::EventUnion any;
    any.Set(assigned);
    EntryHeader header;
    header.partner = "contoso";
    header.version = 12;
    header.time_ms = 1000;
    header.command_id = "c";
    header.actor_id = "kim";
    header.actor_roles = fb::Role::global_admin;
    const Bytes record = encode_entry(header, encode_body(any));
    fb::HistoryEventT event;
    event.position = 5;
    event.words = "a seat";
    event.rules = {"VSS-01"};
    event.entry = std::make_unique<fb::EntryT>();
    decode_record(record).entry->UnPackTo(event.entry.get());
    return event;
}

std::string text(const TableView& table, std::string_view column) {
    return cell(table, column).text;
}

}  // namespace

TEST_CASE("What is joined gives its members to the table around it, in JSON and in columns") {
    const Packed row(grant_row());
    CHECK(to_json(row.view()) ==
          R"({"offer":"action-pack","offer_title":"Action Pack","offer_kind":"action_pack",)"
          R"("retired":true,"sku":"vs","title":"Visual Studio","kind":"visual_studio_seat",)"
          R"("unit":"licence","quantity":3,"unlimited":false,"on_premises":false,"core":false,)"
          R"("ceiling":0})");
    CHECK(text(row.view(), "sku") == "vs");
    CHECK(text(row.view(), "quantity") == "3");
    CHECK(row.view().type->columns ==
          std::vector<std::string>{"offer", "offer_title", "offer_kind", "retired", "competency",
                                   "sku", "title", "kind", "unit", "quantity", "unlimited",
                                   "on_premises", "core", "ceiling"});
}

TEST_CASE("What isn't joined after all has empty cells") {
    fb::GrantRowT empty = grant_row();
    empty.grant.reset();
    const Packed row(empty);
    CHECK(text(row.view(), "sku").empty());
    CHECK(to_json(row.view()) ==
          R"({"offer":"action-pack","offer_title":"Action Pack","offer_kind":"action_pack",)"
          R"("retired":true})");
}

TEST_CASE("A cell is a text as it is, and the JSON of anything else") {
    const Packed event(history_event());
    CHECK(cell(event.view(), "words").is_text);
    CHECK(text(event.view(), "rules") == R"(["VSS-01"])");
    CHECK(!cell(event.view(), "rules").is_text);
    CHECK(text(event.view(), "time") == "1970-01-01T00:00:01.000Z");
    CHECK(text(event.view(), "version") == "12");
    CHECK(text(event.view(), "actor.id") == "kim");
    CHECK(text(event.view(), "actor.kind") == "user");
    CHECK(text(event.view(), "actor.roles") == R"(["global_admin"])");
    CHECK(text(event.view(), "reason").empty());
    CHECK(text(event.view(), "corrects") == "0");
}

TEST_CASE("The type of a union is a column, and so is what stands in it") {
    const Packed event(history_event());
    CHECK(text(event.view(), "body.type") == "SeatAssigned");
    CHECK(text(event.view(), "body.event.seat") == "3");
}

TEST_CASE("Every column of every table of the schema is one of its values") {
    for (const char* name : {"HistoryEvent", "RefusalLine", "StoryRow", "FoundRow", "GrantRow",
                             "Change", "PartitionStat", "PartitionCount", "PolicyVersion"}) {
        const Table& type = table_named(name);
        CHECK(!type.columns.empty());
    }
    const Packed event(history_event());
    for (const std::string& column : event.view().type->columns) cell(event.view(), column);
}

TEST_CASE("The columns of a table are its fields, and those of a table in it one by one") {
    CHECK(table_named("PolicyOnDay").columns.front() == "on");
    CHECK(table_named("PolicyOnDay").columns.at(1) == "policy.version");
    CHECK(table_named("PolicyOnDay").columns.back() == "replaced_on");
    const Packed event(history_event());
    CHECK(text(event.view(), "body.event").find(R"("seat":3)") != std::string::npos);
}

TEST_CASE("A list by name is an object") {
    fb::LedgerStatT stat;
    stat.ledger = std::make_unique<fb::Id128>(1, 2);
    stat.at = "here";
    stat.total = std::make_unique<fb::TotalCountT>();
    stat.total->counts = std::make_unique<fb::RecordCountsT>();
    for (const char* name : {"doubts", "claims"}) {
        stat.retries.emplace_back().name = name;
        stat.retries.back().count = stat.retries.size() - 1;
    }
    const std::string json = to_json(Packed(stat).view());
    CHECK(json.find(R"("retries":{"doubts":0,"claims":1})") != std::string::npos);
    CHECK(json.find(R"("ledger":"00000000000000010000000000000002")") != std::string::npos);
    CHECK(json.find(R"("lag")") == std::string::npos);
}

TEST_CASE("In words a sealed text says that it is sealed, or what became of it") {
    const std::vector<std::uint8_t> sealed(60, 7);
    CHECK(words_of_sealed({}, nullptr).empty());
    CHECK(words_of_sealed(sealed, nullptr) == "sealed");
    const auto opened = [&](Result<std::optional<std::string>> result) {
        return words_of_sealed(sealed, [&](BytesView) { return result; });
    };
    CHECK(opened(std::optional<std::string>("Kim")) == "Kim");
    CHECK(opened(std::optional<std::string>()) == "erased");
    CHECK(opened(error("damaged")) == "unreadable");
    Error lost = error("lost");
    lost.key_lost = true;
    CHECK(opened(lost) == "key lost");
}

TEST_CASE("A document whose list is written as it comes is to the byte what it is as a whole") {
    for (const bool pretty : {false, true}) {
        for (std::size_t count = 0; count < 3; ++count) {
            fb::RuleListT whole;
            const Packed head(whole);
            Style style;
            style.pretty = pretty;
            LongDocument pieces(head.view(), style);
            std::string text;
            for (std::size_t i = 0; i < count; ++i) {
                fb::RuleLineT& rule = whole.rules.emplace_back();
                rule.id = "R-" + std::to_string(i);
                rule.commands.assign(i, "Buy");
                pieces.add(Packed(rule).view());
                text += std::exchange(pieces.text(), {});
            }
            pieces.end();
            CHECK(text + pieces.text() == to_json(Packed(whole).view(), style));
        }
    }
}

}  // namespace ledger::json
