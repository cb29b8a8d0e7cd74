// Backups of a ledger at work, and what a restore takes and what not.
#include "consumers/backup.h"
#include "consumers/backup_list.h"
#include "consumers/ledger.h"
#include "consumers/master_key.h"

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include "events/durable_file.h"
#include "events/fresh_folder.h"
#include "tests/support/sandbox_ledger.h"

namespace ledger {
namespace {

namespace fs = std::filesystem;
using tests::Running;
using tests::Sandbox;

constexpr int kPartners = 5;

class BackedUp : public Sandbox {
public:
    explicit BackedUp(bool with_master_key = true) {
        Running run(place());
        tests::fill(run, kPartners);
        run.node->close(tests::kPatience);
        BackupSettings settings;
        settings.with_master_key = with_master_key;
        const auto made = back_up(run.ledger, backup(), settings);
        if (!made) FAIL(made.error().message);
        made_ = *made;
    }
    std::string backup() const { return beside("backup"); }
    std::string target() const { return beside("restored"); }
    const Backup& made() const { return made_; }

private:
    Backup made_;
};

bool is_empty_or_absent(const std::string& folder) {
    return !fs::exists(folder) || fs::is_empty(folder);
}

void check_not_restored(const BackedUp& sandbox, ErrorCode code,
                        const RestoreSettings& settings = {}) {
    const auto restored = restore(sandbox.backup(), sandbox.target(), settings);
    REQUIRE_FALSE(restored.ok());
    INFO(restored.error().message);
    CHECK(restored.error().code == code);
    CHECK(is_empty_or_absent(sandbox.target()));
}

// The largest file of records; RocksDB's own talk (LOG) is not looked at by a restore.
fs::path log_file_in(const std::string& folder) {
    fs::path largest;
    std::uintmax_t bytes = 0;
    for (const auto& each : fs::directory_iterator(folder + "/log"))
        if (each.path().extension() != "" && each.file_size() > bytes) {
            largest = each.path();
            bytes = each.file_size();
        }
    return largest;
}

TEST_CASE("A restored ledger holds what was backed up, and goes on") {
    const BackedUp sandbox;
    const auto restored = restore(sandbox.backup(), sandbox.target());
    if (!restored) FAIL(restored.error().message);
    CHECK(restored->log.ledger == sandbox.made().log.ledger);
    CHECK(restored->log.partitions == sandbox.made().log.partitions);
    CHECK(restored->log.entries == 2 * kPartners);
    CHECK(restored->made == sandbox.made().made);
    CHECK(restored->has_master_key);
    const LedgerPlace place = tests::place_in(sandbox.target());
    CHECK(tests::verified(place).entries == 2 * kPartners);
    Running run(place);
    CHECK(run.ask(tests::accept_agreement("c3", "p0")).version == 3);
}

TEST_CASE("Refusals and the views come along, so that nothing is read again") {
    const Sandbox sandbox;
    Running run(sandbox);
    tests::fill(run, 1);
    const Answer refused = run.ask(tests::register_partner("c9", "Other", "p0"));
    REQUIRE(refused.outcome == Outcome::refused);
    run.node->close(tests::kPatience);
    BackupSettings settings;
    settings.with_master_key = true;
    REQUIRE(back_up(run.ledger, sandbox.beside("backup"), settings).ok());
    REQUIRE(restore(sandbox.beside("backup"), sandbox.beside("restored")).ok());
    const auto restored = open_ledger(tests::place_in(sandbox.beside("restored")));
    REQUIRE(restored.ok());
    int kept = 0;
    REQUIRE(restored->refusals->each(PartnerId{"p0"}, Date{0}, [&](const auto&) { return ++kept; })
                .ok());
    CHECK(kept == 1);
    CHECK(views::find_partner(*restored->rows->snapshot(), PartnerId{"p0"})->has_value());
}

TEST_CASE("A ledger at work is backed up at one moment, and goes on meanwhile") {
    const Sandbox sandbox;
    Running run(sandbox);
    tests::fill(run, 1);
    std::atomic<bool> enough{false};
    std::uint64_t accepted = 2;
    std::thread at_work([&] {
        for (int i = 3; !enough; ++i) {
            const Answer answer = run.ask(tests::accept_agreement("a" + std::to_string(i), "p0"));
            if (answer.outcome == Outcome::accepted) accepted = answer.version;
        }
    });
    BackupSettings settings;
    settings.with_master_key = true;
    const auto first = back_up(run.ledger, sandbox.beside("first"), settings);
    const auto second = back_up(run.ledger, sandbox.beside("second"), settings);
    enough = true;
    at_work.join();
    run.node->close(tests::kPatience);
    REQUIRE(first.ok());
    REQUIRE(second.ok());
    CHECK(first->log.entries >= 2);
    CHECK(first->log.entries <= second->log.entries);
    CHECK(second->log.entries <= accepted);
    for (const char* name : {"first", "second"}) {
        const LedgerPlace place = tests::place_in(sandbox.beside(name) + "-restored");
        REQUIRE(restore(sandbox.beside(name), place.directory).ok());
        tests::verified(place);
    }
}

TEST_CASE("Without the master key nothing can be read, until it is put there") {
    const BackedUp sandbox(false);
    CHECK_FALSE(fs::exists(sandbox.backup() + "/master.key"));
    const auto restored = restore(sandbox.backup(), sandbox.target());
    REQUIRE(restored.ok());
    CHECK_FALSE(restored->has_master_key);
    const LedgerPlace place = tests::place_in(sandbox.target());
    {
        const auto opened = open_ledger(place);
        REQUIRE(opened.ok());
        REQUIRE(opened->no_key);
        CHECK(opened->no_key->code == kMasterKeyMissing);
        CHECK(opened->closed);
    }
    fs::copy_file(sandbox.place().directory + "/master.key", sandbox.target() + "/master.key");
    tests::verified(place);
}

TEST_CASE("A backup doesn't go into a folder that has something in it") {
    const BackedUp sandbox;
    const auto before = read_file(sandbox.backup() + "/SHA256SUMS");
    const auto ledger = open_ledger(sandbox.place());
    REQUIRE(ledger.ok());
    const auto again = back_up(*ledger, sandbox.backup());
    REQUIRE_FALSE(again.ok());
    CHECK(again.error().code == kFolderNotEmpty);
    CHECK(**read_file(sandbox.backup() + "/SHA256SUMS") == **before);
    CHECK_FALSE(back_up(*ledger, sandbox.place().directory).ok());
    CHECK(restore(sandbox.backup(), sandbox.target()).ok());
}

TEST_CASE("A backup that was not finished is taken again into the same folder") {
    const BackedUp sandbox;
    tests::make_unfinished(sandbox.backup(), "the backup was not finished");
    check_not_restored(sandbox, kNoBackup);
    const auto ledger = open_ledger(sandbox.place());
    REQUIRE(ledger.ok());
    CHECK(back_up(*ledger, sandbox.backup()).ok());
    CHECK(restore(sandbox.backup(), sandbox.target()).ok());
}

TEST_CASE("What is no backup is not restored") {
    const Sandbox sandbox;
    for (const char* name : {"nowhere", "ledger"}) {
        const auto restored = restore(sandbox.beside(name), sandbox.beside("restored"));
        REQUIRE_FALSE(restored.ok());
        CHECK(restored.error().code == kNoBackup);
        CHECK_FALSE(fs::exists(sandbox.beside("restored")));
    }
}

TEST_CASE("A damaged backup is not restored") {
    const BackedUp sandbox;
    SECTION("a flipped bit in the log") {
        std::fstream file(log_file_in(sandbox.backup()),
                          std::ios::in | std::ios::out | std::ios::binary);
        file.seekg(0, std::ios::end);
        const auto middle = file.tellg() / 2;
        file.seekg(middle);
        const int byte = file.get();
        file.seekp(middle);
        file.put(static_cast<char>(byte ^ 1));
        file.close();
        check_not_restored(sandbox, kBackupDamaged);
    }
    SECTION("a file that is gone") {
        fs::remove(log_file_in(sandbox.backup()));
        check_not_restored(sandbox, kBackupDamaged);
    }
    SECTION("a list that was cut") {
        const std::string list = sandbox.backup() + "/SHA256SUMS";
        fs::resize_file(list, fs::file_size(list) / 2);
        check_not_restored(sandbox, kBackupDamaged);
    }
    SECTION("a list that was written by hand") {
        std::ofstream(sandbox.backup() + "/SHA256SUMS") << "abc  ../../etc/passwd\n";
        check_not_restored(sandbox, kNoBackup);
    }
}

TEST_CASE("The backup of another ledger is not restored where one is expected") {
    const BackedUp sandbox;
    RestoreSettings settings;
    settings.expected_ledger = std::string(32, '0');
    check_not_restored(sandbox, kBackupOfAnotherLedger, settings);
    settings.expected_ledger = to_hex(sandbox.made().log.ledger);
    CHECK(restore(sandbox.backup(), sandbox.target(), settings).ok());
}

TEST_CASE("A ledger that stands there is not restored over") {
    const BackedUp sandbox;
    const auto restored = restore(sandbox.backup(), sandbox.place().directory);
    REQUIRE_FALSE(restored.ok());
    CHECK(restored.error().code == kFolderNotEmpty);
    CHECK(tests::verified(sandbox.place()).entries == 2 * kPartners);
}

TEST_CASE("A restore that was killed can't be opened, and begins anew") {
    const BackedUp sandbox;
    REQUIRE(restore(sandbox.backup(), sandbox.target()).ok());
    tests::make_unfinished(sandbox.target(), "restoring was not finished");
    const auto opened = open_ledger(tests::place_in(sandbox.target()));
    REQUIRE_FALSE(opened.ok());
    CHECK(opened.error().code == kFolderUnfinished);
    REQUIRE(restore(sandbox.backup(), sandbox.target()).ok());
    tests::verified(tests::place_in(sandbox.target()));
}

TEST_CASE("A restore that was killed before it had begun leaves nothing in the way") {
    const BackedUp sandbox;
    fs::create_directories(sandbox.target() + "/.making");
    std::ofstream(sandbox.target() + "/.making/.owner.part") << "restor";
    REQUIRE(restore(sandbox.backup(), sandbox.target()).ok());
    CHECK_FALSE(fs::exists(sandbox.target() + "/.making"));
    tests::verified(tests::place_in(sandbox.target()));
}

TEST_CASE("A master key that was put there before stays, and another one is not taken over") {
    const BackedUp sandbox;
    fs::create_directory(sandbox.target());
    const std::string key = sandbox.target() + "/master.key";
    SECTION("its own") {
        fs::copy_file(sandbox.place().directory + "/master.key", key);
        REQUIRE(restore(sandbox.backup(), sandbox.target()).ok());
        tests::verified(tests::place_in(sandbox.target()));
    }
    SECTION("another ledger's") {
        std::ofstream(key) << std::string(32, 'k');
        const auto restored = restore(sandbox.backup(), sandbox.target());
        REQUIRE_FALSE(restored.ok());
        CHECK(restored.error().code == kMasterKeyOfAnother);
        CHECK(**read_file(key) == std::string(32, 'k'));
        CHECK_FALSE(fs::exists(sandbox.target() + "/log"));
    }
}

TEST_CASE("A backup is no ledger to be opened") {
    const BackedUp sandbox;
    const auto opened = open_ledger(tests::place_in(sandbox.backup()));
    REQUIRE_FALSE(opened.ok());
    CHECK(opened.error().code == kLedgerIsBackup);
}

}  // namespace
}  // namespace ledger
