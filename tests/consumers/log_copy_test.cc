// Copies and moves of an embedded log. To and from Kafka: tests/tools/kafka_copy_test.py.
#include "consumers/log_copy.h"

#include <filesystem>
#include <fstream>

#include "consumers/folder_mark.h"
#include "consumers/master_key.h"
#include "events/fresh_folder.h"
#include "tests/support/sandbox_ledger.h"

namespace ledger {
namespace {

namespace fs = std::filesystem;
using tests::Running;
using tests::Sandbox;

constexpr int kPartners = 5;

class Filled : public Sandbox {
public:
    explicit Filled(std::uint32_t partitions = 2) : Sandbox(partitions) {
        Running run(place());
        tests::fill(run, kPartners);
        run.node->close(tests::kPatience);
    }
    LedgerPlace target() const { return tests::place_in(beside("copy")); }
};

Ledger opened(const LedgerPlace& place) {
    auto ledger = open_log_only(place);
    if (!ledger) FAIL(ledger.error().message);
    return std::move(*ledger);
}

CopySettings with_key() {
    CopySettings settings;
    settings.with_master_key = true;
    return settings;
}

LogFacts facts_at(const LedgerPlace& place) {
    const Ledger ledger = opened(place);
    const auto facts = read_facts(*ledger.log);
    if (!facts) FAIL(facts.error().message);
    return *facts;
}

TEST_CASE("A copy has the same records at the same positions, the same roots and keys") {
    const Filled sandbox;
    const auto copied = [&] {
        Ledger source = opened(sandbox.place());
        return copy_log(source, sandbox.target(), with_key());
    }();
    if (!copied) FAIL(copied.error().message);
    CHECK(copied->log.entries == 2 * kPartners);
    CHECK(copied->keys >= kPartners);
    CHECK(copied->log.partitions == facts_at(sandbox.place()).partitions);
    CHECK(copied->log.partitions == facts_at(sandbox.target()).partitions);
    CHECK(tests::verified(sandbox.target()).entries == 2 * kPartners);

    Running run(sandbox.target());
    REQUIRE(run.node->catch_up(tests::kPatience).ok());
    const auto partner = views::find_partner(*run.ledger.rows->snapshot(), PartnerId{"p0"});
    REQUIRE(partner.ok());
    REQUIRE_FALSE((*partner)->users.empty());
    const auto email = run.ledger.sealer->open((*partner)->users.front().email);
    REQUIRE(email.ok());
    CHECK(**email == "kim@contoso.example");
    CHECK(run.ask(tests::register_partner("c1", "Partner p0", "p0")).version == 1);
    CHECK(run.ask(tests::accept_agreement("c3", "p0")).version == 3);
}

TEST_CASE("A ledger without entries is copied too") {
    const Sandbox sandbox(3);
    Ledger source = opened(sandbox.place());
    const LedgerPlace target = tests::place_in(sandbox.beside("copy"));
    const auto copied = copy_log(source, target, with_key());
    if (!copied) FAIL(copied.error().message);
    CHECK(copied->log.records == 3);
    tests::verified(target);
}

TEST_CASE("A copy goes nowhere where something is") {
    const Filled sandbox, other;
    Ledger source = opened(sandbox.place());
    const auto before = facts_at(other.place());
    for (const std::string& directory : {other.place().directory, sandbox.place().directory}) {
        const auto copied = copy_log(source, tests::place_in(directory));
        REQUIRE_FALSE(copied.ok());
        CHECK(copied.error().code == kFolderNotEmpty);
    }
    CHECK(facts_at(other.place()).partitions == before.partitions);
    std::ofstream(sandbox.beside("file")) << "a file";
    CHECK_FALSE(copy_log(source, tests::place_in(sandbox.beside("file"))).ok());
}

TEST_CASE("A copy that was not finished can't be opened, and begins anew") {
    const Filled sandbox;
    Ledger source = opened(sandbox.place());
    REQUIRE(copy_log(source, sandbox.target(), with_key()).ok());
    tests::make_unfinished(sandbox.target().directory, "copying was not finished");
    const auto half = open_log_only(sandbox.target());
    REQUIRE_FALSE(half.ok());
    CHECK(half.error().code == kFolderUnfinished);
    REQUIRE(copy_log(source, sandbox.target(), with_key()).ok());
    tests::verified(sandbox.target());
}

TEST_CASE("Without the master key the copy says what it needs") {
    const Filled sandbox;
    Ledger source = opened(sandbox.place());
    REQUIRE(copy_log(source, sandbox.target()).ok());
    const auto copy = open_log_only(sandbox.target());
    REQUIRE(copy.ok());
    REQUIRE(copy->no_key);
    CHECK(copy->no_key->code == kMasterKeyMissing);
    CHECK(copy->closed);
}

TEST_CASE("A move that was cut short is finished by the next, and no two take commands meanwhile") {
    const Filled sandbox;
    const bool copied = GENERATE(true, false);
    {
        Ledger source = opened(sandbox.place());
        if (copied) REQUIRE(copy_log(source, sandbox.target(), with_key()).ok());
        REQUIRE(set_mark(sandbox.place().directory, FolderMark::moving, "moving was begun").ok());
    }
    Ledger source = opened(sandbox.place());
    REQUIRE(source.closed);
    CHECK(source.closed->code == kLedgerMoving);
    REQUIRE(move_log(source, sandbox.target(), with_key()).ok());
    REQUIRE(source.closed);
    CHECK(source.closed->code == kLedgerMoved);
    CHECK_FALSE(fs::exists(sandbox.place().directory + "/moving"));
    tests::verified(sandbox.target());
}

TEST_CASE("A move that fails leaves the ledger open") {
    const Filled sandbox;
    Ledger source = opened(sandbox.place());
    std::ofstream(sandbox.beside("file")) << "a file";
    CHECK_FALSE(move_log(source, tests::place_in(sandbox.beside("file")), with_key()).ok());
    CHECK_FALSE(source.closed);
    CHECK_FALSE(fs::exists(sandbox.place().directory + "/moving"));
}

TEST_CASE("A moved ledger is read and no longer written; the new one goes on") {
    const Filled sandbox;
    {
        Ledger source = opened(sandbox.place());
        const auto moved = move_log(source, sandbox.target(), with_key());
        if (!moved) FAIL(moved.error().message);
    }
    Running old(sandbox.place());
    REQUIRE(old.ledger.closed);
    const Answer answer = old.ask(tests::accept_agreement("c3", "p0"));
    CHECK(answer.outcome == Outcome::failed);
    CHECK(answer.code == kLedgerMoved.text);
    REQUIRE(old.node->catch_up(tests::kPatience).ok());
    CHECK(views::find_partner(*old.ledger.rows->snapshot(), PartnerId{"p0"})->has_value());
    Running moved(sandbox.target());
    CHECK_FALSE(moved.ledger.closed);
    CHECK(moved.ask(tests::accept_agreement("c3", "p0")).version == 3);
}

TEST_CASE("A ledger is moved once, and not where something is") {
    const Filled sandbox, other;
    Ledger source = opened(sandbox.place());
    REQUIRE_FALSE(move_log(source, other.place()).ok());
    CHECK_FALSE(source.closed);
    REQUIRE(move_log(source, sandbox.target(), with_key()).ok());
    const auto again = move_log(source, tests::place_in(sandbox.beside("elsewhere")));
    REQUIRE_FALSE(again.ok());
    CHECK(again.error().code == kLedgerMoved);
    CHECK_FALSE(fs::exists(sandbox.beside("elsewhere")));
}

}  // namespace
}  // namespace ledger
