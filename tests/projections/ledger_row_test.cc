// The ledger's own state as the views keep it.
#include "aggregates/ledger_row.h"

#include "projections/fold.h"
#include "projections/map_rows.h"
#include "projections/queries.h"
#include "tests/support/catch.h"

namespace ledger::views {
namespace {

constexpr PartitionId kPartition{3};

fb::PolicyVersionT policy_version(std::uint32_t version, std::int32_t effective) {
    fb::PolicyVersionT policy;
    policy.version = version;
    policy.effective = effective;
    return policy;
}

// One partition's records, judged as they stand.
class Records {
public:
    Judged genesis() {
        fb::GenesisT genesis;
        genesis.ledger = std::make_unique<fb::Id128>();
        genesis.key_check = std::make_unique<fb::Id128>();
        genesis.sandbox = true;
        genesis.clock = 18'000;
        genesis.policies.push_back(policy_version(1, 10));
        return judged(VerdictKind::control, encode_genesis(genesis));
    }
    Judged entry(std::uint64_t version, const fb::EventUnion& event) {
        const std::string command = "c" + std::to_string(version);
        EntryHeader header;
        header.epoch = 1;
        header.seq = version;
        header.version = version;
        header.command_id = command;
        header.actor_id = "sam";
        return judged(VerdictKind::applied, encode_entry(header, encode_body(event)));
    }
    // Behind the last one.
    const Reading& reading() const { return reading_; }

private:
    Judged judged(VerdictKind kind, Bytes record) {
        records_.push_back(std::make_unique<Bytes>(std::move(record)));
        const Judged judged{reading_.next, {kind, Why::none}, decode_record(*records_.back())};
        reading_.next = next(reading_.next);
        return judged;
    }

    std::vector<std::unique_ptr<Bytes>> records_;
    Reading reading_;
};

fb::EventUnion clock_moved(std::int32_t to) {
    fb::ClockMovedT moved;
    moved.to = to;
    fb::EventUnion event;
    event.Set(std::move(moved));
    return event;
}

fb::EventUnion policy_published(std::uint32_t version, std::int32_t effective) {
    fb::PolicyPublishedT published;
    published.policy = std::make_unique<fb::PolicyVersionT>(policy_version(version, effective));
    fb::EventUnion event;
    event.Set(std::move(published));
    return event;
}

}  // namespace

TEST_CASE("The ledger's own state is a row of each partition, from its genesis on") {
    MapRows rows;
    Records records;
    {
        Fold fold(rows);
        REQUIRE(fold.add(kPartition, {records.genesis()}, records.reading()).ok());
        CHECK_FALSE(find_ledger(*rows.snapshot(), kPartition)->has_value());
        REQUIRE(fold.commit().ok());
    }
    const auto made_with = *find_ledger(*rows.snapshot(), kPartition);
    REQUIRE(made_with.has_value());
    CHECK(made_with->sandbox);
    CHECK(made_with->clock == Date{18'000});
    CHECK(made_with->policies.size() == 1);
    CHECK(made_with->version == 0);
    CHECK_FALSE(find_ledger(*rows.snapshot(), PartitionId{0})->has_value());

    // Another run goes on where the row stands.
    Fold fold(rows);
    REQUIRE(
        fold.add(kPartition,
                 {records.entry(1, policy_published(2, 20)), records.entry(2, clock_moved(18'500))},
                 records.reading())
            .ok());
    REQUIRE(fold.commit().ok());
    const auto now = *find_ledger(*rows.snapshot(), kPartition);
    REQUIRE(now.has_value());
    CHECK(now->clock == Date{18'500});
    CHECK(now->version == 2);
    REQUIRE(now->policies.size() == 2);
    CHECK(now->policies[1] == policy_version(2, 20));
    CHECK(find_reading(*rows.snapshot(), kPartition)->ledger_version == 2);
}

TEST_CASE("A version of the ledger's own that is not the next one stops the fold") {
    MapRows rows;
    Records records;
    Fold fold(rows);
    REQUIRE(fold.add(kPartition, {records.genesis()}, records.reading()).ok());
    CHECK_FALSE(
        fold.add(kPartition, {records.entry(2, clock_moved(18'500))}, records.reading()).ok());
}

TEST_CASE("A row of the ledger's own state comes back as it was, and a damaged one is found") {
    LedgerState state;
    state.sandbox = true;
    state.clock = Date{18'321};
    state.policies.push_back(policy_version(1, 5));
    state.version = 7;
    const Bytes row = pack(state);
    CHECK(pack(*unpack_ledger(row)) == row);
    CHECK(unpack_ledger(row)->policies == state.policies);
    for (std::size_t size = 0; size < row.size(); size += 7)
        CHECK_FALSE(unpack_ledger(BytesView(row).first(size)).ok());
}

}  // namespace ledger::views
