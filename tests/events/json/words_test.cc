#include "events/json/words.h"

#include "events/actions.h"
#include "events/json/build.h"
#include "events/json/read.h"
#include "events/record.h"
#include "tests/events/json/fake_seal.h"
#include "tests/golden/examples.h"
#include "tests/support/catch.h"

namespace ledger::json {
namespace {

std::string minor_units(std::int64_t amount, std::string_view currency) {
    return std::to_string(amount) + " minor units of " + std::string(currency);
}

std::string told(const char* table, const std::string& json, std::string_view words) {
    const Table& type = table_named(table);
    FakeSeal seal;
    const auto parts = read_table(type, json, Callers::the_ledger);
    REQUIRE(parts.ok());
    const auto bytes = build(type, *parts, "contoso", seal.seal(), nullptr);
    REQUIRE(bytes.ok());
    const auto* root = flatbuffers::GetRoot<flatbuffers::Table>(bytes->data());
    return in_words(type, reinterpret_cast<const std::uint8_t*>(root), words, {minor_units});
}

constexpr const char* kPlaced =
    R"({"order":"o1","offer":"action-pack","kind":"action_pack","charge":{"amount":7,"currency":"USD"},)"
    R"("on":"2021-02-01","pay_by":"2021-03-02","automatic_renewal":false,"grants":[)"
    R"({"sku":"a","title":"A","kind":"download","unit":"seat","quantity":3},)"
    R"({"sku":"b","title":"B","kind":"download","unit":"seat","quantity":4}]})";

}  // namespace

TEST_CASE("A field is told as people write it: a text, a date, money, an enum's name") {
    CHECK(told("OrderPlaced", kPlaced, "{order}: {kind}, {on}, {charge}") ==
          "o1: action pack, 2021-02-01, 7 minor units of USD");
}

TEST_CASE("A number is told with its sign or with its noun") {
    const auto change = [](const char* number) {
        return told("UsageAdjusted",
                    std::string(R"({"order":"o","sku":"s","change":)") + number + R"(,"used":1})",
                    "{change} {+change} {used:unit/units} {change:unit/units}");
    };
    CHECK(change("2") == "2 +2 1 unit 2 units");
    CHECK(change("-1") == "-1 -1 1 unit -1 units");
}

TEST_CASE("A noun of one form stands right behind its number") {
    CHECK(told("OrderPlaced", kPlaced, "혜택 {grants:개}, {grants.quantity:석}") ==
          "혜택 2개, 7석");
}

TEST_CASE("A value of an enum is told as whoever tells it wants") {
    const Table& type = table_named("OrderPlaced");
    FakeSeal seal;
    const auto parts = read_table(type, kPlaced, Callers::the_ledger);
    REQUIRE(parts.ok());
    const auto bytes = build(type, *parts, "contoso", seal.seal(), nullptr);
    REQUIRE(bytes.ok());
    const auto* root = flatbuffers::GetRoot<flatbuffers::Table>(bytes->data());
    const ValueWords values{minor_units, [](const Field& field, const Choice& choice) {
                                return field.choices_of + "." + choice.name;
                            }};
    CHECK(in_words(type, reinterpret_cast<const std::uint8_t*>(root), "{kind}", values) ==
          "OfferKind.action_pack");
}

TEST_CASE("A list is told by how many it has, by each of them, or by their sum") {
    CHECK(told("OrderPlaced", kPlaced,
               "{grants:line/lines} ({grants.sku}), {grants.quantity:unit/units}") ==
          "2 lines (a, b), 7 units");
}

TEST_CASE("Words stand only where the field is set, isn't, or has a value") {
    constexpr std::string_view kWords =
        "{automatic_renewal?renews {order}}{automatic_renewal!doesn't renew {order}}"
        "{kind=silver?, silver}{kind=action_pack?, a pack{on? of {on}}}";
    CHECK(told("OrderPlaced", kPlaced, kWords) == "doesn't renew o1, a pack of 2021-02-01");
    const std::string renewing =
        std::string(kPlaced).replace(std::string_view(kPlaced).find("false"), 5, "true");
    CHECK(told("OrderPlaced", renewing, kWords) == "renews o1, a pack of 2021-02-01");
    CHECK(told("DownloadRecorded", R"({"order":"o","sku":"s","on":"2021-02-01","counted":0})",
               "download{language? {language}}{system! of any system}") ==
          "download of any system");
}

// Made up by the schema, so a template that names no field of its event ends the test here.
TEST_CASE("Every event that has words can be told in them") {
    for (const golden::Example& example : golden::examples()) {
        const RecordView record = decode_record(example.bytes);
        if (!record.body) continue;
        const EventKind& kind = kind_of(record.body->event_type());
        for (const std::string_view in_language : {kind.words, kind.words_ko}) {
            const std::string words = in_words(
                table_named(kind.type_name), static_cast<const std::uint8_t*>(record.body->event()),
                in_language, {minor_units});
            INFO(kind.type_name << ": " << words);
            CHECK(words.empty() == kind.words.empty());
            CHECK(words.find_first_of("{}") == std::string::npos);
        }
    }
}

}  // namespace ledger::json
