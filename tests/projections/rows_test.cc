// Every store of rows answers alike.
#include "projections/rows.h"

#include "projections/layered_rows.h"
#include "projections/map_rows.h"
#include "projections/rocks_rows.h"
#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

namespace ledger::views {
namespace {

void check_store(Rows& rows) {
    RowBatch batch;
    batch.put(Family::receipts, receipt_key(PartitionId{0}, "contoso", "c1"), "head-", "tail");
    batch.put(Family::receipts, receipt_key(PartitionId{0}, "contoso", "c3"), "");
    batch.put(Family::partners, "contoso", "first");
    batch.put(Family::partners, "contoso", "last");
    REQUIRE(rows.write(batch).ok());

    const auto now = rows.snapshot();
    CHECK(**now->get(Family::receipts, receipt_key(PartitionId{0}, "contoso", "c1")) ==
          "head-tail");
    CHECK(**now->get(Family::partners, "contoso") == "last");
    CHECK_FALSE(now->get(Family::history, "contoso")->has_value());

    const std::string asked[] = {
        receipt_key(PartitionId{0}, "contoso", "c1"), receipt_key(PartitionId{0}, "contoso", "c2"),
        receipt_key(PartitionId{0}, "contoso", "c3"), receipt_key(PartitionId{1}, "contoso", "c1")};
    const std::vector<std::string_view> keys(std::begin(asked), std::end(asked));
    const auto found = now->have(Family::receipts, keys);
    REQUIRE(found.ok());
    CHECK(*found == std::vector<bool>{true, false, true, false});
    CHECK(now->have(Family::receipts, {})->empty());
}

std::vector<std::string> scanned(const Snapshot& rows, Family family,
                                 std::string_view prefix = {}) {
    std::vector<std::string> keys;
    REQUIRE(rows.scan(family, prefix,
                      [&](std::string_view key, std::string_view) {
                          keys.emplace_back(key);
                          return true;
                      })
                .ok());
    return keys;
}

// What is erased is gone for every way of asking, and comes back when it is put again.
void check_erasing(Rows& rows) {
    using Keys = std::vector<std::string>;
    REQUIRE(rows.write({{Family::lookups, "a", "1"},
                        {Family::lookups, "b", "1"},
                        {Family::lookups, "c", "1"}})
                .ok());
    const auto before = rows.snapshot();
    RowBatch batch;
    batch.erase(Family::lookups, "b");
    batch.put(Family::lookups, "c", "2");
    batch.erase(Family::lookups, "c");
    batch.erase(Family::lookups, "never");
    batch.erase(Family::lookups, "d");
    batch.put(Family::lookups, "d", "2");
    REQUIRE(rows.write(batch).ok());
    const auto after = rows.snapshot();
    CHECK(scanned(*after, Family::lookups) == Keys{"a", "d"});
    CHECK_FALSE(after->get(Family::lookups, "b")->has_value());
    const std::vector<std::string_view> keys{"a", "b", "c", "d"};
    CHECK(*after->have(Family::lookups, keys) == std::vector<bool>{true, false, false, true});
    CHECK(scanned(*before, Family::lookups) == Keys{"a", "b", "c"});
    CHECK(**before->get(Family::lookups, "c") == "1");
    CHECK(*before->have(Family::lookups, keys) == std::vector<bool>{true, true, true, false});
    REQUIRE(rows.write({{Family::lookups, "b", "3"}}).ok());
    CHECK(**rows.snapshot()->get(Family::lookups, "b") == "3");
    CHECK(scanned(*after, Family::lookups) == Keys{"a", "d"});
}

// Two partitions with two partners each, in keys that don't come in order.
void check_scans(Rows& rows) {
    using Keys = std::vector<std::string>;
    const auto key = [](std::uint32_t partition, const char* partner, std::uint64_t version) {
        return history_key(PartitionId{partition}, partner, version);
    };
    RowBatch batch;
    for (const std::string& each :
         {key(1, "woodgrove", 1), key(0, "fabrikam", 1), key(0, "contoso", 2), key(0, "contoso", 1),
          key(1, "adatum", 1)})
        for (const Family family : {Family::history, Family::receipts})
            batch.put(family, each, "value");
    REQUIRE(rows.write(batch).ok());
    const Keys first{key(0, "contoso", 1), key(0, "contoso", 2), key(0, "fabrikam", 1)};
    const Keys second{key(1, "adatum", 1), key(1, "woodgrove", 1)};
    Keys all = first;
    all.insert(all.end(), second.begin(), second.end());
    const auto now = rows.snapshot();
    for (const Family family : {Family::history, Family::receipts}) {
        CHECK(scanned(*now, family) == all);
        CHECK(scanned(*now, family, all.front().substr(0, 2)) == first);
        CHECK(scanned(*now, family, all.back().substr(0, 2)) == second);
        CHECK(scanned(*now, family, history_prefix(PartitionId{0}, "contoso")) ==
              Keys{first[0], first[1]});
    }
}

std::string walked(const Snapshot& rows, const Walk& way, std::size_t most = 99) {
    std::string keys;
    std::size_t count = 0;
    REQUIRE(rows.walk(Family::lookups, way,
                      [&](std::string_view key, std::string_view value) {
                          CHECK(value == key);
                          keys += (keys.empty() ? "" : " ") + std::string(key);
                          return ++count < most;
                      })
                .ok());
    return keys;
}

RowBatch walked_rows() {
    RowBatch batch;
    for (const char* key : {"a", "b1", "b3", "b5", "b5x", "c"})
        batch.put(Family::lookups, key, key);
    batch.put(Family::lookups, "b4", "b4");
    batch.erase(Family::lookups, "b4");
    return batch;
}

// Every beginning of a way, in both directions, with the rows of `walked_rows`.
void check_walks(const Rows& rows) {
    const auto now = rows.snapshot();
    const auto onwards = [&](const char* prefix, const char* from) {
        return walked(*now, {prefix, from, false});
    };
    const auto backwards = [&](const char* prefix, const char* from) {
        return walked(*now, {prefix, from, true});
    };
    CHECK(onwards("b", "") == "b1 b3 b5 b5x");
    CHECK(onwards("b", "b3") == "b3 b5 b5x");
    CHECK(onwards("b", "b4") == "b5 b5x");
    CHECK(onwards("b", "b6") == "");
    CHECK(backwards("b", "") == "b5x b5 b3 b1");
    CHECK(backwards("b", "b5") == "b5 b3 b1");
    CHECK(backwards("b", "b4") == "b3 b1");
    CHECK(backwards("b", "b0") == "");
    CHECK(backwards("b5", "") == "b5x b5");
    CHECK(backwards("", "") == "c b5x b5 b3 b1 a");
    CHECK(backwards("", "b2") == "b1 a");
    CHECK(backwards("d", "") == "");
    CHECK(backwards("0", "") == "");
    for (const bool way : {false, true}) CHECK(walked(*now, {"b", "b3", way}, 1) == "b3");
    CHECK(walked(*now, {"b", "", true}, 2) == "b5x b5");
}

TEST_CASE("A way begins at any key and goes in either direction") {
    MapRows in_memory;
    REQUIRE(in_memory.write(walked_rows()).ok());
    check_walks(in_memory);
    const tests::TempDir folder;
    const auto rows = RocksRows::open(folder / "views");
    REQUIRE(rows.ok());
    REQUIRE((*rows)->write(walked_rows()).ok());
    check_walks(**rows);
    REQUIRE((*rows)->flush().ok());
    check_walks(**rows);
}

TEST_CASE("A way through a layer meets its rows and those below it as if they were in one store") {
    const RowBatch all = walked_rows();
    // Each of the rows on either side, and an old value below where the layer has a newer one.
    for (std::uint64_t above = 0; above < 1U << all.size(); ++above) {
        RowBatch below;
        RowBatch layer;
        for (std::size_t i = 0; i < all.size(); ++i) {
            const Row row = all.row(i);
            if ((above >> i & 1) == 0 || row.erased)
                below.add({row.family, row.key, row.erased ? "old" : row.value});
            else
                layer.add(row);
            if (row.erased) layer.add(row);
        }
        auto lower = std::make_unique<MapRows>();
        REQUIRE(lower->write(below).ok());
        LayeredRows rows(std::move(lower));
        REQUIRE(rows.write(layer).ok());
        check_walks(rows);
    }
}

// Keys that end with bytes of only ones have no next prefix of their length.
TEST_CASE("The way back begins behind the last key of a prefix, whatever its bytes") {
    const std::string ones = "\xFF\xFF";
    const std::vector<std::string> keys{"a\xFE", "a\xFF", "a\xFF\xFF", "b",
                                        "\xFF",  ones,    ones + "a"};
    RowBatch batch;
    for (const std::string& key : keys) batch.put(Family::lookups, key, key);
    MapRows in_memory;
    const tests::TempDir folder;
    const auto on_disk = RocksRows::open(folder / "views");
    REQUIRE(on_disk.ok());
    for (Rows* rows : {static_cast<Rows*>(&in_memory), static_cast<Rows*>(on_disk->get())}) {
        REQUIRE(rows->write(batch).ok());
        const auto now = rows->snapshot();
        CHECK(walked(*now, {"a\xFF", {}, true}) == "a\xFF\xFF a\xFF");
        CHECK(walked(*now, {"a", {}, true}) == "a\xFF\xFF a\xFF a\xFE");
        CHECK(walked(*now, {ones, {}, true}) == ones + "a " + ones);
        CHECK(walked(*now, {"", {}, true}, 2) == ones + "a " + ones);
    }
}

TEST_CASE("The way back through one partner's history stays with that partner") {
    const tests::TempDir folder;
    const auto rows = RocksRows::open(folder / "views");
    REQUIRE(rows.ok());
    const auto key = [](const char* partner, std::uint64_t version) {
        return history_key(PartitionId{0}, partner, version);
    };
    RowBatch batch;
    for (const char* partner : {"adatum", "contoso", "contoso2", "fabrikam"})
        for (std::uint64_t version = 1; version <= 300; ++version)
            batch.put(Family::history, key(partner, version), "value");
    REQUIRE((*rows)->write(batch).ok());
    for (const bool on_disk : {false, true}) {
        if (on_disk) REQUIRE((*rows)->flush().ok());
        const auto now = (*rows)->snapshot();
        const std::string prefix = history_prefix(PartitionId{0}, "contoso");
        for (const std::uint64_t from : {300U, 256U, 255U, 1U}) {
            std::uint64_t due = from;
            const std::string begin = key("contoso", from);
            REQUIRE(now->walk(Family::history, {prefix, begin, true},
                              [&](std::string_view at, std::string_view) {
                                  CHECK(at == key("contoso", due));
                                  return --due > 0;
                              })
                        .ok());
            CHECK(due == 0);
        }
    }
}

TEST_CASE("A scan meets every partner, in the order of keys") {
    MapRows in_memory;
    check_scans(in_memory);
    const tests::TempDir folder;
    const auto rows = RocksRows::open(folder / "views");
    REQUIRE(rows.ok());
    check_scans(**rows);
    // On disk, with the same keys once more in memory above them.
    REQUIRE((*rows)->flush().ok());
    check_scans(**rows);
}

TEST_CASE("Rows in memory") {
    MapRows rows;
    check_store(rows);
    check_erasing(rows);
}

TEST_CASE("Rows in memory above others") {
    LayeredRows rows(std::make_unique<MapRows>());
    check_store(rows);
    check_erasing(rows);
}

TEST_CASE("A layer hides what was erased in it from the rows below") {
    auto below = std::make_unique<MapRows>();
    REQUIRE(below->write({{Family::lookups, "a", "1"}, {Family::lookups, "b", "1"}}).ok());
    LayeredRows rows(std::move(below));
    check_erasing(rows);
}

TEST_CASE("A layer shows its own rows and those below in the order of keys, each once") {
    auto below = std::make_unique<MapRows>();
    REQUIRE(below
                ->write({{Family::partners, "a1", "old"},
                         {Family::partners, "a3", "old"},
                         {Family::partners, "b1", "old"}})
                .ok());
    LayeredRows rows(std::move(below));
    REQUIRE(rows.write({{Family::partners, "a0", "new"},
                        {Family::partners, "a3", "new"},
                        {Family::partners, "a4", "new"},
                        {Family::partners, "c1", "new"}})
                .ok());
    const auto seen = [&](std::string_view prefix, std::size_t most) {
        std::string text;
        std::size_t count = 0;
        const auto scanned = rows.snapshot()->scan(
            Family::partners, prefix, [&](std::string_view key, std::string_view value) {
                text += std::string(key) + "=" + std::string(value) + " ";
                return ++count < most;
            });
        REQUIRE(scanned.ok());
        return text;
    };
    CHECK(seen("", 9) == "a0=new a1=old a3=new a4=new b1=old c1=new ");
    CHECK(seen("a", 9) == "a0=new a1=old a3=new a4=new ");
    for (std::size_t most = 1; most < 6; ++most)
        CHECK(seen("", most) == seen("", 9).substr(0, 7 * most));
    CHECK(**rows.snapshot()->get(Family::partners, "a3") == "new");
    CHECK(**rows.snapshot()->get(Family::partners, "b1") == "old");
}

TEST_CASE("Rows in RocksDB, before and after they went to disk") {
    const tests::TempDir folder;
    auto rows = RocksRows::open(folder / "views");
    REQUIRE(rows.ok());
    check_store(**rows);
    check_erasing(**rows);
    REQUIRE((*rows)->flush().ok());
    check_store(**rows);
}

TEST_CASE("A key comes apart into what it was made of") {
    const std::string key = receipt_key(PartitionId{513}, "contoso", "a\0b");
    const PartnerKey parts = parse_partner_key(key);
    CHECK(parts.partition == PartitionId{513});
    CHECK(parts.partner == "contoso");
    CHECK(parts.rest == "a\0b");
}

TEST_CASE("A batch is used again after it was cleared") {
    RowBatch batch{{Family::meta, "k", "v"}};
    CHECK(batch.size() == 1);
    batch.clear();
    CHECK(batch.empty());
    batch.put(Family::history, "key", "value");
    CHECK(batch.row(0).key == "key");
    CHECK(batch.row(0).value == "value");
}

}  // namespace
}  // namespace ledger::views
