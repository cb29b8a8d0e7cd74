#include "events/json/decode.h"

#include <random>
#include <string>

#include "command_generated.h"
#include "events/limits.h"
#include "tests/events/json/fake_seal.h"
#include "tests/events/json/random_json.h"
#include "tests/support/catch.h"

namespace ledger::json {
namespace {

struct Case {
    std::string json;
    std::string message;
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

const std::string kName =
    "a name of a-z, 0-9, '.', '_' and '-' that starts with a letter or a digit";
const std::string kRoles =
    R"(one of "global_admin", "account_admin", "partner_admin", "admin_agent", "plain_user")";
// Every command that names a partner.
const std::string kTypes = [] {
    std::string names;
    for (const fb::CommandBody type : fb::EnumValuesCommandBody())
        if (type >= fb::CommandBody::RegisterPartner)
            names += (names.empty() ? "one of \"" : ", \"") +
                     std::string(fb::EnumNameCommandBody(type)) + '"';
    return names;
}();

std::string message_of(const std::string& json, Callers callers = Callers::partners) {
    FakeSeal seal;
    const auto result = command_from_json(json, seal.seal(), callers);
    CHECK(seal.asked.empty());  // nothing that is broken makes a key
    return result ? "accepted" : result.error().message;
}

void check_all(const std::vector<Case>& cases) {
    for (const Case& each : cases) {
        INFO(each.json);
        CHECK(message_of(each.json) == each.message);
    }
}

}  // namespace

TEST_CASE("Text that is no JSON is refused with the reason in plain words") {
    check_all({
        {"", "the line is empty, expected a command as a JSON object"},
        {"  \t", "there is nothing but white space, expected JSON"},
        {"\xEF\xBB\xBF{}", "it starts with a byte order mark, save the text as UTF-8 without one"},
        {"{\"id\":\"\xC3\"}", "not valid UTF-8, save the text in that encoding"},
        {R"({"id":"c1",})",
         "not valid JSON, a comma, colon, quote, brace or bracket is missing or one too many"},
        {R"({"id" "c1"})",
         "not valid JSON, a comma, colon, quote, brace or bracket is missing or one too many"},
        {assign_seat() + assign_seat(),
         "not valid JSON, a comma, colon, quote, brace or bracket is missing or one too many"},
        {R"({"id":"c1)", "not valid JSON, a text is not closed by a quote"},
        {"{\"id\":\"c\n1\"}",
         "not valid JSON, a text has a control character, write it like \\n or \\u0001"},
        {R"({"id":"\q"})", "not valid JSON, a text has a broken escape after a backslash"},
        {R"({"id":nul})", "not valid JSON, a word is not true, false or null"},
        {R"({"id":01})", "not valid JSON, a number is malformed or too large"},
        {"[]", "expected a JSON object"},
        {"\"AssignSeat\"", "expected a JSON object"},
        {"17", "expected a JSON object"},
        {"null", "expected a JSON object"},
    });
    CHECK(
        message_of("{\"corrects\":" + std::string(30, '9') + "}").starts_with("not valid JSON, "));
    CHECK(message_of(std::string(2000, '[')).starts_with("not "));
}

TEST_CASE("An unknown, doubled or withheld field is named") {
    check_all({
        {assign_seat(R"(,"reson":"x")"), R"(reson: unknown field, did you mean "reason"?)"},
        {assign_seat(R"(,"Partner":"x")"), R"(Partner: unknown field, did you mean "partner"?)"},
        {command("AssignSeat", R"({"order":"o1","sku":"vs","person":"kim","quantity":1})"),
         R"(body.quantity: unknown field, expected one of "order", "sku", "person", "tenant")"},
        {command("VerifyContact", R"({"on":"2021-02-01"})"),
         "body.on: unknown field, expected none here"},
        {assign_seat(R"(,"a b\n":1)"),
         R"("a b\n": unknown field, expected one of "id", "partner", "actor", "reason", )"
         R"("correlation_id", "causation_id", "corrects", "expected_version", "not_after", )"
         R"("type", "body")"},
        {assign_seat(R"(,"id":"c2")"), "id: given twice, keep one of them"},
        {assign_seat(R"(,"type":"AssignSeat")"), "type: given twice, keep one of them"},
        {command("AssignSeat", R"({"sku":"vs","sku":null})"),
         "body.sku: given twice, keep one of them"},
        {R"({"id":"c1","partner":"contoso","actor":{"id":"kim","roles":["global_admin"]}})",
         "actor.roles: not given by callers, leave it out"},
    });
}

TEST_CASE("What a command must have is asked for") {
    check_all({
        {"{}", "id: missing, expected a text of 1 to 64 bytes"},
        {R"({"id":null})", "id: missing, expected a text of 1 to 64 bytes"},
        {R"({"id":"c1"})", "partner: missing, expected a name of 1 to 64 bytes"},
        {R"({"id":"c1","partner":"contoso"})", "actor: missing, expected an object"},
        {R"({"id":"c1","partner":"contoso","actor":{}})",
         "actor.id: missing, expected a name of 1 to 64 bytes"},
        {R"({"id":"c1","partner":"contoso","actor":{"id":"kim"}})",
         "type: missing, expected " + kTypes},
        {R"({"id":"c1","partner":"contoso","actor":{"id":"kim"},"body":{}})",
         "type: missing, expected " + kTypes},
        {R"({"id":"c1","partner":"contoso","actor":{"id":"kim"},"type":"VerifyContact"})",
         "body: missing, expected an object"},
        {command("AssignSeat", "{}"), "body.order: missing, expected a name of 1 to 64 bytes"},
        {command("AssignSeat", "null"), "body: missing, expected an object"},
        {command("ReleaseSeat", R"({"order":"o1","sku":"vs"})"),
         "body.seat: missing, expected a number from 1 to 100000"},
        {command("PurchaseOffer", R"({"order":"o1","offer":"ap"})"),
         "body.charge: missing, expected an object"},
        {command("AddUser", R"({"user":{"id":"kim","name":"Kim"}})"),
         "body.user.email: missing, expected an e-mail address of 3 to 254 bytes, like "
         "\"kim@contoso.example\""},
    });
}

TEST_CASE("A value of the wrong type is refused with what it should be") {
    check_all({
        {move_seat("\"ten\""), R"(body.seat: expected a number from 1 to 100000, found "ten")"},
        {move_seat("\"10\""), R"(body.seat: expected a number from 1 to 100000, found "10")"},
        {move_seat("1.5"), "body.seat: expected a number from 1 to 100000, found 1.5"},
        {move_seat("1.0"), "body.seat: expected a number from 1 to 100000, found 1.0"},
        {move_seat("true"), "body.seat: expected a number from 1 to 100000, found true"},
        {move_seat("[1]"), "body.seat: expected a number from 1 to 100000, found a list"},
        {move_seat("{}"), "body.seat: expected a number from 1 to 100000, found an object"},
        {accept("17"), "body.agreement: expected a name of 1 to 64 bytes, found 17"},
        {command("AssignSeat", "[]"), "body: expected an object, found a list"},
        {command("AddUser", R"({"user":"kim"})"), "body.user: expected an object"},
        {command("RemoveUser", R"({"user":["kim"]})"),
         "body.user: expected a name of 1 to 64 bytes, found a list"},
        {command("ChangeRoles", R"({"user":"kim","may_sign":"yes"})"),
         R"(body.may_sign: expected true or false, found "yes")"},
        {command("ChangeRoles", R"({"user":"kim","may_sign":1})"),
         "body.may_sign: expected true or false, found 1"},
        {add_user("[]", "17"),
         "body.user.email: expected an e-mail address of 3 to 254 bytes, like "
         "\"kim@contoso.example\""},
        {assign_seat(R"(,"corrects":-1)"),
         "corrects: expected a number from 0 to 18446744073709551615, found -1"},
        {assign_seat(R"(,"not_after":17)"),
         R"(not_after: expected a date like "2021-02-01" or a time like )"
         R"("2021-02-01T10:00:00Z", found 17)"},
        {accept('"' + std::string(70, 'x') + '"'),
         "body.agreement: expected a name of 1 to 64 bytes, found 70"},
    });
}

TEST_CASE("A number stays within its range") {
    check_all({
        {move_seat("0"), "body.seat: expected a number from 1 to 100000, found 0"},
        {move_seat("-3"), "body.seat: expected a number from 1 to 100000, found -3"},
        {move_seat("100001"), "body.seat: expected a number from 1 to 100000, found 100001"},
        {move_seat("18446744073709551615"),
         "body.seat: expected a number from 1 to 100000, found 18446744073709551615"},
        {command("PurchaseOffer",
                 R"({"order":"o1","offer":"ap","charge":{"amount":0,"currency":"USD"}})"),
         "body.charge.amount: expected a number from 1 to 1000000000000, found 0"},
    });
}

TEST_CASE("A text has its length in bytes, and a name only its letters") {
    check_all({
        {accept("\"\""), R"(body.agreement: expected a name of 1 to 64 bytes, found "")"},
        {command("PurchaseOffer",
                 R"({"order":"o1","offer":"ap","charge":{"amount":1,"currency":"EURO"}})"),
         R"(body.charge.currency: expected a text of 3 bytes, found "EURO")"},
        {assign_seat(R"(,"correlation_id":")" + std::string(65, 'x') + "\""),
         "correlation_id: expected a text of 1 to 64 bytes, found 65"},
        {assign_seat(",\"reason\":\"" +
                     [] {
                         std::string text;
                         for (int i = 0; i < 201; ++i) text += "\u00E9";
                         return text;
                     }() +
                     "\""),
         "reason: expected a text of 0 to 400 bytes, found 402"},
        {add_user("[]", "\"k@\""),
         "body.user.email: expected an e-mail address of 3 to 254 bytes, like "
         "\"kim@contoso.example\""},
        {accept("\"Oct-2020\""),
         "body.agreement: expected " + kName + ", found \"Oct-2020\", write it in lower case"},
        {accept("\"2020 10\""), "body.agreement: expected " + kName + ", found \"2020 10\""},
        {accept("\"-2020\""), "body.agreement: expected " + kName + ", found \"-2020\""},
        {accept("\"Oct 2020\""), "body.agreement: expected " + kName + ", found \"Oct 2020\""},
        {accept("\"\u00E9\""), "body.agreement: expected " + kName + ", found \"\u00E9\""},
        {R"({"id":"c1","partner":"","actor":{"id":"kim"},"type":"VerifyContact","body":{}})",
         R"(partner: expected a name of 1 to 64 bytes, found "")"},
    });
}

TEST_CASE("An impossible date is told from a malformed one") {
    const std::string until =
        R"(not_after: expected a date like "2021-02-01" or a time like "2021-02-01T10:00:00Z", )";
    const auto not_after = [](const std::string& text) {
        return assign_seat(R"(,"not_after":")" + text + "\"");
    };
    check_all({
        {not_after("2021-02-30"), until + R"(found "2021-02-30", which is no day of the calendar)"},
        {not_after("2021-02-29T10:00:00Z"),
         until + R"(found "2021-02-29T10:00:00Z", which is no day of the calendar)"},
        {not_after("1970-01-01T00:00:00Z"),
         until +
             R"(found "1970-01-01T00:00:00Z", which is before 1970-01-02, the first day there is)"},
        {not_after("2021-2-1"), until + R"(found "2021-2-1")"},
        {not_after("1.2.2021"), until + R"(found "1.2.2021")"},
        {not_after("2021-02-01T25:00:00Z"), until + R"(found "2021-02-01T25:00:00Z")"},
        {not_after("2021-02-01T10:00:00+01:00"), until + R"(found "2021-02-01T10:00:00+01:00")"},
    });
    const auto clock = [](const std::string& to) {
        return R"({"id":"c1","actor":{"id":"kim"},"type":"MoveClock","body":{"to":)" + to + "}}";
    };
    CHECK(
        message_of(clock("\"2021-02-30\""), Callers::the_ledger) ==
        R"(body.to: expected a date like "2021-02-01", found "2021-02-30", which is no day of the calendar)");
    CHECK(message_of(clock("\"2021-02-01T10:00:00Z\""), Callers::the_ledger) ==
          R"(body.to: expected a date like "2021-02-01", found "2021-02-01T10:00:00Z")");
    CHECK(
        message_of(clock("\"1970-01-01\""), Callers::the_ledger) ==
        R"(body.to: expected a date like "2021-02-01", found "1970-01-01", which is before 1970-01-02, the first day there is)");
    CHECK(message_of(clock("null"), Callers::the_ledger) ==
          R"(body.to: missing, expected a date like "2021-02-01")");
}

TEST_CASE("An unknown name of an enum, a flag or a type is answered with the possible ones") {
    check_all({
        {R"({"id":"c1","partner":"contoso","actor":{"kind":"boss","id":"kim"}})",
         R"(actor.kind: expected one of "user", "support", "auditor", "system")"},
        {R"({"id":"c1","partner":"contoso","actor":{"kind":1,"id":"kim"}})",
         R"(actor.kind: expected one of "user", "support", "auditor", "system")"},
        {add_user(R"(["global_admin","boss"])"), "body.roles[1]: expected " + kRoles},
        {add_user("[1]"), "body.roles[0]: expected " + kRoles},
        {add_user(R"("global_admin")"), "body.roles: expected a list of names, each " + kRoles},
        {add_user(R"(["plain_user","plain_user"])"),
         R"(body.roles[1]: "plain_user" is given twice, keep one)"},
        {command("AsignSeat", "{}"), R"(type: unknown type, did you mean "AssignSeat"?)"},
        {command("assignseat", "{}"), R"(type: unknown type, did you mean "AssignSeat"?)"},
        {command("Frobnicate", "{}"), "type: unknown type, expected " + kTypes},
        {command("NONE", "{}"), "type: unknown type, expected " + kTypes},
        {R"({"id":"c1","partner":"contoso","actor":{"id":"kim"},"type":52,"body":{}})",
         "type: expected " + kTypes},
    });
}

TEST_CASE("The ledger's own commands are for the ledger only, and name no partner") {
    check_all({
        {command("MoveClock", R"({"to":"2021-02-01"})"),
         R"(type: a sandbox ledger's clock is moved by a line {"clock": "2021-02-01"}, not by a command)"},
        {command("PublishPolicy", "{}"),
         "type: PublishPolicy is a command of the ledger itself, not of a partner"},
        {command("PublishCatalogue", "{}"),
         "type: PublishCatalogue is a command of the ledger itself, not of a partner"},
    });
    CHECK(message_of(command("MoveClock", R"({"to":"2021-02-01"})"), Callers::the_ledger) ==
          R"(partner: expected "" for a command of the ledger itself, found "contoso")");

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
    const auto refused = [&](const std::string& json) {
        const auto tables = tables_from_json("CatalogueVersion", json);
        return tables ? "accepted" : tables.error().message;
    };
    CHECK(refused(catalogue("[]")) == "accepted");
    CHECK(refused(catalogue(R"([{"sku":"vs","title":"VS","quantity":0}])")) ==
          "[0].offers[0].grants[0].quantity: expected a number from 1 to 1000000, found 0");
    CHECK(refused(catalogue(R"([{"sku":"vs","title":"VS","quantity":1},"vs"])")) ==
          R"([0].offers[0].grants[1]: expected an object, found "vs")");
    CHECK(refused(R"([{"version":1,"effective":"2020-10-01","note":"first","offers":[]}])") ==
          "[0].offers: expected a list of 1 to 200 elements, found 0");
    CHECK(refused(R"([{"version":1,"effective":"2020-10-01","note":"first","offers":{}}])") ==
          "[0].offers: expected a list of 1 to 200 elements, found an object");
    CHECK(refused(R"({"version":1})") == "expected a JSON list, found an object");
    CHECK(refused("[17]") == "[0]: expected an object, found 17");
}

TEST_CASE("A command over its limit is refused before anything is sealed") {
    const std::string blanks(8 * limits::kCommandMaxBytes, ' ');
    CHECK(message_of(assign_seat() + blanks) ==
          "the command has " + std::to_string(assign_seat().size() + blanks.size()) +
              " bytes, more than the 262144 a command may have, shorten its texts");

    // Only a catalogue can be so large that its fields are right and the whole is not.
    std::string grants;
    for (int i = 0; i < 200; ++i)
        grants += std::string(i ? "," : "") + R"({"sku":"vs","title":")" + std::string(100, 'x') +
                  R"(","quantity":1})";
    const std::string offer = R"({"id":"ap","title":"AP","grants":[)" + grants + "]}";
    const std::string message = message_of(
        R"({"id":"c1","actor":{"id":"kim"},"type":"PublishCatalogue","body":{"catalogue":{)"
        R"("version":1,"effective":"2020-10-01","note":"n","offers":[)" +
            offer + "," + offer + "]}}}",
        Callers::the_ledger);
    CHECK(message.starts_with("the command has "));
    CHECK(message.ends_with(" bytes, more than the 32768 a command may have, shorten its texts"));
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
    const SealText broken = [](std::string_view, std::string_view,
                               std::string_view) -> Result<Bytes> {
        return error("the key store is away, start it", Effect::unknown);
    };
    const auto result = command_from_json(add_user("[]"), broken);
    REQUIRE(!result);
    CHECK(result.error().message == "the key store is away, start it");
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
    CHECK(result.error().message == "a table with personal texts can be given in a command only");
}

TEST_CASE("A file of data that is empty is refused like one of white space") {
    for (const std::string_view text :
         {std::string_view(), std::string_view(""), std::string_view("  ")}) {
        const auto result = tables_from_json("PolicyVersion", text);
        REQUIRE(!result);
        CHECK(result.error().message == "there is nothing but white space, expected JSON");
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
