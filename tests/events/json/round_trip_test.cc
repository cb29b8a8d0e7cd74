#include <string>

#include "command_generated.h"
#include "events/json/decode.h"
#include "events/json/encode.h"
#include "events/json/read.h"
#include "tests/events/json/fake_seal.h"
#include "tests/events/json/random_json.h"
#include "tests/support/catch.h"

namespace ledger::json {
namespace {

constexpr std::uint32_t kSeedsPerType = 200;

Bytes packed_by_flatc(const Bytes& command) {
    fb::CommandT native;
    fb::GetCommand(command.data())->UnPackTo(&native);
    flatbuffers::FlatBufferBuilder builder;
    fb::FinishCommandBuffer(builder, fb::CreateCommand(builder, &native));
    return Bytes(builder.GetBufferPointer(), builder.GetBufferPointer() + builder.GetSize());
}

}  // namespace

TEST_CASE("Every command goes from JSON to bytes and back unchanged") {
    const Field& body = *table_named("Command").field("body");
    for (const Choice& type : body.choices) {
        for (std::uint32_t seed = 0; seed < kSeedsPerType; ++seed) {
            const std::string json = RandomJson(seed).command(type);
            INFO(json);
            FakeSeal seal;
            const auto bytes = command_from_json(json, seal.seal(), Callers::the_ledger);
            REQUIRE((bytes ? "" : bytes.error().message) == "");
            REQUIRE(to_json(*fb::GetCommand(bytes->data()), {.open = seal.open()}) == json);
        }
    }
}

TEST_CASE("The bytes of a command are those that the generated Pack writes") {
    const Field& body = *table_named("Command").field("body");
    for (const Choice& type : body.choices) {
        for (std::uint32_t seed = 0; seed < kSeedsPerType; ++seed) {
            const std::string json = RandomJson(seed).command(type);
            INFO(json);
            FakeSeal seal;
            const auto bytes = command_from_json(json, seal.seal(), Callers::the_ledger);
            REQUIRE(bytes);
            REQUIRE(packed_by_flatc(*bytes) == *bytes);
        }
    }
}

TEST_CASE("The pretty form says the same as the one on a line") {
    const Field& body = *table_named("Command").field("body");
    for (const Choice& type : body.choices) {
        FakeSeal seal;
        const auto bytes =
            command_from_json(RandomJson(1).command(type), seal.seal(), Callers::the_ledger);
        REQUIRE(bytes);
        const std::string pretty =
            to_json(*fb::GetCommand(bytes->data()), {.open = seal.open(), .pretty = true});
        FakeSeal again;
        const auto same = command_from_json(pretty, again.seal(), Callers::the_ledger);
        REQUIRE(same);
        CHECK(*same == *bytes);
    }
}

TEST_CASE("Policy and catalogue data go from JSON to bytes and back unchanged") {
    for (const char* name : {"PolicyVersion", "CatalogueVersion"}) {
        for (std::uint32_t seed = 0; seed < kSeedsPerType; ++seed) {
            RandomJson random(seed);
            const std::string first = random.of(table_named(name));
            const std::string second = random.of(table_named(name));
            INFO(first);
            const auto one = table_from_json(name, first);
            REQUIRE(one);
            REQUIRE(to_json(name, *one) == first);
            const auto both = tables_from_json(name, "[" + first + "," + second + "]");
            REQUIRE(both);
            REQUIRE(both->size() == 2);
            REQUIRE(to_json(name, both->back()) == second);
        }
    }
}

TEST_CASE("Ids in hex are read as they are written") {
    const std::string claim =
        R"({"epoch":3,"writer":"0123456789abcdeffedcba9876543210","in_flight":7,"node":"here"})";
    const auto bytes = table_from_json("WriterOpened", claim);
    REQUIRE(bytes);
    CHECK(to_json("WriterOpened", *bytes) == claim);
    const auto broken = table_from_json("WriterOpened", R"({"writer":"0123"})");
    REQUIRE(!broken);
    CHECK(broken.error().code == kWrongValue);
    CHECK(broken.error().place == "writer");
}

}  // namespace ledger::json
