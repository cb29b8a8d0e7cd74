// The partner's row, and the fold of the ledger's own entries from a genesis record.
#include "aggregates/partner.h"

#include "tests/support/catch.h"
#include "tests/support/rules.h"

using namespace ledger;
using namespace ledger::rules;

namespace {

Story lively() {
    return contoso()
        .with_action_pack("2021-01-10")
        .with_seat("kim", "2021-01-15")
        .with_seat("lee", "2021-01-15")
        .with(release_seat(2), "2021-01-16");
}

}  // namespace

TEST_CASE("A partner's row comes back as it was, from any address") {
    const PartnerState copy = lively().partner();
    const Bytes row = pack(copy);
    for (std::size_t shift = 0; shift < 8; ++shift) {
        Bytes moved(shift, 0);
        moved.insert(moved.end(), row.begin(), row.end());
        const auto unpacked = unpack(BytesView(moved).subspan(shift));
        REQUIRE(unpacked.ok());
        CHECK(*unpacked == copy);
        CHECK(pack(*unpacked) == row);
    }
    CHECK(new_partner(PartnerId{"contoso"}).version == 0);
    CHECK(*unpack(pack(new_partner(PartnerId{"contoso"}))) == new_partner(PartnerId{"contoso"}));
}

TEST_CASE("A damaged row is an error, never a crash") {
    const Bytes row = pack(lively().partner());
    for (std::size_t size = 0; size < row.size(); size += 7)
        CHECK_FALSE(unpack(BytesView(row).first(size)).ok());
    for (std::size_t at = 0; at < row.size(); ++at) {
        Bytes flipped = row;
        flipped[at] ^= 0xff;
        (void)unpack(flipped);
    }
}

TEST_CASE("An event about what the state doesn't hold is passed over") {
    const Story story = contoso()
                            .happened(seat_assigned(1, "kim", "2021-01-15"))
                            .happened(seat_moved(1, "kim", "lee", "2021-01-15"))
                            .happened(seat_released(1, "lee"));
    CHECK(story.partner().version == contoso().partner().version + 3);
    CHECK(story.partner().orders.empty());
}

TEST_CASE("The ledger's state begins with its genesis record") {
    fb::GenesisT genesis;
    genesis.sandbox = true;
    genesis.clock = day("2021-02-01").days;
    genesis.ledger = std::make_unique<fb::Id128>(1, 2);
    genesis.key_check = std::make_unique<fb::Id128>(3, 4);
    genesis.policies = new_ledger().policies;
    genesis.catalogues = new_ledger().catalogues;
    const Bytes bytes = encode_genesis(genesis);
    const RecordView record = decode_record(bytes);
    REQUIRE(record.genesis);
    const LedgerState state = from_genesis(*record.genesis);
    CHECK(state.sandbox);
    CHECK(state.clock == day("2021-02-01"));
    CHECK(state.version == 0);
    CHECK(state.policies == genesis.policies);
    CHECK(state.catalogues == genesis.catalogues);
}

TEST_CASE("A ledger without versions allows and sells nothing") {
    const LedgerState empty;
    CHECK(policy_on(empty, day("2021-01-01")).benefit_roles == fb::Role::NONE);
    CHECK(catalogue_on(empty, day("2021-01-01")).offers.empty());
    LedgerState later = new_ledger();
    later.policies.erase(later.policies.begin());
    CHECK(policy_on(later, day("1999-01-01")).version == 2);
}
