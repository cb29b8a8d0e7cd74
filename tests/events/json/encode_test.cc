#include "events/json/encode.h"

#include <string>

#include "command_generated.h"
#include "events/json/decode.h"
#include "events/record.h"
#include "state_generated.h"
#include "tests/events/json/fake_seal.h"
#include "tests/support/catch.h"

namespace ledger::json {
namespace {

template <typename Native>
Bytes pack(const Native& native) {
    flatbuffers::FlatBufferBuilder builder;
    builder.Finish(Native::TableType::Pack(builder, &native));
    return Bytes(builder.GetBufferPointer(), builder.GetBufferPointer() + builder.GetSize());
}

template <typename Native>
std::string json_of(const Native& native, const Style& style = {}) {
    const Bytes bytes = pack(native);
    return to_json(Native::TableType::GetFullyQualifiedName(), bytes, style);
}

Bytes seat_assigned_body() {
    fb::SeatAssignedT event;
    event.order = "o1";
    event.sku = "vs";
    event.seat = 3;
    event.person = "kim";
    event.on = 18659;
    fb::EventUnion any;
    any.Set(event);
    return encode_body(any);
}

std::vector<std::uint8_t> sealed(FakeSeal& seal, std::string_view text) {
    return *seal.seal()("contoso/person/kim", text, text);
}

fb::PersonT kim(FakeSeal& seal) {
    fb::PersonT person;
    person.id = "kim";
    person.name = sealed(seal, "Kim");
    person.email = sealed(seal, "kim@contoso.example");
    return person;
}

}  // namespace

TEST_CASE("A union is written as its type and its field") {
    CHECK(to_json("Body", seat_assigned_body()) ==
          R"({"type":"SeatAssigned","event":{"order":"o1","sku":"vs","seat":3,"person":"kim",)"
          R"("on":"2021-02-01"}})");
}

TEST_CASE("Members stand by field id, absent ones are left out, and defaults are written") {
    fb::PurchaseOfferT command;
    command.order = "o1";
    command.offer = "ap";
    command.charge = std::make_unique<fb::MoneyT>();
    command.charge->currency = "USD";
    CHECK(json_of(command) ==
          R"({"order":"o1","offer":"ap","payment":"none","charge":{"amount":0,"currency":"USD"},)"
          R"("terms_accepted":false,"confirmed":false})");
    fb::AssignSeatT assign;
    assign.order = "o1";
    assign.sku = "vs";
    assign.person = "kim";
    CHECK(json_of(assign) == R"({"order":"o1","sku":"vs","person":"kim"})");
}

TEST_CASE("An unset date is null, an absent optional one is left out") {
    fb::RefusalRowT row;
    CHECK(json_of(row).find("earliest") == std::string::npos);
    CHECK(json_of(row).find(R"("time":null)") != std::string::npos);
    row.earliest = 0;
    row.time = 1;
    CHECK(json_of(row).find(R"("earliest":"1970-01-01","time":"1970-01-01T00:00:00.001Z")") !=
          std::string::npos);
}

TEST_CASE("Flags are a list of names, and what has no name is a number") {
    fb::ChangeRolesT command;
    command.user = "kim";
    CHECK(json_of(command) == R"({"user":"kim","roles":[],"may_sign":false})");
    command.roles = fb::Role::global_admin | fb::Role::admin_agent | static_cast<fb::Role>(64);
    CHECK(json_of(command) ==
          R"({"user":"kim","roles":["global_admin","admin_agent",64],"may_sign":false})");
    fb::GrantT grant;
    grant.kind = static_cast<fb::BenefitKind>(200);
    CHECK(json_of(grant).find(R"("kind":200,"unit":"licence")") != std::string::npos);
}

TEST_CASE("Numbers keep all their digits and their sign") {
    fb::CheckpointT checkpoint;
    checkpoint.writer = std::make_unique<fb::Id128>(0x0123456789abcdefULL, 1ULL);
    checkpoint.root = std::make_unique<fb::Hash256>(0xfedcba9876543210ULL, 0ULL, 0ULL, 2ULL);
    checkpoint.epoch = 18446744073709551615ULL;
    CHECK(json_of(checkpoint) ==
          R"({"epoch":18446744073709551615,"writer":"0123456789abcdef0000000000000001","seq":0,)"
          R"("root":"fedcba987654321000000000000000000000000000000000)"
          R"(0000000000000002"})");
    fb::MoneyT money;
    money.amount = -5;
    money.currency = "EUR";
    CHECK(json_of(money) == R"({"amount":-5,"currency":"EUR"})");
}

TEST_CASE("Structs are objects, but ids and hashes hex digits") {
    const fb::Receipt receipt(1, 2, 3, fb::Id128(4, 5));
    CHECK(to_json(receipt) ==
          R"({"seq":1,"version":2,"position":3,"fingerprint":"00000000000000040000000000000005"})");
    fb::PartitionMetaT meta;
    meta.writer = std::make_unique<fb::Id128>(0ULL, 1ULL);
    meta.last_digest = std::make_unique<fb::Hash256>();
    meta.frontier = {fb::Hash256(1, 0, 0, 0), fb::Hash256(2, 0, 0, 0)};
    const std::string zeros(48, '0');
    CHECK(json_of(meta).find(R"("frontier":["0000000000000001)" + zeros + R"(","0000000000000002)" +
                             zeros + R"("])") != std::string::npos);
}

TEST_CASE("A sealed text shows its keyed hash and nothing else, unless it is opened") {
    FakeSeal seal;
    const fb::PersonT person = kim(seal);
    const std::string closed = json_of(person);
    const std::string hash = to_hex(sha256(view_of("Kim"))).substr(0, 32);
    CHECK(closed.starts_with(R"({"id":"kim","name":{"sealed":")" + hash +
                             R"("},"email":{"sealed":)"));
    CHECK(closed.find("Kim") == std::string::npos);
    CHECK(closed.find("contoso") == std::string::npos);
    CHECK(closed.size() ==
          32 * 2 +
              std::string(R"({"id":"kim","name":{"sealed":""},"email":{"sealed":""}})").size());

    CHECK(json_of(person, {.open = seal.open()}) ==
          R"({"id":"kim","name":"Kim","email":"kim@contoso.example"})");
    seal.erased = true;
    CHECK(json_of(person, {.open = seal.open()}) == R"({"id":"kim","name":null,"email":null})");
    FakeSeal elsewhere;
    elsewhere.key_lost = true;
    CHECK(json_of(person, {.open = elsewhere.open()})
              .starts_with(R"({"id":"kim","name":{"sealed":")" + hash + R"(","key":"lost"},)"));
    fb::PersonT broken = person;
    broken.name = {1, 2, 3};
    CHECK(json_of(broken, {.open = seal.open()}) ==
          R"({"id":"kim","name":{"sealed":null},"email":null})");
}

TEST_CASE("No view, event or command shows a sealed text by default") {
    FakeSeal seal;
    fb::PartnerStateT state;
    state.partner = "contoso";
    state.contact_name = sealed(seal, "Lee Lind");
    state.contact_email = sealed(seal, "lee@contoso.example");
    state.users.emplace_back();
    state.users.back().name = sealed(seal, "Kim Karlsson");
    state.users.back().email = sealed(seal, "kim@contoso.example");
    fb::UserAddedT event;
    event.user = std::make_unique<fb::PersonT>(kim(seal));
    fb::EventUnion any;
    any.Set(event);
    const std::string shown = json_of(state) + to_json("Body", encode_body(any));
    for (const auto& [subject, text] : seal.asked) CHECK(shown.find(text) == std::string::npos);
}

TEST_CASE("An entry shows its body as a table") {
    EntryHeader header;
    header.epoch = 1;
    header.writer = Id128{0, 7};
    header.seq = 5;
    header.partner = "contoso";
    header.version = 2;
    header.time_ms = 1612173600000;
    header.command_id = "c1";
    header.fingerprint = Id128{0, 9};
    header.actor_id = "kim";
    header.actor_roles = fb::Role::partner_admin;
    const Bytes bytes = encode_entry(header, seat_assigned_body());
    const RecordView record = decode_record(bytes);
    REQUIRE(record.entry);
    CHECK(to_json(*record.entry) ==
          R"({"epoch":1,"writer":"00000000000000000000000000000007","seq":5,"partner":"contoso",)"
          R"("version":2,"time":"2021-02-01T10:00:00.000Z","command_id":"c1",)"
          R"("fingerprint":"00000000000000000000000000000009","corrects":0,"actor":{"kind":"user",)"
          R"("id":"kim","roles":["partner_admin"]},"policy_version":0,"catalogue_version":0,)"
          R"("schema_version":1,"body":{"type":"SeatAssigned","event":{"order":"o1","sku":"vs",)"
          R"("seat":3,"person":"kim","on":"2021-02-01"}}})");
    CHECK(to_json("Record", bytes).starts_with(R"({"type":"Entry","record":{"epoch":1,)"));
}

TEST_CASE("A type that this program doesn't know is shown by its number") {
    flatbuffers::FlatBufferBuilder builder;
    const auto event = fb::CreateClockMoved(builder, 1).Union();
    builder.Finish(fb::CreateBody(builder, static_cast<fb::Event>(250), event));
    const Bytes bytes(builder.GetBufferPointer(), builder.GetBufferPointer() + builder.GetSize());
    CHECK(to_json("Body", bytes) == R"({"type":250})");
}

TEST_CASE("Any text comes out as valid JSON") {
    CHECK(quote("a\"b\\c/\n\r\t\b\x01\x7F") == R"("a\"b\\c/\n\r\t\u0008\u0001\u007f")");
    CHECK(quote(std::string_view("a\0b", 3)) == R"("a\u0000b")");
    CHECK(quote("\u009B\u202E\u2069\u2028\U000E0041") ==
          R"("\u009b\u202e\u2069\u2028\udb40\udc41")");
    CHECK(quote("\u200C\u200D") == "\"\u200C\u200D\"");
    CHECK(quote("\u00E9\u20AC\U0001F600") == "\"\u00E9\u20AC\U0001F600\"");
    const std::string bad = "\xEF\xBF\xBD";
    CHECK(quote("\xFF|\xC3") == "\"" + bad + "|" + bad + "\"");
    CHECK(quote("\xC0\xAF") == "\"" + bad + bad + "\"");             // overlong
    CHECK(quote("\xED\xA0\x80") == "\"" + bad + bad + bad + "\"");   // a surrogate
    CHECK(quote("\xF5\x80\x80\x80").starts_with("\"" + bad + bad));  // past the last character
    CHECK(shortened("abcdef", 6) == "abcdef");
    CHECK(shortened("abcdef", 3) == "abc...");
    CHECK(shortened("ab\u20AC", 4) == "ab...");
}

TEST_CASE("The pretty form is indented by two spaces") {
    FakeSeal seal;
    const auto bytes = command_from_json(
        R"({"id":"c1","partner":"contoso","actor":{"id":"kim"},"type":"ChangeRoles",)"
        R"("body":{"user":"lee","roles":["plain_user"]}})",
        seal.seal());
    REQUIRE(bytes);
    CHECK(to_json(*fb::GetCommand(bytes->data()), {.pretty = true}) == R"({
  "id": "c1",
  "partner": "contoso",
  "actor": {
    "kind": "user",
    "id": "kim"
  },
  "corrects": 0,
  "type": "ChangeRoles",
  "body": {
    "user": "lee",
    "roles": [
      "plain_user"
    ],
    "may_sign": false
  }
})");
    CHECK(json_of(fb::VerifyContactT(), {.pretty = true}) == "{}");
}

}  // namespace ledger::json
