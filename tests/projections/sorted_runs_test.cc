// Rows written in sorted runs are the rows that were put, whatever the order and size of runs.
#include "projections/sorted_runs.h"

#include <map>

#include "projections/bulk_rows.h"
#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

namespace ledger::views {
namespace {

class Target {
public:
    Target() {
        auto opened = RocksRows::open(folder_ / "views");
        REQUIRE(opened.ok());
        rows_ = std::move(*opened);
    }
    RocksRows& rows() { return *rows_; }
    std::map<std::string, std::string> all(Family family) const {
        std::map<std::string, std::string> found;
        REQUIRE(rows_->snapshot()
                    ->scan(family, {},
                           [&](std::string_view key, std::string_view value) {
                               found.emplace(key, value);
                               return true;
                           })
                    .ok());
        return found;
    }

private:
    tests::TempDir folder_;
    std::unique_ptr<RocksRows> rows_;
};

using All = std::map<std::string, std::string>;

TEST_CASE("Nothing is in the target before it is written") {
    Target target;
    SortedRuns runs(target.rows(), 1'000'000);
    REQUIRE(runs.put(Family::history, "k", "head-", "tail").ok());
    CHECK(target.all(Family::history).empty());
    REQUIRE(runs.write().ok());
    CHECK(target.all(Family::history) == All{{"k", "head-tail"}});
    REQUIRE(runs.write().ok());
}

TEST_CASE("Of one key the last word counts, in one run and across runs") {
    const auto run_max_bytes = GENERATE(std::size_t{1}, std::size_t{40}, std::size_t{1'000'000});
    Target target;
    SortedRuns runs(target.rows(), run_max_bytes);
    All expected;
    // 97 and 1000 have no common divisor: every key comes, in no order that is sorted.
    for (int i = 0; i < 300; ++i) {
        const std::string key = "k" + std::to_string(i * 97 % 100);
        const std::string value = std::to_string(i);
        if (i % 7 == 0) {
            REQUIRE(runs.add({Family::partners, key, {}, true}).ok());
            expected.erase(key);
            continue;
        }
        REQUIRE(runs.put(Family::partners, key, value).ok());
        expected[key] = value;
    }
    REQUIRE(runs.write().ok());
    CHECK(target.all(Family::partners) == expected);
}

TEST_CASE("Families are kept apart") {
    Target target;
    SortedRuns runs(target.rows(), 1'000'000);
    for (const Family family : kFamilies)
        REQUIRE(runs.put(family, "k", std::to_string(static_cast<int>(family))).ok());
    REQUIRE(runs.write().ok());
    for (const Family family : kFamilies)
        CHECK(target.all(family) == All{{"k", std::to_string(static_cast<int>(family))}});
}

TEST_CASE("Rows made in bulk come with their positions last") {
    Target target;
    BulkRows bulk(target.rows(), 1);
    REQUIRE(bulk.write({{Family::history, "h", "stands there already"},
                        {Family::partners, "p", "state"},
                        {Family::meta, "m", "position"}})
                .ok());
    CHECK(target.all(Family::history).empty());
    CHECK(target.all(Family::meta).empty());
    CHECK(bulk.partners() == 1);
    CHECK_FALSE(bulk.snapshot()->get(Family::partners, "p")->has_value());
    REQUIRE(bulk.finish({{Family::meta, "format", "1"}}).ok());
    CHECK(target.all(Family::partners) == All{{"p", "state"}});
    CHECK(target.all(Family::meta) == All{{"format", "1"}, {"m", "position"}});
}

}  // namespace
}  // namespace ledger::views
