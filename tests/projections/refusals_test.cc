// Refusals are shown for 90 days, oldest first, and then they are deleted.
#include "projections/refusals.h"

#include <vector>

#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

namespace ledger::views {
namespace {

constexpr std::int64_t kDayMs = 86'400'000;

class Kept {
public:
    Kept() { open(); }

    void open() {
        refusals_.reset();
        auto opened = Refusals::open(folder_ / "refusals", Id128{1, 2});
        REQUIRE(opened.ok());
        refusals_ = std::move(*opened);
    }
    void add(const std::string& partner, std::int64_t at_ms) { add(partner, at_ms, at_ms); }
    void add(const std::string& partner, std::int64_t at_ms, std::int64_t machine_ms) {
        fb::RefusalRowT row;
        row.partner = partner;
        row.command_id = "c" + std::to_string(++added_);
        row.time = at_ms;
        row.machine_time = machine_ms;
        REQUIRE(refusals_->add(row).ok());
    }
    // The ids of the commands.
    std::vector<std::string> of(const std::string& partner,
                                const RefusalRange& range = Date{0}) const {
        std::vector<std::string> ids;
        const auto read =
            refusals_->each(PartnerId{partner}, range, [&](const fb::RefusalRow& refusal) {
                ids.push_back(refusal.command_id()->str());
                return true;
            });
        REQUIRE(read.ok());
        return ids;
    }
    void drop_old(Date today, std::size_t most) { REQUIRE(refusals_->drop_old(today, most).ok()); }
    const Refusals& refusals() const { return *refusals_; }

private:
    tests::TempDir folder_;
    std::unique_ptr<Refusals> refusals_;
    int added_ = 0;
};

using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("Refusals are listed oldest first, of one partner or of all") {
    Kept kept;
    kept.add("b", 3 * kDayMs);
    kept.add("a", 2 * kDayMs);
    kept.add("ab", 1 * kDayMs);
    kept.add("a", 1 * kDayMs);
    CHECK(kept.of("") == Ids{"c3", "c4", "c2", "c1"});
    CHECK(kept.of("a") == Ids{"c4", "c2"});
    CHECK(kept.of("ab") == Ids{"c3"});
    CHECK(kept.of("nobody").empty());
    kept.open();
    CHECK(kept.of("a") == Ids{"c4", "c2"});
}

TEST_CASE("Refusals are listed newest first where that is wanted") {
    Kept kept;
    kept.add("b", 3 * kDayMs);
    kept.add("a", 2 * kDayMs);
    kept.add("ab", 1 * kDayMs);
    kept.add("a", 1 * kDayMs);
    const RefusalRange backwards{Date{0}, std::nullopt, true};
    CHECK(kept.of("", backwards) == Ids{"c1", "c2", "c4", "c3"});
    CHECK(kept.of("a", backwards) == Ids{"c2", "c4"});
    CHECK(kept.of("nobody", backwards).empty());
}

TEST_CASE("Refusals since a day are those of that day and later ones") {
    Kept kept;
    for (int day = 1; day <= 3; ++day) kept.add("a", day * kDayMs);
    for (const char* partner : {"a", ""}) {
        for (const bool backwards : {false, true}) {
            CHECK(kept.of(partner, {Date{0}, Date{2}, backwards}).size() == 2);
            CHECK(kept.of(partner, {Date{0}, Date{4}, backwards}).empty());
            // What is too old to be shown stays so.
            CHECK(kept.of(partner, {Date{92}, Date{1}, backwards}).size() == 2);
        }
    }
}

TEST_CASE("A reading of refusals ends where it is told to") {
    Kept kept;
    for (int i = 0; i < 3; ++i) kept.add("a", i);
    for (const char* partner : {"a", ""}) {
        int seen = 0;
        const auto read = kept.refusals().each(PartnerId{partner}, Date{0},
                                               [&](const fb::RefusalRow&) { return ++seen < 2; });
        REQUIRE(read.ok());
        CHECK(seen == 2);
    }
}

TEST_CASE("A refusal is shown on its ninetieth day, and not on the one after") {
    Kept kept;
    kept.add("a", 100 * kDayMs);
    for (const char* partner : {"a", ""}) {
        CHECK(kept.of(partner, Date{190}) == Ids{"c1"});
        CHECK(kept.of(partner, Date{191}).empty());
    }
}

TEST_CASE("Old refusals are deleted, the oldest first and not more than asked for") {
    Kept kept;
    for (int day = 0; day < 10; ++day) kept.add(day % 2 ? "a" : "b", day * kDayMs);
    kept.drop_old(Date{95}, 3);  // 0 to 4 are old
    CHECK(kept.of("") == Ids{"c4", "c5", "c6", "c7", "c8", "c9", "c10"});
    kept.drop_old(Date{95}, 100);
    CHECK(kept.of("") == Ids{"c6", "c7", "c8", "c9", "c10"});
    CHECK(kept.of("a") == Ids{"c6", "c8", "c10"});
    CHECK(kept.of("b") == Ids{"c7", "c9"});
    kept.drop_old(Date{95}, 100);
    kept.open();
    kept.drop_old(Date{96}, 100);
    CHECK(kept.of("") == Ids{"c7", "c8", "c9", "c10"});
}

TEST_CASE("Refusals grow old by the ledger's time, and not by one partition's that is ahead") {
    constexpr std::int64_t kMachine = 20'000 * kDayMs;
    constexpr int kMany = 500;
    Kept kept;
    for (int i = 0; i < kMany; ++i) kept.add("past", 100 * kDayMs, kMachine);
    CHECK(kept.of("past", Date{190}).size() == kMany);
    for (int i = 0; i < kMany; ++i) kept.add("today", kMachine, kMachine);
    CHECK(kept.of("past").empty());
    for (int i = 0; i < kMany; ++i) kept.add("ahead", 30'000 * kDayMs, kMachine);
    CHECK(kept.of("today", Date{20'090}).size() == kMany);
}

TEST_CASE("As refusals come, old ones go") {
    Kept kept;
    constexpr int kOld = 500;
    for (int i = 0; i < kOld; ++i) kept.add("old", i);
    for (int i = 0; i < kOld; ++i) kept.add("new", 200 * kDayMs + i);
    CHECK(kept.of("old").empty());
    CHECK(kept.of("new").size() == kOld);
}

}  // namespace ledger::views
