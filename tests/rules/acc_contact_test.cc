// The primary contact is mended, or is another.
#include "tests/support/accounts.h"
#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::rules;

namespace {

constexpr const char* kDay = "2020-02-01";
// As long as a sealed text is: the keyed hash stands in it.
constexpr std::size_t kSealedBytes = 100;

// Equal letters are equal texts.
std::unique_ptr<fb::PersonT> contact(char name, char email, std::string_view id = "ada") {
    auto contact = person(id);
    contact->name.assign(kSealedBytes, static_cast<std::uint8_t>(name));
    contact->email.assign(kSealedBytes, static_cast<std::uint8_t>(email));
    return contact;
}

Asked correct_contact(char name, char email, std::string_view id = "ada") {
    fb::CorrectContactT command;
    command.contact = contact(name, email, id);
    return ask(std::move(command)).saying("the address was misspelt");
}

fb::ContactCorrectedT contact_corrected(std::string_view on, bool verify, char name, char email,
                                        std::string_view id = "ada") {
    fb::ContactCorrectedT event;
    event.contact = contact(name, email, id);
    event.verify = verify;
    event.on = day(on).days;
    return event;
}

fb::ContactVerifiedT contact_verified(std::string_view on) {
    fb::ContactVerifiedT event;
    event.on = day(on).days;
    return event;
}

// Whose contact is ada, named 'n', with the e-mail 'e', verified.
Story known() {
    return contoso()
        .with(correct_contact('n', 'e'), "2019-07-01")
        .with(verify_contact(), "2019-07-02");
}

}  // namespace

TEST_CASE("The contact is mended by who reviews the profile, or by support, with a reason",
          "[ACC-01][ACC-08]") {
    const fb::ContactCorrectedT expected = contact_corrected(kDay, true, 'n', 'f');
    for (const char* user : {"ada", "sam"})
        given(known()).when(correct_contact('n', 'f').by(user)).at(kDay).then(expected);
    given(known()).when(correct_contact('n', 'f').by_support()).at(kDay).then(expected);
    for (const char* user : {"pat", "zoe", "kim", "stranger"})
        given(known())
            .when(correct_contact('n', 'f').by(user))
            .at(kDay)
            .refused("role.missing")
            .under_rule("ACC-01");
    given(known()).when(correct_contact('n', 'f').by_system()).at(kDay).refused("role.missing");
    given(known()).when(correct_contact('n', 'f').by_auditor()).at(kDay).refused("role.missing");
    for (const char* reason : {"", " "})
        given(known())
            .when(correct_contact('n', 'f').saying(reason))
            .at(kDay)
            .refused("reason.missing")
            .under_rule("ACC-01");
}

TEST_CASE("Another e-mail address must be verified before anything more is bought", "[ACC-03]") {
    const Story corrected = known().with(correct_contact('n', 'f'), kDay);
    given(corrected)
        .when(purchase())
        .at(kDay)
        .refused("membership.not-active")
        .under_rule("ACC-03");
    given(corrected).when(verify_contact()).at("2020-02-03").then(contact_verified("2020-02-03"));
    const Story verified = corrected.with(verify_contact(), "2020-02-03");
    // A member it has been all the time.
    CHECK(verified.partner().member_since == known().partner().member_since);
    CHECK(verified.with(purchase(), "2020-02-03").partner().orders.size() == 1);
    given(verified).when(verify_contact()).at("2020-02-04").nothing();
}

TEST_CASE("Another name or id of the same e-mail address needs no verification", "[ACC-03]") {
    given(known())
        .when(correct_contact('m', 'e'))
        .at(kDay)
        .then(contact_corrected(kDay, false, 'm', 'e'));
    given(known())
        .when(correct_contact('n', 'e', "kim"))
        .at(kDay)
        .then(contact_corrected(kDay, false, 'n', 'e', "kim"));
    const Story renamed = known().with(correct_contact('m', 'e', "kim"), kDay);
    CHECK(renamed.partner().contact_id == "kim");
    given(renamed).when(verify_contact()).at(kDay).nothing();
    // Nor does it verify one that waits for it.
    const Story waiting =
        known().with(correct_contact('n', 'f'), kDay).with(correct_contact('m', 'f'), kDay);
    given(waiting).when(verify_contact()).at(kDay).then(contact_verified(kDay));
}

TEST_CASE("The contact that it is already changes nothing", "[ACC-01]") {
    given(known()).when(correct_contact('n', 'e')).at(kDay).nothing();
    const Story corrected = known().with(correct_contact('n', 'f'), kDay);
    given(corrected).when(correct_contact('n', 'f')).at("2020-02-02").nothing();
}

TEST_CASE("On a read-only account support mends the contact, its users don't", "[ACC-01][MEM-05]") {
    const Story read_only = known().with_action_pack("2020-02-01");
    given(read_only)
        .when(correct_contact('n', 'f'))
        .at("2021-03-04")
        .refused("membership.read-only")
        .under_rule("MEM-05");
    given(read_only)
        .when(correct_contact('n', 'f').by_support())
        .at("2021-03-04")
        .then(contact_corrected("2021-03-04", true, 'n', 'f'));
}
