// What an error says of a command that has a sealed text: never what was given for it.
#include <string>
#include <utility>
#include <vector>

#include "command_generated.h"
#include "events/json/decode.h"
#include "events/json/read.h"
#include "tests/events/json/fake_seal.h"
#include "tests/events/json/random_json.h"
#include "tests/support/catch.h"

namespace ledger::json {
namespace {

std::string add_user(const std::string& body, const std::string& more = "") {
    return R"({"id":"c1","partner":"contoso","actor":{"kind":"user","id":"kim"},"type":"AddUser",)"
           R"("body":)" +
           body + more + "}";
}

// The places of values in a JSON text: where each begins, and where it ends.
std::vector<std::pair<std::size_t, std::size_t>> values_in(const std::string& json) {
    std::vector<std::pair<std::size_t, std::size_t>> places;
    bool quoted = false;
    const auto end_of = [&](std::size_t at) {
        int depth = 0;
        for (bool inside = false; at < json.size(); ++at) {
            if (json[at] == '\\')
                ++at;
            else if (json[at] == '"')
                inside = !inside;
            else if (!inside && (json[at] == '{' || json[at] == '['))
                ++depth;
            else if (!inside && (json[at] == '}' || json[at] == ']'))
                --depth;
            if (!inside && (depth < 0 || (depth == 0 && json[at] == ','))) break;
        }
        return at;
    };
    for (std::size_t at = 0; at < json.size(); ++at) {
        if (json[at] == '\\')
            ++at;
        else if (json[at] == '"')
            quoted = !quoted;
        else if (!quoted && json[at] == ':')
            places.emplace_back(at + 1, end_of(at + 1));
    }
    return places;
}

}  // namespace

TEST_CASE("A secret in any place of a command that has a sealed text is repeated by no error") {
    const std::string digits = "1234567890123456";
    const std::string letters = "KLMNO-PQRST";
    const std::vector<std::string> wrong{
        digits,
        "-" + digits,
        digits + ".5",
        '"' + letters + '"',
        "\"" + letters + "\\u001b\"",
        "[\"" + letters + "\"]",
        "[" + digits + "]",
        "{\"" + letters + "\":" + digits + "}",
        "{\"id\":\"" + letters + "\"}",
        "{\"id\":" + digits + "}",
        "17,\"" + letters + "\":17",
        "17 " + letters,
        "\"" + letters,
        "\"2021-02-30" + letters + "\"",
    };
    std::size_t looked = 0;
    for (const Choice& type : table_named("Command").field("body")->choices) {
        if (!type.table->holds_sealed) continue;
        const std::string json = RandomJson(17).command(type);
        for (const auto& [begin, end] : values_in(json)) {
            for (const std::string& each : wrong) {
                const std::string broken = json.substr(0, begin) + each + json.substr(end);
                FakeSeal seal;
                const auto result = command_from_json(broken, seal.seal(), Callers::the_ledger);
                if (result) continue;
                ++looked;
                INFO(broken << "\n" << result.error().message);
                CHECK(result.error().message.find(digits) == std::string::npos);
                CHECK(result.error().message.find(letters) == std::string::npos);
                CHECK(result.error().message.find("KLMNO") == std::string::npos);
            }
        }
    }
    CHECK(looked > 500);
}

TEST_CASE("A field whose name may be a secret is given no place") {
    struct Case {
        std::string json;
        ErrorCode code;
        std::string place;
    };
    const std::vector<Case> cases{
        {add_user(R"({"user":{"id":"kim","KLMNO-PQRST":1}})"), kUnknownField, "body.user"},
        {add_user("{}", R"(,"reson":"x")"), kUnknownField, ""},
        {add_user("{}", R"(,"not_after":"2021-02-30")"), kWrongValue, "not_after"},
        {add_user("{}", ",\"reason\":\"" + std::string(401, 'x') + '"'), kWrongValue, "reason"},
    };
    for (const Case& each : cases) {
        INFO(each.json);
        FakeSeal seal;
        const auto result = command_from_json(each.json, seal.seal());
        REQUIRE(!result);
        CHECK(result.error().code == each.code);
        CHECK(result.error().place == each.place);
        CHECK(result.error().message.find("KLMNO") == std::string::npos);
        CHECK(result.error().message.find("reson") == std::string::npos);
    }
}

}  // namespace ledger::json
