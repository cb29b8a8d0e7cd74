#include "tests/events/log/genesis_contract.h"

#include <thread>

#include "events/log/genesis.h"
#include "events/record.h"
#include "tests/events/log/log_reading.h"
#include "tests/support/catch.h"

namespace ledger::tests {
namespace {

// Which ledger a genesis record is of; 0 for anything else.
std::uint64_t ledger_number_of(BytesView genesis) {
    Bytes scratch;
    const RecordView view = decode_record(aligned(genesis, scratch));
    return view.genesis ? view.genesis->ledger()->low() : 0;
}

std::uint32_t partition_number_of(BytesView genesis) {
    Bytes scratch;
    const RecordView view = decode_record(aligned(genesis, scratch));
    return view.genesis ? view.genesis->partition() : ~0U;
}

bool append_and_settle(log::Log& log, std::uint32_t partition, BytesView record) {
    const auto end = log.end(PartitionId{partition});
    if (!end || !append_texts(log, partition, {std::string(text_of(record))})) return false;
    const log::ReadFrom from{PartitionId{partition}, *end};
    auto cursor = log.read({&from, 1});
    return cursor.ok() && read_count(**cursor, 1).size() == 1;
}

// The ledger number in record 0 of every partition.
std::vector<std::uint64_t> ledgers_in(log::Log& log) {
    std::vector<std::uint64_t> numbers;
    for (std::uint32_t partition = 0; partition < log.partitions(); ++partition) {
        const auto genesis = log::read_genesis(log, PartitionId{partition});
        numbers.push_back(genesis ? ledger_number_of(*genesis) : 0);
        if (genesis && partition_number_of(*genesis) != partition) numbers.back() = 0;
    }
    return numbers;
}

void creation_writes_every_partition(LogFixture& fixture) {
    const auto log = fixture.fresh(4);
    const auto outcome = log::ensure_genesis(*log, genesis_proposal(4, 7));
    REQUIRE(outcome.ok());
    CHECK(outcome->ours);
    CHECK(outcome->completed);
    CHECK(ledger_number_of(outcome->genesis) == 7);
    CHECK(ledgers_in(*log) == std::vector<std::uint64_t>(4, 7));
    CHECK(log::check_genesis(*log).ok());
    for (std::uint32_t partition = 0; partition < 4; ++partition)
        CHECK(read_all(*log, partition).size() == 1);
}

void first_creation_stays(LogFixture& fixture) {
    auto log = fixture.fresh(3);
    const auto first = log::ensure_genesis(*log, genesis_proposal(3, 7));
    REQUIRE(first.ok());
    log.reset();
    log = fixture.reopen();
    REQUIRE(log);
    const auto second = log::ensure_genesis(*log, genesis_proposal(3, 8));
    REQUIRE(second.ok());
    CHECK_FALSE(second->ours);
    CHECK_FALSE(second->completed);
    CHECK(second->genesis == first->genesis);
    CHECK(ledgers_in(*log) == std::vector<std::uint64_t>(3, 7));
    CHECK(read_all(*log, 2).size() == 1);
}

void half_made_ledger_is_completed(LogFixture& fixture) {
    for (std::uint32_t written = 1; written < 3; ++written) {
        const auto log = fixture.fresh(3);
        fb::GenesisT dead = genesis_proposal(3, 7);
        for (std::uint32_t partition = 0; partition < written; ++partition) {
            dead.partition = partition;
            REQUIRE(append_and_settle(*log, partition, encode_genesis(dead)));
        }
        CHECK_FALSE(log::check_genesis(*log).ok());
        const auto outcome = log::ensure_genesis(*log, genesis_proposal(3, 8));
        REQUIRE(outcome.ok());
        CHECK_FALSE(outcome->ours);
        CHECK(outcome->completed);
        CHECK(ledgers_in(*log) == std::vector<std::uint64_t>(3, 7));
        CHECK(log::check_genesis(*log).ok());
    }
}

void four_creators_make_one_ledger(LogFixture& fixture) {
    std::vector<std::unique_ptr<log::Log>> logs;
    logs.push_back(fixture.fresh(4));
    for (int i = 1; i < 4; ++i) {
        auto log = fixture.another();
        if (!log) return;
        logs.push_back(std::move(log));
    }
    std::vector<log::CreateOutcome> outcomes(4);
    std::vector<std::thread> creators;
    for (std::size_t i = 0; i < 4; ++i)
        creators.emplace_back([&, i] {
            auto outcome = log::ensure_genesis(*logs[i], genesis_proposal(4, i + 1));
            if (outcome) outcomes[i] = *outcome;
        });
    for (std::thread& creator : creators) creator.join();
    const std::uint64_t winner = ledger_number_of(outcomes[0].genesis);
    REQUIRE(winner >= 1);
    int winners = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        CHECK(outcomes[i].genesis == outcomes[0].genesis);
        CHECK(outcomes[i].ours == (winner == i + 1));
        winners += outcomes[i].ours ? 1 : 0;
        CHECK(ledgers_in(*logs[i]) == std::vector<std::uint64_t>(4, winner));
    }
    CHECK(winners == 1);
}

void missing_genesis_is_said(LogFixture& fixture) {
    const auto log = fixture.fresh(2);
    CHECK_FALSE(log::read_genesis(*log, PartitionId{0}).ok());
    CHECK_FALSE(log::read_genesis(*log, PartitionId{1}).ok());
    CHECK_FALSE(log::check_genesis(*log).ok());
}

void other_records_are_no_ledger(LogFixture& fixture) {
    const auto log = fixture.fresh(2);
    REQUIRE(append_and_settle(*log, 0, bytes_of("something else entirely")));
    CHECK_FALSE(log::read_genesis(*log, PartitionId{0}).ok());
    const auto outcome = log::ensure_genesis(*log, genesis_proposal(2, 7));
    REQUIRE(!outcome.ok());
    CHECK(outcome.error().effect == Effect::none);
    CHECK(read_all(*log, 0).size() == 1);
    CHECK(read_all(*log, 1).empty());
}

void partition_of_another_ledger_is_found(LogFixture& fixture) {
    const auto log = fixture.fresh(2);
    fb::GenesisT mine = genesis_proposal(2, 7);
    fb::GenesisT foreign = genesis_proposal(2, 8);
    foreign.partition = 1;
    REQUIRE(append_and_settle(*log, 0, encode_genesis(mine)));
    REQUIRE(append_and_settle(*log, 1, encode_genesis(foreign)));
    CHECK(log::read_genesis(*log, PartitionId{0}).ok());
    CHECK_FALSE(log::read_genesis(*log, PartitionId{1}).ok());
    CHECK_FALSE(log::check_genesis(*log).ok());
    CHECK_FALSE(log::ensure_genesis(*log, genesis_proposal(2, 7)).ok());
}

void genesis_of_other_content_is_found(LogFixture& fixture) {
    const auto log = fixture.fresh(2);
    fb::GenesisT genesis = genesis_proposal(2, 7);
    REQUIRE(append_and_settle(*log, 0, encode_genesis(genesis)));
    genesis.partition = 1;
    genesis.sandbox = !genesis.sandbox;
    REQUIRE(append_and_settle(*log, 1, encode_genesis(genesis)));
    CHECK(log::read_genesis(*log, PartitionId{0}).ok());
    CHECK_FALSE(log::read_genesis(*log, PartitionId{1}).ok());
    CHECK_FALSE(log::check_genesis(*log).ok());
}

void partitions_in_each_others_place_are_found(LogFixture& fixture) {
    const auto log = fixture.fresh(3);
    fb::GenesisT genesis = genesis_proposal(3, 7);
    REQUIRE(append_and_settle(*log, 0, encode_genesis(genesis)));
    genesis.partition = 2;
    REQUIRE(append_and_settle(*log, 1, encode_genesis(genesis)));
    CHECK_FALSE(log::read_genesis(*log, PartitionId{1}).ok());
    CHECK_FALSE(log::ensure_genesis(*log, genesis_proposal(3, 7)).ok());
}

void partition_count_must_match(LogFixture& fixture) {
    const auto log = fixture.fresh(2);
    const auto outcome = log::ensure_genesis(*log, genesis_proposal(16, 7));
    REQUIRE(!outcome.ok());
    CHECK(outcome.error().effect == Effect::none);
    CHECK(read_all(*log, 0).empty());
}

constexpr LogRule kRules[] = {
    {"creation writes genesis into every partition", creation_writes_every_partition},
    {"a second creation finds the first and changes nothing", first_creation_stays},
    {"a half-made ledger is completed as it was begun", half_made_ledger_is_completed},
    {"four creators at once make one ledger", four_creators_make_one_ledger},
    {"a log without genesis is no ledger", missing_genesis_is_said},
    {"a log with other records is no ledger and is left alone", other_records_are_no_ledger},
    {"a partition of another ledger is found", partition_of_another_ledger_is_found},
    {"a genesis record of other content is found", genesis_of_other_content_is_found},
    {"partitions in each other's place are found", partitions_in_each_others_place_are_found},
    {"the number of partitions must be the log's", partition_count_must_match},
};

}  // namespace

fb::GenesisT genesis_proposal(std::uint32_t partitions, std::uint64_t ledger_number) {
    fb::GenesisT genesis;
    genesis.ledger = std::make_unique<fb::Id128>(1, ledger_number);
    genesis.partitions = partitions;
    genesis.sandbox = true;
    genesis.clock = 18'000;
    genesis.key_check = std::make_unique<fb::Id128>(2, ledger_number);
    return genesis;
}

std::span<const LogRule> genesis_contract() { return kRules; }

}  // namespace ledger::tests
