#include "events/json/decode.h"

#include <random>
#include <string>

#include "command_generated.h"
#include "events/json/read.h"
#include "events/limits.h"
#include "tests/events/json/fake_seal.h"
#include "tests/events/json/random_json.h"
#include "tests/support/catch.h"

namespace ledger::json {
namespace {

// What is wrong with it, and where.
struct Case {
    std::string json;
    ErrorCode code;
    std::string place = {};
};

// A command that is right but for what a case puts in.
std::string command(const std::string& type, const std::string& body,
                    const std::string& more = "") {
    return R"({"id":"c1","partner":"contoso","actor":{"kind":"user","id":"kim"},"type":")" + type +
           R"(","body":)" + body + more + "}";
}

std::string assign_seat(const std::string& more = "") {
    return command("AssignSeat", R"({"order":"o1","sku":"vs","person":"kim"})", more);
}

std::string move_seat(const std::string& seat) {
    return command("MoveSeat",
                   R"({"order":"o1","sku":"vs","seat":)" + seat + R"(,"person":"kim"})");
}

std::string accept(const std::string& agreement) {
    return command("AcceptAgreement", R"({"agreement":)" + agreement + "}");
}

std::string add_user(const std::string& roles,
                     const std::string& email = "\"kim@contoso.example\"") {
    return command("AddUser", R"({"user":{"id":"kim","name":"Kim","email":)" + email +
                                  R"(},"roles":)" + roles + "}");
}

Error error_of(const std::string& json, Callers callers = Callers::partners) {
    FakeSeal seal;
    const auto result = command_from_json(json, seal.seal(), callers);
    CHECK(seal.asked.empty());  // nothing that is broken makes a key
    REQUIRE_FALSE(result.ok());
    // Given as values it is refused in the same words.
    if (const auto node = read_node(json)) {
        const Plain plain = node->plain();
        const auto as_values = command_from(Node(plain), seal.seal(), callers);
        // Only a text can be too long for what stands in it.
        if (as_values.ok() && result.error().code.text == kTooLong.text) return result.error();
        REQUIRE_FALSE(as_values.ok());
        CHECK(as_values.error().code.text == result.error().code.text);
        CHECK(as_values.error().message == result.error().message);
    }
    return result.error();
}

void check(const Error& error, const Case& expected) {
    INFO(expected.json << ": " << error.message);
    CHECK(error.code.text == expected.code.text);
    CHECK(error.place == expected.place);
    CHECK(error.message.starts_with(error.place));
    CHECK(error.message.size() > error.place.size());
}

void check_all(const std::vector<Case>& cases, Callers callers = Callers::partners) {
    for (const Case& each : cases) check(error_of(each.json, callers), each);
}

}  // namespace

TEST_CASE("Text that is no JSON is refused") {
    check_all({
        {"", kSyntax},
        {"  \t", kSyntax},
        {"\xEF\xBB\xBF{}", kSyntax},
        {"{\"id\":\"\xC3\"}", kSyntax},
        {R"({"id":"c1",})", kSyntax},
        {R"({"id" "c1"})", kSyntax},
        {assign_seat() + assign_seat(), kSyntax},
        {R"({"id":"c1)", kSyntax},
        {"{\"id\":\"c\n1\"}", kSyntax},
        {R"({"id":"\q"})", kSyntax},
        {R"({"id":nul})", kSyntax},
        {R"({"id":01})", kSyntax},
        {"{\"corrects\":" + std::string(30, '9') + "}", kSyntax},
        {std::string(2000, '['), kSyntax},
        {"[]", kWrongValue},
        {"\"AssignSeat\"", kWrongValue},
        {"17", kWrongValue},
        {"null", kWrongValue},
    });
}

TEST_CASE("An unknown, doubled or withheld field is named") {
    check_all({
        {assign_seat(R"(,"reson":"x")"), kUnknownField, "reson"},
        {assign_seat(R"(,"Partner":"x")"), kUnknownField, "Partner"},
        {command("AssignSeat", R"({"order":"o1","sku":"vs","person":"kim","quantity":1})"),
         kUnknownField, "body.quantity"},
        {command("VerifyContact", R"({"on":"2021-02-01"})"), kUnknownField, "body.on"},
        {assign_seat(R"(,"a b\n":1)"), kUnknownField, R"("a b\n")"},
        {assign_seat(R"(,"id":"c2")"), kGivenTwice, "id"},
        {assign_seat(R"(,"type":"AssignSeat")"), kGivenTwice, "type"},
        {command("AssignSeat", R"({"sku":"vs","sku":null})"), kGivenTwice, "body.sku"},
        {R"({"id":"c1","partner":"contoso","actor":{"id":"kim","roles":["global_admin"]}})",
         kNotGiven, "actor.roles"},
    });
}

TEST_CASE("What a command must have is asked for") {
    check_all({
        {"{}", kMissing, "id"},
        {R"({"id":null})", kMissing, "id"},
        {R"({"id":"c1"})", kMissing, "partner"},
        {R"({"id":"c1","partner":"contoso"})", kMissing, "actor"},
        {R"({"id":"c1","partner":"contoso","actor":{}})", kMissing, "actor.id"},
        {R"({"id":"c1","partner":"contoso","actor":{"id":"kim"}})", kMissing, "type"},
        {R"({"id":"c1","partner":"contoso","actor":{"id":"kim"},"body":{}})", kMissing, "type"},
        {R"({"id":"c1","partner":"contoso","actor":{"id":"kim"},"type":"VerifyContact"})", kMissing,
         "body"},
        {command("AssignSeat", "{}"), kMissing, "body.order"},
        {command("AssignSeat", "null"), kMissing, "body"},
        {command("ReleaseSeat", R"({"order":"o1","sku":"vs"})"), kMissing, "body.seat"},
        {command("PurchaseOffer", R"({"order":"o1","offer":"ap"})"), kMissing, "body.charge"},
        {command("AddUser", R"({"user":{"id":"kim","name":"Kim"}})"), kMissing, "body.user.email"},
    });
}

TEST_CASE("A value of the wrong type is refused") {
    check_all({
        {move_seat("\"ten\""), kWrongValue, "body.seat"},
        {move_seat("\"10\""), kWrongValue, "body.seat"},
        {move_seat("1.5"), kWrongValue, "body.seat"},
        {move_seat("1.0"), kWrongValue, "body.seat"},
        {move_seat("true"), kWrongValue, "body.seat"},
        {move_seat("[1]"), kWrongValue, "body.seat"},
        {move_seat("{}"), kWrongValue, "body.seat"},
        {accept("17"), kWrongValue, "body.agreement"},
        {command("AssignSeat", "[]"), kWrongValue, "body"},
        {command("AddUser", R"({"user":"kim"})"), kWrongValue, "body.user"},
        {command("RemoveUser", R"({"user":["kim"]})"), kWrongValue, "body.user"},
        {command("ChangeRoles", R"({"user":"kim","may_sign":"yes"})"), kWrongValue,
         "body.may_sign"},
        {command("ChangeRoles", R"({"user":"kim","may_sign":1})"), kWrongValue, "body.may_sign"},
        {add_user("[]", "17"), kWrongValue, "body.user.email"},
        {assign_seat(R"(,"corrects":-1)"), kWrongValue, "corrects"},
        {assign_seat(R"(,"not_after":17)"), kWrongValue, "not_after"},
        {accept('"' + std::string(70, 'x') + '"'), kWrongValue, "body.agreement"},
    });
}

TEST_CASE("A number stays within its range") {
    check_all({
        {move_seat("0"), kWrongValue, "body.seat"},
        {move_seat("-3"), kWrongValue, "body.seat"},
        {move_seat("100001"), kWrongValue, "body.seat"},
        {move_seat("18446744073709551615"), kWrongValue, "body.seat"},
        {command("PurchaseOffer",
                 R"({"order":"o1","offer":"ap","charge":{"amount":0,"currency":"USD"}})"),
         kWrongValue, "body.charge.amount"},
    });
}

TEST_CASE("A text has its length in bytes, and a name only its letters") {
    std::string accents;
    for (int i = 0; i < 201; ++i) accents += "\u00E9";
    check_all({
        {accept("\"\""), kWrongValue, "body.agreement"},
        {command("PurchaseOffer",
                 R"({"order":"o1","offer":"ap","charge":{"amount":1,"currency":"EURO"}})"),
         kWrongValue, "body.charge.currency"},
        {assign_seat(R"(,"correlation_id":")" + std::string(65, 'x') + "\""), kWrongValue,
         "correlation_id"},
        {assign_seat(",\"reason\":\"" + accents + "\""), kWrongValue, "reason"},
        {add_user("[]", "\"k@\""), kWrongValue, "body.user.email"},
        {accept("\"Oct-2020\""), kWrongValue, "body.agreement"},
        {accept("\"2020 10\""), kWrongValue, "body.agreement"},
        {accept("\"-2020\""), kWrongValue, "body.agreement"},
        {accept("\"Oct 2020\""), kWrongValue, "body.agreement"},
        {accept("\"\u00E9\""), kWrongValue, "body.agreement"},
        {R"({"id":"c1","partner":"","actor":{"id":"kim"},"type":"VerifyContact","body":{}})",
         kWrongValue, "partner"},
    });
}

TEST_CASE("An impossible date is refused, and so is a malformed one") {
    const auto not_after = [](const std::string& text) {
        return assign_seat(R"(,"not_after":")" + text + "\"");
    };
    for (const char* text :
         {"2021-02-30", "2021-02-29T10:00:00Z", "1970-01-01T00:00:00Z", "2021-2-1", "1.2.2021",
          "2021-02-01T25:00:00Z", "2021-02-01T10:00:00+01:00"})
        check_all({{not_after(text), kWrongValue, "not_after"}});
    const auto clock = [](const std::string& to) {
        return R"({"id":"c1","actor":{"id":"kim"},"type":"MoveClock","body":{"to":)" + to + "}}";
    };
    for (const char* text : {"\"2021-02-30\"", "\"2021-02-01T10:00:00Z\"", "\"1970-01-01\""})
        check_all({{clock(text), kWrongValue, "body.to"}}, Callers::the_ledger);
    check_all({{clock("null"), kMissing, "body.to"}}, Callers::the_ledger);
}

TEST_CASE("An unknown name of an enum, a flag or a type is refused") {
    check_all({
        {R"({"id":"c1","partner":"contoso","actor":{"kind":"boss","id":"kim"}})", kWrongValue,
         "actor.kind"},
        {R"({"id":"c1","partner":"contoso","actor":{"kind":1,"id":"kim"}})", kWrongValue,
         "actor.kind"},
        {add_user(R"(["global_admin","boss"])"), kWrongValue, "body.roles[1]"},
        {add_user("[1]"), kWrongValue, "body.roles[0]"},
        {add_user(R"("global_admin")"), kWrongValue, "body.roles"},
        {add_user(R"(["plain_user","plain_user"])"), kGivenTwice, "body.roles[1]"},
        {command("AsignSeat", "{}"), kUnknownType, "type"},
        {command("assignseat", "{}"), kUnknownType, "type"},
        {command("Frobnicate", "{}"), kUnknownType, "type"},
        {command("NONE", "{}"), kUnknownType, "type"},
        {R"({"id":"c1","partner":"contoso","actor":{"id":"kim"},"type":52,"body":{}})", kWrongValue,
         "type"},
    });
}

TEST_CASE("The ledger's own commands are for the ledger only, and name no partner") {
    check_all({
        {command("MoveClock", R"({"to":"2021-02-01"})"), kLedgersOwn, "type"},
        {command("PublishPolicy", "{}"), kLedgersOwn, "type"},
        {command("PublishCatalogue", "{}"), kLedgersOwn, "type"},
    });
    check_all({{command("MoveClock", R"({"to":"2021-02-01"})"), kLedgersOwn, "partner"}},
              Callers::the_ledger);

    FakeSeal seal;
    for (const std::string partner : {"", R"("partner":"",)", R"("partner":null,)"}) {
        const auto bytes =
            command_from_json(R"({"id":"c1",)" + partner +
                                  R"("actor":{"kind":"system","id":"clock"},)"
                                  R"("type":"MoveClock","body":{"to":"2021-02-01"}})",
                              seal.seal(), Callers::the_ledger);
        REQUIRE(bytes);
        const fb::Command& command = *fb::GetCommand(bytes->data());
        CHECK(command.partner()->size() == 0);
        CHECK(command.body_as_MoveClock()->to() == 18659);
    }
}

TEST_CASE("A list has its number of elements, and a fault in one is placed") {
    const auto catalogue = [](const std::string& grants) {
        return R"([{"version":1,"effective":"2020-10-01","note":"first","offers":[{"id":"ap",)"
               R"("title":"Action Pack","kind":"action_pack","grants":)" +
               grants + "}]}]";
    };
    const auto check_refused = [](const std::string& json, ErrorCode code, const char* place) {
        const auto tables = tables_from_json("CatalogueVersion", json);
        REQUIRE_FALSE(tables.ok());
        check(tables.error(), {json, code, place});
    };
    CHECK(tables_from_json("CatalogueVersion", catalogue("[]")).ok());
    check_refused(catalogue(R"([{"sku":"vs","title":"VS","quantity":0}])"), kWrongValue,
                  "[0].offers[0].grants[0].quantity");
    check_refused(catalogue(R"([{"sku":"vs","title":"VS","quantity":1},"vs"])"), kWrongValue,
                  "[0].offers[0].grants[1]");
    check_refused(R"([{"version":1,"effective":"2020-10-01","note":"first","offers":[]}])",
                  kWrongValue, "[0].offers");
    check_refused(R"([{"version":1,"effective":"2020-10-01","note":"first","offers":{}}])",
                  kWrongValue, "[0].offers");
    check_refused(R"({"version":1})", kWrongValue, "");
    check_refused("[17]", kWrongValue, "[0]");
}

TEST_CASE("A command over its limit is refused before anything is sealed") {
    const std::string blanks(8 * limits::kCommandMaxBytes, ' ');
    check_all({{assign_seat() + blanks, kTooLong}});

    // Only a catalogue can be so large that its fields are right and the whole is not.
    std::string grants;
    for (int i = 0; i < 200; ++i)
        grants += std::string(i ? "," : "") + R"({"sku":"vs","title":")" + std::string(100, 'x') +
                  R"(","quantity":1})";
    const std::string offer = R"({"id":"ap","title":"AP","grants":[)" + grants + "]}";
    check_all({{R"({"id":"c1","actor":{"id":"kim"},"type":"PublishCatalogue","body":{"catalogue":{)"
                R"("version":1,"effective":"2020-10-01","note":"n","offers":[)" +
                    offer + "," + offer + "]}}}",
                kTooLong}},
              Callers::the_ledger);
}

TEST_CASE("Personal texts are sealed for the person they belong to, and stand nowhere in clear") {
    FakeSeal seal;
    const auto bytes = command_from_json(
        command("RegisterPartner",
                R"({"legal_name":"Contoso","address":"Main Street 1","tenant":"contoso.example",)"
                R"("contact":{"id":"lee","name":"Lee Lind","email":"lee@contoso.example"},)"
                R"("user":{"email":"kim@contoso.example","id":"kim","name":"Kim Karlsson"}})"),
        seal.seal());
    REQUIRE(bytes);
    using Asked = std::vector<std::pair<std::string, std::string>>;
    CHECK(seal.asked == Asked{{"contoso/person/lee", "Lee Lind"},
                              {"contoso/person/lee", "lee@contoso.example"},
                              {"contoso/person/kim", "Kim Karlsson"},
                              {"contoso/person/kim", "kim@contoso.example"}});
    for (const auto& [subject, text] : seal.asked)
        CHECK(text_of(BytesView(*bytes)).find(text) == std::string_view::npos);
}

TEST_CASE("An error of the key store is passed on with its effect") {
    static constexpr ErrorCode kKeyStoreAway{"test.key-store-away"};
    const SealText broken = [](std::string_view, std::string_view,
                               std::string_view) -> Result<Bytes> {
        return error(kKeyStoreAway, "the key store is away, start it", Effect::unknown);
    };
    const auto result = command_from_json(add_user("[]"), broken);
    REQUIRE(!result);
    CHECK(result.error().code == kKeyStoreAway);
    CHECK(result.error().effect == Effect::unknown);
}

TEST_CASE("Fields come in any order, null and empty count as absent, a bare date ends its day") {
    FakeSeal seal;
    const auto bytes = command_from_json(
        R"({"body":{"person":"kim","tenant":null,"sku":"vs","order":"o1"},"reason":"","type":)"
        R"("AssignSeat","not_after":"2021-02-01","expected_version":0,"actor":{"id":"kim"},)"
        R"("partner":"contoso","id":"c\u00e9"})",
        seal.seal());
    REQUIRE(bytes);
    const fb::Command& command = *fb::GetCommand(bytes->data());
    CHECK(command.id()->string_view() == "c\u00E9");
    CHECK(command.body_as_AssignSeat()->person()->string_view() == "kim");
    CHECK(command.body_as_AssignSeat()->tenant() == nullptr);
    CHECK(command.reason() == nullptr);
    REQUIRE(command.not_after().has_value());
    CHECK(*command.not_after() == 18660LL * 86'400'000 - 1);
    CHECK(command.expected_version() == flatbuffers::Optional<std::uint64_t>(0));
}

TEST_CASE("A damaged command is refused with a reason, or is another command") {
    std::mt19937 random(7);
    const auto& types = table_named("Command").field("body")->choices;
    const std::string_view marks = "{}[]\",:\\0a-.\n\xC3";
    for (std::uint32_t seed = 0; seed < 5000; ++seed) {
        std::string json = RandomJson(seed).command(types[seed % types.size()]);
        for (std::size_t i = random() % 4 + 1; i > 0; --i) {
            const std::size_t at = random() % json.size();
            const char mark = marks[random() % marks.size()];
            if (random() % 2)
                json[at] = mark;
            else
                json.insert(at, 1, mark);
        }
        FakeSeal seal;
        const auto result = command_from_json(json, seal.seal(), Callers::the_ledger);
        INFO(json);
        REQUIRE((result.ok() || (!result.error().message.empty() && seal.asked.empty())));
    }
}

TEST_CASE("A table with personal texts is no data file") {
    const auto result =
        table_from_json("Person", R"({"id":"kim","name":"Kim","email":"kim@contoso.example"})");
    REQUIRE(!result);
    CHECK(result.error().code == kPersonalTexts);
}

TEST_CASE("A file of data that is empty is refused like one of white space") {
    for (const std::string_view text :
         {std::string_view(), std::string_view(""), std::string_view("  ")}) {
        const auto result = tables_from_json("PolicyVersion", text);
        REQUIRE(!result);
        CHECK(result.error().code == kSyntax);
    }
}

TEST_CASE("Policy data is read into native objects") {
    const auto policies = natives_from_json<fb::PolicyVersion>(
        R"([{"version":1,"effective":"2010-01-01","renewal_window_days":30,"refund_days":30,)"
        R"("payment_days":30,"note":"first",)"
        R"("benefit_roles":["global_admin","partner_admin"],"seat_for_tenant_member":true}])");
    REQUIRE(policies);
    REQUIRE(policies->size() == 1);
    CHECK(policies->front().effective == 14610);
    CHECK(policies->front().benefit_roles == (fb::Role::global_admin | fb::Role::partner_admin));
    CHECK(policies->front().seat_for_tenant_member);
}

}  // namespace ledger::json
