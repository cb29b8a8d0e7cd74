// A key store that is lost, older or another ledger's: said at once, never shown as an erasure.
#include "consumers/lost_keys.h"

#include <filesystem>

#include "consumers/backup.h"
#include "consumers/log_copy.h"
#include "consumers/stores_witness.h"
#include "events/key_list.h"
#include "projections/refusals.h"
#include "tests/support/sandbox_ledger.h"

namespace ledger {
namespace {

namespace fs = std::filesystem;
using tests::Running;
using tests::Sandbox;

constexpr int kPartners = 3;

void fill_from(Running& run, int first, int partners) {
    for (int i = first; i < first + partners; ++i) {
        const std::string name = "p" + std::to_string(i);
        REQUIRE(run.ask(tests::register_partner("c1", "Partner", name)).outcome ==
                Outcome::accepted);
    }
    REQUIRE(run.node->catch_up(tests::kPatience).ok());
}

void copy(const std::string& from, const std::string& to) {
    fs::remove_all(to);
    fs::copy(from, to, fs::copy_options::recursive);
}

// Of p0, p1, p2; then again p3, p4, p5: `older` is its folder as it was in between.
class Twice : public Sandbox {
public:
    Twice() {
        {
            Running run(place());
            fill_from(run, 0, kPartners);
        }
        copy(folder(), older());
        Running run(place());
        fill_from(run, kPartners, kPartners);
    }
    std::string folder() const { return place().directory; }
    std::string older() const { return beside("older"); }
    void put_back(const char* name) const { copy(older() + "/" + name, folder() + "/" + name); }
};

Verification verification(Running& run) {
    REQUIRE(run.node->catch_up(tests::kPatience).ok());
    run.node->close(tests::kPatience);
    const auto found = verify(*run.ledger.log, *run.ledger.rows->snapshot(), *run.ledger.keys, {});
    if (!found) FAIL(found.error().message);
    return *found;
}

void check_email_lost(Running& run, const char* partner) {
    REQUIRE(run.node->catch_up(tests::kPatience).ok());
    const auto found = views::find_partner(*run.ledger.rows->snapshot(), PartnerId{partner});
    REQUIRE(found.ok());
    REQUIRE(found->has_value());
    const auto email = run.ledger.sealer->open((*found)->users.front().email);
    REQUIRE_FALSE(email.ok());
    CHECK(email.error().key_lost);
}

// Closed, with the reason in its notes, and commands answered with it.
void check_said(Running& run, ErrorCode code) {
    REQUIRE(run.ledger.closed);
    CHECK(run.ledger.closed->code == code);
    REQUIRE_FALSE(run.ledger.notes.empty());
    CHECK(run.ledger.notes.back() == run.ledger.closed->message);
    const Answer answer = run.ask(tests::accept_agreement("c9", "p0"));
    CHECK(answer.outcome == Outcome::failed);
    CHECK(answer.code == code.text);
}

TEST_CASE("Without its key store a ledger is read, closed, and every person's key is lost") {
    const Twice sandbox;
    fs::remove_all(sandbox.folder() + "/keys");
    Running run(sandbox.place());
    check_said(run, kKeysMissing);
    check_email_lost(run, "p0");
    const auto found = verification(run);
    CHECK_FALSE(found.clean());
    CHECK(found.difference_count == 0);
    CHECK(found.lost.partner_count == 2 * kPartners);
    CHECK_FALSE(fs::exists(sandbox.folder() + "/keys"));
}

TEST_CASE("An older key store is found out by whichever witness is left, and its lack is counted") {
    const Twice sandbox;
    sandbox.put_back("keys");
    ErrorCode code = kKeysOlderThanViews;
    SECTION("by the file beside it") {
        copy(sandbox.older() + "/views", sandbox.folder() + "/views");
        code = kKeysOlder;
    }
    SECTION("by the views") { sandbox.put_back("keys.tail"); }
    SECTION("by the views, the file beside it gone") {
        fs::remove(sandbox.folder() + "/keys.tail");
    }
    Running run(sandbox.place());
    check_said(run, code);
    check_email_lost(run, "p3");
    const auto found = verification(run);
    CHECK_FALSE(found.clean());
    CHECK(found.lost.partner_count == kPartners);
    CHECK(found.lost.partners.front() >= "p3");
    const auto counted = find_lost_keys(*run.ledger.rows->snapshot(), *run.ledger.keys);
    REQUIRE(counted.ok());
    CHECK(counted->keys == found.lost.keys);
}

TEST_CASE("An older key store, its witnesses older too: the log's entries tell what is lost") {
    const Twice sandbox;
    for (const char* name : {"keys", "keys.tail", "views"}) sandbox.put_back(name);
    Running run(sandbox.place());
    REQUIRE(run.node->catch_up(tests::kPatience).ok());
    check_email_lost(run, "p3");
    CHECK(verification(run).lost.partner_count == kPartners);
}

TEST_CASE("Another ledger's key store is refused for writing, and opens nothing") {
    const Twice sandbox, other;
    copy(other.folder() + "/keys", sandbox.folder() + "/keys");
    Running run(sandbox.place());
    check_said(run, kKeysOfAnotherLedger);
    check_email_lost(run, "p0");
    CHECK(verification(run).lost.partner_count == 2 * kPartners);
}

TEST_CASE("The right key store put back, all is well again") {
    const Twice sandbox;
    copy(sandbox.folder() + "/keys", sandbox.beside("right"));
    sandbox.put_back("keys");
    {
        Running run(sandbox.place());
        check_said(run, kKeysOlder);
    }
    copy(sandbox.beside("right"), sandbox.folder() + "/keys");
    CHECK(tests::verified(sandbox.place()).entries == 2 * kPartners);
    Running run(sandbox.place());
    CHECK(run.ask(tests::accept_agreement("c9", "p0")).outcome == Outcome::accepted);
}

TEST_CASE("Backup, restore and copy say what they lack") {
    const Twice sandbox;
    for (const char* name : {"keys", "keys.tail", "views"}) sandbox.put_back(name);
    const auto ledger = open_ledger(sandbox.place());
    REQUIRE(ledger.ok());
    BackupSettings settings;
    settings.with_master_key = true;
    const auto made = back_up(*ledger, sandbox.beside("backup"), settings);
    REQUIRE(made.ok());
    CHECK(made->lost.partner_count == kPartners);
    const auto restored = restore(sandbox.beside("backup"), sandbox.beside("restored"));
    REQUIRE(restored.ok());
    CHECK(restored->lost.partner_count == kPartners);
    auto source = open_log_only(tests::place_in(sandbox.beside("restored")));
    REQUIRE(source.ok());
    const auto copied = copy_log(*source, tests::place_in(sandbox.beside("copy")));
    REQUIRE(copied.ok());
    CHECK(copied->lost.partner_count == kPartners);
}

TEST_CASE("An erasure stays one in a backup, a restore and a copy") {
    const Sandbox sandbox;
    {
        Running run(sandbox.place());
        fill_from(run, 0, 2);
        REQUIRE(run.ledger.keys->destroy("p0/person/kim").ok());
        run.node->close(tests::kPatience);
        BackupSettings settings;
        settings.with_master_key = true;
        REQUIRE(back_up(run.ledger, sandbox.beside("backup"), settings).ok());
    }
    REQUIRE(restore(sandbox.beside("backup"), sandbox.beside("restored")).ok());
    {
        auto source = open_log_only(tests::place_in(sandbox.beside("restored")));
        REQUIRE(source.ok());
        CopySettings settings;
        settings.with_master_key = true;
        const auto copied = copy_log(*source, tests::place_in(sandbox.beside("copy")), settings);
        REQUIRE(copied.ok());
        CHECK_FALSE(copied->lost.any());
    }
    for (const char* name : {"ledger", "restored", "copy"}) {
        const LedgerPlace place = tests::place_in(sandbox.beside(name));
        tests::verified(place);
        Running run(place);
        REQUIRE(run.node->catch_up(tests::kPatience).ok());
        const auto found = views::find_partner(*run.ledger.rows->snapshot(), PartnerId{"p0"});
        const auto email = run.ledger.sealer->open((*found)->users.front().email);
        REQUIRE(email.ok());
        CHECK_FALSE(email->has_value());
    }
}

TEST_CASE("Refusals of another ledger are not taken for this one's") {
    const Twice sandbox, other;
    copy(other.folder() + "/refusals", sandbox.folder() + "/refusals");
    const auto opened = open_ledger(sandbox.place());
    REQUIRE_FALSE(opened.ok());
    CHECK(opened.error().code == views::kRefusalsOfAnotherLedger);
    fs::remove_all(sandbox.folder() + "/refusals");
    CHECK(open_ledger(sandbox.place()).ok());
}

TEST_CASE("Refusals that are gone or older are missed") {
    const Twice sandbox;
    {
        Running run(sandbox.place());
        REQUIRE(run.ask(tests::register_partner("c9", "Other", "p0")).outcome == Outcome::refused);
        REQUIRE(run.ask(tests::accept_agreement("c2", "p0")).outcome == Outcome::accepted);
        REQUIRE(run.node->catch_up(tests::kPatience).ok());
    }
    CHECK(open_ledger(sandbox.place())->notes.empty());
    fs::remove_all(sandbox.folder() + "/refusals");
    SECTION("gone") {}
    SECTION("older") { sandbox.put_back("refusals"); }
    const auto opened = open_ledger(sandbox.place());
    REQUIRE(opened.ok());
    REQUIRE(opened->notes.size() == 1);
    CHECK_FALSE(opened->closed);
}

TEST_CASE("A refusal that came after the last entry is missed too") {
    const Twice sandbox;
    {
        Running run(sandbox.place());
        REQUIRE(run.ask(tests::register_partner("c9", "Other", "p0")).outcome == Outcome::refused);
    }
    CHECK(open_ledger(sandbox.place())->notes.empty());
    fs::remove_all(sandbox.folder() + "/refusals");
    sandbox.put_back("refusals");
    CHECK(open_ledger(sandbox.place())->notes.size() == 1);
}

}  // namespace
}  // namespace ledger
