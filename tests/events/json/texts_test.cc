// Texts of people: what is taken for a name or an address, and by what it is found once it is sealed.
#include <string>

#include "command_generated.h"
#include "events/json/decode.h"
#include "events/json/quote.h"
#include "tests/events/json/fake_seal.h"
#include "tests/support/catch.h"

namespace ledger::json {
namespace {

std::string command(const std::string& type, const std::string& body) {
    return R"({"id":"c1","partner":"contoso","actor":{"kind":"user","id":"kim"},"type":")" + type +
           R"(","body":)" + body + "}";
}

// `email` is JSON.
std::string add_user(const std::string& email) {
    return command("AddUser",
                   R"({"user":{"id":"kim","name":"Kim","email":)" + email + R"(},"roles":[]})");
}

std::string message_of(const std::string& json) {
    FakeSeal seal;
    const auto result = command_from_json(json, seal.seal());
    CHECK(seal.asked.empty());  // nothing that is broken is sealed
    return result ? "accepted" : result.error().message;
}

}  // namespace

TEST_CASE("Names and e-mails are sealed as typed and found however they are typed") {
    const auto sealed = [](const std::string& name, const std::string& email) {
        FakeSeal seal;
        const auto bytes = command_from_json(
            command("AddUser", R"({"user":{"id":"lee","name":")" + name + R"(","email":")" + email +
                                   R"("},"roles":[]})"),
            seal.seal());
        REQUIRE(bytes);
        const fb::Person& person = *fb::GetCommand(bytes->data())->body_as_AddUser()->user();
        const auto hash = [](const flatbuffers::Vector<std::uint8_t>& text) {
            return to_hex(*lookup_of({text.data(), text.size()}));
        };
        return std::pair(seal.asked, hash(*person.name()) + hash(*person.email()));
    };
    const auto typed = sealed("ANNA \u00C5NGSTR\u00D6M", "Anna@Contoso.Example");
    CHECK(typed.first.back().second == "Anna@Contoso.Example");
    CHECK(typed.second == sealed("Anna \u00E5ngstr\u00F6m", "anna@contoso.example").second);
    CHECK(typed.second != sealed("Anna Angstrom", "anna@contoso.example").second);
}

TEST_CASE("A key's secret is found as it is typed alone") {
    const auto sealed = [](const std::string& secret) {
        FakeSeal seal;
        const auto bytes = command_from_json(
            command("DeliverKeys",
                    R"({"order":"o1","sku":"w","keys":[{"id":"kim","units":1,"material":")" +
                        secret + R"("}]})"),
            seal.seal());
        REQUIRE(bytes);
        CHECK(seal.asked.front().first == "contoso/key/kim");
        return *bytes;
    };
    CHECK(sealed("AAAA-1") != sealed("aaaa-1"));
}

TEST_CASE("A text of blanks and an address that is none are told with their place, sealed or not") {
    const std::string address =
        R"(body.user.email: expected an e-mail address of 3 to 254 bytes, like "kim@contoso.example")";
    for (const char* email :
         {"not an e-mail", "kim", "@contoso.example", "kim@", "a@b@c d", " kim@contoso.example",
          "kim@contoso.example ", "kim@contoso .example", "kim@contoso..example",
          ".kim@contoso.example", "kim@-contoso.example", "kim@contoso.example\u00A0",
          "k\u200Bim@contoso.example", "   "}) {
        INFO(email);
        CHECK(message_of(add_user(quote(email))) == address);
    }
    for (const char* email : {"kim@contoso.example", "Kim.O'Neil+ap@mail.contoso-kr.example",
                              "kim@localhost", "\uAE40@\uC608\uC2DC.example"}) {
        INFO(email);
        FakeSeal seal;
        CHECK(command_from_json(add_user(quote(email)), seal.seal()).ok());
    }
    for (const char* blank : {" ", "\\t ", "\u00A0\u3000", "\u200B"}) {
        INFO(blank);
        const std::string said = std::string(blank);
        CHECK(
            message_of(command("AddUser", R"({"user":{"id":"kim","name":")" + said +
                                              R"(","email":"kim@contoso.example"},"roles":[]})")) ==
            "body.user.name: expected a text of 1 to 100 bytes, found nothing but blanks");
        const auto registering = [&](const std::string& name, const std::string& street) {
            return message_of(command(
                "RegisterPartner",
                R"({"legal_name":")" + name + R"(","address":")" + street +
                    R"(","tenant":"contoso.example","contact":{"id":"lee","name":"Lee","email":"l@c.example"},)"
                    R"("user":{"id":"kim","name":"Kim","email":"k@c.example"}})"));
        };
        CHECK(registering(said, "Main Street 1") ==
              "body.legal_name: expected a text of 1 to 200 bytes, found nothing but blanks");
        CHECK(registering("Contoso", said) ==
              "body.address: expected a text of 1 to 400 bytes, found nothing but blanks");
        CHECK(message_of(
                  command("DeliverKeys",
                          R"({"order":"o1","sku":"w","keys":[{"id":"k1","units":1,"material":")" +
                              said + R"("}]})")) ==
              "body.keys[0].material: expected a text of 1 to 400 bytes, found nothing but blanks");
    }
}

}  // namespace ledger::json
