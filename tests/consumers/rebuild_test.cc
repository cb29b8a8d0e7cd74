// Making the views afresh: the same rows as before, whatever happens on the way.
#include "consumers/rebuild.h"
#include "consumers/views_identity.h"

#include <sys/mount.h>

#include <filesystem>
#include <fstream>

#include "events/partition.h"
#include "projections/generations.h"
#include "projections/rocks_rows.h"
#include "tests/support/sandbox_ledger.h"

namespace ledger {
namespace {

namespace fs = std::filesystem;
using tests::Running;
using tests::Sandbox;
using views::Family;

constexpr int kPartners = 20;
constexpr std::size_t kEntries = 2 * kPartners;

class Filled : public Sandbox {
public:
    Filled() {
        Running run(place());
        tests::fill(run, kPartners);
        run.node->close(tests::kPatience);
    }
};

Result<Rebuilt> rebuild(const LedgerPlace& place, const RebuildSettings& settings = {}) {
    auto ledger = open_log_only(place);
    if (!ledger) FAIL(ledger.error().message);
    return rebuild_views(*ledger, settings);
}

Rebuilt rebuilt(const LedgerPlace& place, const RebuildSettings& settings = {}) {
    const auto done = rebuild(place, settings);
    if (!done) FAIL(done.error().message);
    return *done;
}

// Writes into the views that are in use, behind everybody's back.
void plant(const LedgerPlace& place, const views::RowBatch& rows) {
    const auto views = views::RocksRows::open(place.directory + "/views");
    REQUIRE(views.ok());
    REQUIRE((*views)->write(rows).ok());
    REQUIRE((*views)->flush().ok());
}

bool names(const std::vector<std::string>& differences, const std::string& row,
           const std::string& what) {
    for (const std::string& difference : differences)
        if (difference.find(row) != std::string::npos && difference.find(what) != std::string::npos)
            return true;
    return false;
}

TEST_CASE("A rebuild gives the rows there were, and says so") {
    const Filled sandbox;
    const Rebuilt done = rebuilt(sandbox.place());
    CHECK(done.notes.empty());
    CHECK(done.not_compared.empty());
    CHECK(done.entries == kEntries);
    CHECK(done.partners == kPartners);
    CHECK(done.rows_compared >= 2 * kEntries + kPartners);
    CHECK(done.difference_count == 0);
    CHECK(tests::verified(sandbox.place()).entries == kEntries);
}

TEST_CASE("However small the sorted runs are, the rows are the same") {
    const Filled sandbox;
    RebuildSettings settings;
    settings.run_max_bytes = 1;
    CHECK(rebuilt(sandbox.place(), settings).difference_count == 0);
    settings.run_max_bytes = 2'000;
    CHECK(rebuilt(sandbox.place(), settings).difference_count == 0);
    tests::verified(sandbox.place());
}

TEST_CASE("Killed at any step, the views are the old ones or the new ones") {
    const auto step = GENERATE(RebuildStep::begun, RebuildStep::read, RebuildStep::finished,
                               RebuildStep::old_moved_away, RebuildStep::new_in_place);
    const bool opened_first = GENERATE(true, false);
    const Filled sandbox;
    plant(sandbox.place(), {{Family::receipts, "planted", "row"}});
    RebuildSettings settings;
    settings.reached = [step](RebuildStep reached) { return reached != step; };
    REQUIRE(rebuild(sandbox.place(), settings).ok());
    const bool new_ones = step == RebuildStep::old_moved_away || step == RebuildStep::new_in_place;

    if (opened_first) {
        const auto ledger = open_ledger(sandbox.place());
        if (!ledger) FAIL(ledger.error().message);
        CHECK(ledger->notes.size() == 1);
        const auto row = ledger->rows->snapshot()->get(Family::receipts, "planted");
        REQUIRE(row.ok());
        CHECK(row->has_value() == !new_ones);
    }
    const Rebuilt again = rebuilt(sandbox.place());
    CHECK(again.notes.size() == (opened_first ? 0 : 1));
    CHECK(again.difference_count == (new_ones ? 0 : 1));
    for (const char* left : {"/views.new", "/views.old"})
        CHECK_FALSE(fs::exists(sandbox.place().directory + left));
    CHECK(tests::verified(sandbox.place()).entries == kEntries);
}

TEST_CASE("Rows that the log doesn't fold to are named, and gone") {
    const Filled sandbox;
    std::string wrong(sizeof(fb::Receipt), '\0');
    const std::string receipt = views::receipt_key(partition_of(PartnerId{"p3"}, 2), "p3", "c2");
    plant(sandbox.place(), {{Family::receipts, receipt, wrong},
                            {Family::partners, "nobody", "a row that no event has made"}});
    const Rebuilt done = rebuilt(sandbox.place());
    CHECK(done.difference_count == 2);
    CHECK(done.differences.size() == 2);
    CHECK(names(done.differences, "p3", "was not what the log folds to"));
    CHECK(names(done.differences, "nobody", "stood in the old views and not in the log"));
    tests::verified(sandbox.place());
}

TEST_CASE("Many wrong rows are counted, and the first ones named") {
    const Filled sandbox;
    views::RowBatch rows;
    for (int i = 0; i < 100; ++i) rows.put(Family::partners, "x" + std::to_string(i), "planted");
    plant(sandbox.place(), rows);
    const Rebuilt done = rebuilt(sandbox.place());
    CHECK(done.difference_count == 100);
    CHECK(done.differences.size() == 20);
}

TEST_CASE("Without views there is nothing to compare with") {
    const Filled sandbox;
    fs::remove_all(sandbox.place().directory + "/views");
    const Rebuilt done = rebuilt(sandbox.place());
    CHECK_FALSE(done.not_compared.empty());
    CHECK(done.entries == kEntries);
    CHECK(tests::verified(sandbox.place()).entries == kEntries);
}

TEST_CASE("Damaged views are not compared, and replaced") {
    const Filled sandbox;
    std::ofstream(sandbox.place().directory + "/views/CURRENT") << "no manifest\n";
    REQUIRE_FALSE(open_ledger(sandbox.place()).ok());
    const Rebuilt done = rebuilt(sandbox.place());
    CHECK_FALSE(done.not_compared.empty());
    CHECK(tests::verified(sandbox.place()).entries == kEntries);
}

TEST_CASE("Views of another format are replaced") {
    const Filled sandbox;
    plant(sandbox.place(), {{Family::meta, views::kFormatKey, "0"}});
    const auto opened = open_ledger(sandbox.place());
    REQUIRE_FALSE(opened.ok());
    CHECK(opened.error().code == kViewsOfAnotherFormat);
    CHECK_FALSE(rebuilt(sandbox.place()).not_compared.empty());
    tests::verified(sandbox.place());
}

TEST_CASE("The views of another ledger stay as they are") {
    const Filled sandbox, other;
    const std::string views = sandbox.place().directory + "/views";
    fs::remove_all(views);
    fs::copy(other.place().directory + "/views", views, fs::copy_options::recursive);
    const auto done = rebuild(sandbox.place());
    REQUIRE_FALSE(done.ok());
    CHECK(done.error().code == kViewsOfAnotherLedger);
    CHECK(fs::exists(views));
    CHECK_FALSE(fs::exists(sandbox.place().directory + "/views.new"));
}

TEST_CASE("Views that stand a little behind are compared where they stand, and read on") {
    const Filled sandbox;
    const std::string views = sandbox.place().directory + "/views";
    const std::string kept = sandbox.beside("views");
    fs::copy(views, kept, fs::copy_options::recursive);
    {
        Running run(sandbox.place());
        REQUIRE(run.ask(tests::accept_agreement("c3", "p1")).outcome == Outcome::accepted);
        run.node->close(tests::kPatience);
    }
    fs::remove_all(views);
    fs::rename(kept, views);
    const Rebuilt done = rebuilt(sandbox.place());
    CHECK(done.not_compared.empty());
    CHECK(done.difference_count == 0);
    CHECK(done.entries == kEntries);
    CHECK(tests::verified(sandbox.place()).entries == kEntries + 1);
}

TEST_CASE("Two rebuilds at once: the second is told") {
    const Filled sandbox;
    RebuildSettings settings;
    std::string told;
    settings.reached = [&](RebuildStep step) {
        if (step != RebuildStep::begun) return true;
        const auto lock = FolderLock::take(sandbox.place().directory);
        if (!lock) told = lock.error().message;
        return true;
    };
    CHECK(rebuilt(sandbox.place(), settings).difference_count == 0);
    CHECK_FALSE(told.empty());
}

// A small file system of memory, where this process may mount one.
class SmallDisk {
public:
    explicit SmallDisk(const std::string& folder) : folder_(folder) {
        fs::create_directories(folder);
        mounted_ = ::mount("ledger-test", folder.c_str(), "tmpfs", 0, "size=96m") == 0;
    }
    ~SmallDisk() {
        if (mounted_) ::umount2(folder_.c_str(), MNT_DETACH);
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;
    bool mounted() const { return mounted_; }
    // Leaves so much room and no more.
    void fill_up(std::uintmax_t left_bytes) const {
        const auto room = fs::space(folder_).available;
        REQUIRE(room > left_bytes);
        std::ofstream file(folder_ + "/filler", std::ios::binary);
        const std::vector<char> block(4096, 'x');
        for (std::uintmax_t i = 0; i < (room - left_bytes) / block.size(); ++i)
            file.write(block.data(), static_cast<std::streamsize>(block.size()));
    }
    void make_room() const { fs::remove(folder_ + "/filler"); }

private:
    std::string folder_;
    bool mounted_ = false;
};

TEST_CASE("A disk that gets full in the middle of a rebuild leaves the old views") {
    const Filled sandbox;
    const SmallDisk disk(sandbox.beside("disk"));
    if (!disk.mounted()) {
        WARN("not looked at: only root may mount a small file system to fill up");
        return;
    }
    const LedgerPlace place = tests::place_in(sandbox.beside("disk/ledger"));
    fs::copy(sandbox.place().directory, place.directory, fs::copy_options::recursive);
    RebuildSettings settings;
    settings.reached = [&](RebuildStep step) {
        if (step == RebuildStep::begun) disk.fill_up(4096);
        return true;
    };
    const auto done = rebuild(place, settings);
    REQUIRE_FALSE(done.ok());
    CHECK(done.error().effect == Effect::none);
    CHECK_FALSE(fs::exists(place.directory + "/views.new"));
    disk.make_room();
    CHECK(rebuilt(place).difference_count == 0);
    CHECK(tests::verified(place).entries == kEntries);
}

}  // namespace
}  // namespace ledger
