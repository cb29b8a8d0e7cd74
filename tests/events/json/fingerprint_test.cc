#include "events/json/fingerprint.h"

#include <map>
#include <string>

#include "events/json/decode.h"
#include "events/json/encode.h"
#include "tests/events/json/fake_seal.h"
#include "tests/events/json/random_json.h"
#include "tests/support/catch.h"

namespace ledger::json {
namespace {

Bytes fingerprint_of(const std::string& json, FakeSeal& seal) {
    const auto bytes = command_from_json(json, seal.seal(), Callers::the_ledger);
    INFO(json);
    REQUIRE((bytes ? "" : bytes.error().message) == "");
    return fingerprint_bytes(*fb::GetCommand(bytes->data()));
}

Bytes fingerprint_of(const std::string& json) {
    FakeSeal seal;
    return fingerprint_of(json, seal);
}

std::string command(const std::string& type, const std::string& body,
                    const std::string& more = "") {
    return R"({"id":"c1","partner":"contoso","actor":{"kind":"user","id":"kim"},"type":")" + type +
           R"(","body":)" + body + more + "}";
}

std::string register_partner(const std::string& name) {
    return command(
        "RegisterPartner",
        R"({"legal_name":"Contoso","address":"Main Street 1","tenant":"contoso.example",)"
        R"("contact":{"id":"lee","name":")" +
            name +
            R"(","email":"l@contoso.example"},)"
            R"("user":{"id":"kim","name":"Kim","email":"k@contoso.example"}})");
}

}  // namespace

TEST_CASE("A fingerprint has the documented form") {
    const Bytes bytes =
        fingerprint_of(command("ReleaseSeat", R"({"order":"o1","sku":"v","seat":258})"));
    CHECK(bytes == Bytes{52,                               // ReleaseSeat
                         0,    0,   2, 0, 0, 0, 'o', '1',  // order
                         1,    0,   1, 0, 0, 0, 'v',       // sku
                         2,    0,   2, 1, 0, 0,            // seat
                         0xFF, 0xFF});
}

TEST_CASE("A fingerprint covers type and body, not the header") {
    const std::string body = R"({"order":"o1"})";
    const Bytes off = fingerprint_of(command("TurnAutomaticRenewalOff", body));
    CHECK(off == fingerprint_of(R"({"id":"c2","partner":"contoso","actor":{"kind":"support",)"
                                R"("id":"lee"},"reason":"x","not_after":"2021-02-01",)"
                                R"("expected_version":3,"type":"TurnAutomaticRenewalOff",)"
                                R"("body":{"order":"o1"}})"));
    CHECK(off != fingerprint_of(command("TurnAutomaticRenewalOn", body)));
    CHECK(off != fingerprint_of(command("TurnAutomaticRenewalOff", R"({"order":"o2"})")));
}

TEST_CASE("A default counts as absent") {
    CHECK(fingerprint_of(command("ChangeRoles", R"({"user":"kim"})")) ==
          fingerprint_of(command("ChangeRoles", R"({"user":"kim","roles":[],"may_sign":false})")));
    CHECK(fingerprint_of(command("ChangeRoles", R"({"user":"kim"})")) !=
          fingerprint_of(command("ChangeRoles", R"({"user":"kim","may_sign":true})")));

    const auto packed = [](const char* tenant) {
        flatbuffers::FlatBufferBuilder builder;
        const auto body = fb::CreateAssignSeatDirect(builder, "o1", "vs", "kim", tenant);
        const auto actor = fb::CreateActorDirect(builder, fb::ActorKind::user, "kim");
        fb::FinishCommandBuffer(
            builder, fb::CreateCommandDirect(builder, "c1", "contoso", actor, nullptr, nullptr,
                                             nullptr, 0, flatbuffers::nullopt, flatbuffers::nullopt,
                                             fb::CommandBody::AssignSeat, body.Union()));
        const Bytes bytes(builder.GetBufferPointer(),
                          builder.GetBufferPointer() + builder.GetSize());
        return fingerprint_bytes(*fb::GetCommand(bytes.data()));
    };
    CHECK(packed(nullptr) == packed(""));
    CHECK(packed(nullptr) != packed("contoso.example"));
}

TEST_CASE("A retry that is sealed anew has the same fingerprint, another text has not") {
    FakeSeal seal;
    const auto first = command_from_json(register_partner("Lee"), seal.seal());
    const auto retry = command_from_json(register_partner("Lee"), seal.seal());
    REQUIRE(first);
    REQUIRE(retry);
    CHECK(*first != *retry);
    const Bytes bytes = fingerprint_bytes(*fb::GetCommand(first->data()));
    CHECK(bytes == fingerprint_bytes(*fb::GetCommand(retry->data())));
    CHECK(bytes != fingerprint_of(register_partner("Leo"), seal));
    CHECK(text_of(BytesView(bytes)).find("Lee") == std::string_view::npos);
}

TEST_CASE("Commands that ask for other things have other fingerprints") {
    std::map<Bytes, std::string> bodies;
    for (const Choice& type : table_named("Command").field("body")->choices) {
        for (std::uint32_t seed = 0; seed < 100; ++seed) {
            FakeSeal seal;
            const auto bytes =
                command_from_json(RandomJson(seed).command(type), seal.seal(), Callers::the_ledger);
            REQUIRE(bytes);
            const fb::Command& command = *fb::GetCommand(bytes->data());
            const std::string body =
                type.name + to_json(*type.table, static_cast<const std::uint8_t*>(command.body()),
                                    {.open = seal.open()});
            const auto added = bodies.emplace(fingerprint_bytes(command), body);
            CHECK(added.first->second == body);
        }
    }
}

}  // namespace ledger::json
