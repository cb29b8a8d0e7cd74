// Rows are read while they are written: every snapshot shows whole batches, and keeps showing them.
#include <atomic>
#include <thread>

#include "projections/layered_rows.h"
#include "projections/map_rows.h"
#include "projections/rocks_rows.h"
#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

namespace ledger::views {
namespace {

constexpr int kBatches = 400;
constexpr int kReaders = 3;
// Rows named by number that stand at one time.
constexpr int kStanding = 16;

std::string numbered(int number) { return "n" + std::to_string(100'000 + number); }

// Two families and the rows in between say which batch was the last; one row comes and one goes.
RowBatch batch_of(int number) {
    RowBatch batch;
    const std::string text = std::to_string(number);
    batch.put(Family::partners, "last", text);
    batch.put(Family::lookups, numbered(number), text);
    batch.erase(Family::lookups, numbered(number - kStanding));
    batch.put(Family::meta, "last", text);
    return batch;
}

// What is wrong with it; empty: nothing.
std::string wrong_with(const Snapshot& rows) {
    const auto first = rows.get(Family::partners, "last");
    const auto last = rows.get(Family::meta, "last");
    if (!first || !last) return "can't be read";
    if (*first != *last) return first->value_or("none") + " beside " + last->value_or("none");
    if (!*first) return {};
    const int newest = std::stoi(**first);
    int expected = std::max(1, newest - kStanding + 1);
    std::string wrong;
    const auto scanned =
        rows.scan(Family::lookups, "n", [&](std::string_view key, std::string_view) {
            if (key != numbered(expected)) wrong = std::string(key) + " in batch " + **first;
            ++expected;
            return wrong.empty();
        });
    if (!scanned) return "can't be scanned";
    if (wrong.empty() && expected != newest + 1) wrong = "rows are missing in batch " + **first;
    return wrong;
}

void check_reading_while_writing(Rows& rows) {
    std::atomic<bool> done{false};
    std::vector<std::string> wrong(kReaders);
    std::vector<std::thread> readers;
    for (int i = 0; i < kReaders; ++i)
        readers.emplace_back([&, i] {
            auto held = rows.snapshot();
            const auto at = *held->get(Family::meta, "last");
            while (!done && wrong[i].empty()) {
                wrong[i] = wrong_with(*rows.snapshot());
                if (wrong[i].empty()) wrong[i] = wrong_with(*held);
                if (*held->get(Family::meta, "last") != at) wrong[i] = "a snapshot has moved";
            }
        });
    Result<void> written;
    for (int number = 1; number <= kBatches && written; ++number)
        written = rows.write(batch_of(number));
    done = true;
    for (std::thread& reader : readers) reader.join();
    CHECK(written.ok());
    for (const std::string& each : wrong) CHECK(each == "");
    CHECK(**rows.snapshot()->get(Family::meta, "last") == std::to_string(kBatches));
}

TEST_CASE("Rows in memory are read while they are written") {
    MapRows rows;
    check_reading_while_writing(rows);
}

TEST_CASE("Rows in memory above others are read while they are written") {
    LayeredRows rows(std::make_unique<MapRows>());
    check_reading_while_writing(rows);
}

TEST_CASE("Rows in RocksDB are read while they are written") {
    const tests::TempDir folder;
    const auto rows = RocksRows::open(folder / "views");
    REQUIRE(rows.ok());
    check_reading_while_writing(**rows);
}

}  // namespace
}  // namespace ledger::views
