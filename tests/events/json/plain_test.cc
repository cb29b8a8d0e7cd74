// Values that the program made: written as JSON, and read by the schema as the same JSON would be.
#include "events/json/plain.h"

#include <cstdint>
#include <limits>

#include "command_generated.h"
#include "events/json/decode.h"
#include "tests/events/json/fake_seal.h"
#include "tests/events/json/random_json.h"
#include "tests/support/catch.h"

namespace ledger::json {
namespace {

constexpr std::uint32_t kSeedsOfType = 50;

std::string again(std::string_view json) {
    const auto node = read_node(json);
    REQUIRE(node);
    return to_json(node->plain());
}

}  // namespace

TEST_CASE("A copy of a JSON value is the same value, in the same order") {
    for (const char* json :
         {R"({})", R"([])", R"(null)", R"(true)", R"("a\n\"")", R"([1,[],{},"",false,null])",
          R"({"b":1,"a":{"c":[-1,0]},"b":2})", R"(18446744073709551615)", R"(1.5)", R"(1.0)"})
        CHECK(again(json) == json);
}

TEST_CASE("Plain values stand on one line, or indented") {
    Plain list = Plain::list();
    list.add(Plain(std::int64_t{-1}));
    list.add(Plain());
    Plain object = Plain::object();
    object.add("name", Plain("x\x01")).add("list", std::move(list)).add("none", Plain::object());
    CHECK(to_json(object) == R"({"name":"x\u0001","list":[-1,null],"none":{}})");
    CHECK(
        to_json(object, true) ==
        "{\n  \"name\": \"x\\u0001\",\n  \"list\": [\n    -1,\n    null\n  ],\n  \"none\": {}\n}");
}

TEST_CASE("A number is what JSON takes for one; anything else stays a text") {
    const auto json = [](std::string_view text) { return to_json(number_or_text(text)); };
    for (const char* number : {"0", "7", "-12", "9223372036854775807", "18446744073709551615"})
        CHECK(json(number) == number);
    for (const char* text :
         {"", "-", "+1", "007", "-01", "1.5", "1e3", " 1", "1 ", "ten", "18446744073709551616"})
        CHECK(json(text) == "\"" + std::string(text) + "\"");
}

TEST_CASE("A command given as values comes to the same bytes as its JSON") {
    const Field& body = *table_named("Command").field("body");
    for (const Choice& type : body.choices) {
        for (std::uint32_t seed = 0; seed < kSeedsOfType; ++seed) {
            const std::string json = RandomJson(seed).command(type);
            INFO(json);
            FakeSeal seal;
            const auto expected = command_from_json(json, seal.seal(), Callers::the_ledger);
            REQUIRE(expected);
            const auto node = read_node(json);
            REQUIRE(node);
            const Plain plain = node->plain();
            FakeSeal other;
            const auto found = command_from(Node(plain), other.seal(), Callers::the_ledger);
            REQUIRE(found);
            REQUIRE(*found == *expected);
        }
    }
}

}  // namespace ledger::json
