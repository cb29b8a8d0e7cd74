// What the fold does with valid entries of a broken writer: it stops and names the place, and
// nothing of that batch is written.
#include "projections/fold.h"

#include "projections/map_rows.h"
#include "projections/queries.h"
#include "tests/support/catch.h"

namespace ledger::views {
namespace {

struct Written {
    std::uint64_t version = 1;
    std::string command_id = "c1";
    std::string partner = "contoso";
};

class Folding {
public:
    // Judged valid, at the next position.
    Result<void> add(const Written& written) {
        fb::EventUnion event;
        event.Set(fb::ContactVerifiedT{});
        EntryHeader header;
        header.epoch = 1;
        header.seq = ++reading_.judge.seq;
        header.partner = written.partner;
        header.version = written.version;
        header.command_id = written.command_id;
        header.actor_id = "kim";
        records_.push_back(encode_entry(header, encode_body(event)));
        reading_.judge.frontier.add(records_.back());
        const Judged judged{
            reading_.next, {VerdictKind::applied, Why::none}, decode_record(records_.back())};
        reading_.next = next(reading_.next);
        return fold_.add(PartitionId{0}, {judged}, reading_);
    }
    Result<void> commit() { return fold_.commit(); }
    const MapRows& rows() const { return rows_; }

private:
    MapRows rows_;
    Fold fold_{rows_};
    Reading reading_;
    std::vector<Bytes> records_;
};

TEST_CASE("Rows are written with the position, all at once") {
    Folding folding;
    REQUIRE(folding.add({1, "c1"}).ok());
    REQUIRE(folding.add({2, "c2"}).ok());
    CHECK(folding.rows().all(Family::meta).empty());
    REQUIRE(folding.commit().ok());
    CHECK(folding.rows().all(Family::history).size() == 2);
    CHECK(folding.rows().all(Family::receipts).size() == 2);
    CHECK(folding.rows().all(Family::partners).size() == 1);
    CHECK(find_reading(*folding.rows().snapshot(), PartitionId{0})->reading.next == Position{2});
}

TEST_CASE("A command id that stands in the same batch already stops the fold") {
    Folding folding;
    REQUIRE(folding.add({1, "c1"}).ok());
    REQUIRE(folding.add({2, "c1"}).ok());
    const auto written = folding.commit();
    REQUIRE_FALSE(written.ok());
    CHECK(written.error().code == kCommandIdTwice);
    CHECK(folding.rows().all(Family::history).empty());
}

TEST_CASE("A command id that stands in an earlier batch stops the fold") {
    Folding folding;
    REQUIRE(folding.add({1, "c1"}).ok());
    REQUIRE(folding.commit().ok());
    REQUIRE(folding.add({2, "c0"}).ok());
    REQUIRE(folding.add({3, "c1"}).ok());
    const auto written = folding.commit();
    REQUIRE_FALSE(written.ok());
    CHECK(written.error().code == kCommandIdTwice);
    CHECK(folding.rows().all(Family::history).size() == 1);
}

TEST_CASE("The same command id of another partner is another command") {
    Folding folding;
    REQUIRE(folding.add({1, "c1", "contoso"}).ok());
    REQUIRE(folding.add({1, "c1", "fabrikam"}).ok());
    CHECK(folding.commit().ok());
}

TEST_CASE("A partner's id with a zero byte, which divides keys, stops the fold") {
    Folding folding;
    REQUIRE(folding.add({1, "c1", "contoso"}).ok());
    const auto added = folding.add({1, "c2", std::string("contoso\0x", 9)});
    REQUIRE_FALSE(added.ok());
    CHECK(added.error().code == kPartnerInvalid);
}

TEST_CASE("A version that is not the next one stops the fold") {
    Folding folding;
    REQUIRE(folding.add({1, "c1"}).ok());
    const auto added = folding.add({3, "c2"});
    REQUIRE_FALSE(added.ok());
    CHECK(added.error().code == kVersionNotNext);
}

}  // namespace
}  // namespace ledger::views
