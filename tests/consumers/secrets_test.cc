// Keys, tokens, names, e-mails and telephone numbers never stand in the clear in anything that a
// ledger keeps [SWK-05, LED-06]: not in its log, its views, its keys, its refusals or a backup.
#include "consumers/backup.h"
#include "consumers/rebuild.h"
#include "tests/consumers/planted.h"
#include "tests/support/catch.h"
#include "tests/support/stored_bytes.h"

namespace ledger::tests {
namespace {

struct Searched {
    Finds finds;
    std::map<std::string, std::uint64_t> rows;
};

Searched search(const std::string& folder) {
    Searched searched;
    searched.rows = for_each_stored(folder, [&](const std::string& where, std::string_view bytes) {
        searched.finds.look(where, bytes);
    });
    return searched;
}

void check_clean(const std::string& folder) {
    const Searched searched = search(folder);
    INFO(searched.finds.text());
    CHECK(searched.finds.empty());
    CHECK(searched.rows.at("log/partition-0") + searched.rows.at("log/partition-1") > 0);
    for (const char* family : {"views/history", "views/partners", "views/receipts", "views/lookups",
                               "views/meta", "keys/default", "refusals/default"}) {
        INFO(family);
        REQUIRE(searched.rows.count(family) == 1);
        CHECK(searched.rows.at(family) > 0);
    }
}

}  // namespace

TEST_CASE("No planted secret stands in the clear in anything that a ledger keeps",
          "[SWK-05][LED-06]") {
    const Sandbox sandbox;
    {
        Running run(sandbox);
        plant(run);
        const auto backed_up = back_up(run.ledger, sandbox.beside("backup"));
        if (!backed_up) FAIL(backed_up.error().message);
    }
    check_clean(sandbox.place().directory);
    check_clean(sandbox.beside("backup"));
    Finds finds;
    finds.look_into_records(sandbox.place());
    INFO(finds.text());
    CHECK(finds.empty());
    {
        auto ledger = open_log_only(sandbox.place());
        REQUIRE(ledger.ok());
        const auto rebuilt = rebuild_views(*ledger);
        if (!rebuilt) FAIL(rebuilt.error().message);
        CHECK(rebuilt->difference_count == 0);
    }
    check_clean(sandbox.place().directory);
}

TEST_CASE("A secret that was planted in the clear is found, in the log and in every store",
          "[SWK-05][LED-06]") {
    const Sandbox sandbox;
    {
        Running run(sandbox);
        plant(run);
        plant_in_the_clear(run);
        fb::RefusalRowT refusal;
        refusal.partner = "contoso";
        refusal.command_id = "c1";
        refusal.values.push_back(std::make_unique<fb::SaidValueT>());
        refusal.values.back()->name = "key";
        refusal.values.back()->text = kRefusedKey;
        REQUIRE(run.ledger.refusals->add(refusal).ok());
        REQUIRE(run.ledger.rows->write({{views::Family::lookups, kPlantedEmail, ""}}).ok());
    }
    const Searched searched = search(sandbox.place().directory);
    INFO(searched.finds.text());
    for (const char* where : {"views/history, value", "views/partners, value", "views/lookups, key",
                              "refusals/default, value", "log/partition-"})
        CHECK(searched.finds.any_in(where));
    Finds finds;
    finds.look_into_records(sandbox.place());
    CHECK(finds.any_in("record:"));
    CHECK(finds.any_in("record as JSON:"));
}

TEST_CASE("The search finds every form of a secret, wherever it stands and whatever is around it",
          "[SWK-05]") {
    for (const std::string& secret : planted_secrets())
        for (const SecretSearch::Form& form : SecretSearch::forms_of(secret)) {
            INFO(secret << " " << form.name);
            const std::string around = "xx" + form.bytes + std::string(3, '\0');
            CHECK_FALSE(SecretSearch({secret}).find(around).empty());
            CHECK(SecretSearch({secret}).find(around.substr(0, around.size() / 2)).empty());
        }
    const SecretSearch email({kPlantedEmail});
    CHECK_FALSE(email.find("to: LEE.Planted@contoso.example.").empty());
    // "mail: lee.planted@contoso.example" and the same behind an x, as `base64` codes them.
    CHECK_FALSE(email.find("bWFpbDogbGVlLnBsYW50ZWRAY29udG9zby5leGFtcGxlCg==").empty());
    CHECK_FALSE(email.find("eG1haWw6IGxlZS5wbGFudGVkQGNvbnRvc28uZXhhbXBsZQo=").empty());
    CHECK(email.find("lee.planter@contoso.example").empty());
}

}  // namespace ledger::tests
