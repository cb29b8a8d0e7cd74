#include "events/log/kafka/kafka_key_store.h"
#include "events/key_list.h"

#include <thread>

#include "events/log/kafka/kafka_create.h"
#include "events/log/kafka/key_table.h"
#include "events/log/log.h"
#include "tests/events/log/kafka_broker.h"
#include "tests/support/catch.h"

namespace ledger::tests {
namespace {

using Key = KeyStore::WrappedKey;

Key key(std::uint64_t number) {
    return Key{Id128{0xfedc000000000000 + number, number},
               Bytes(60, static_cast<std::uint8_t>(number))};
}

constexpr Id128 kLedger{17, 4};

// Nothing where there is no doubt.
std::optional<ErrorCode> doubt_of_kafka(const KeyList& store) {
    const auto doubt = store.doubt();
    return doubt ? std::optional(doubt->code) : std::nullopt;
}

std::unique_ptr<log::KafkaKeyStore> open(const log::KafkaOptions& options, Id128 ledger = kLedger) {
    auto opened = log::open_kafka_keys(options, ledger);
    INFO((opened ? "" : opened.error().message));
    REQUIRE(opened.ok());
    return std::move(*opened);
}

log::KafkaOptions new_ledger() {
    auto options = new_ledger_options();
    REQUIRE(log::create_kafka_topics(options, 1).ok());
    REQUIRE(log::claim_kafka_keys(options, kLedger).ok());
    return options;
}

template <typename By>
std::optional<Id128> found(KeyStore& store, By by) {
    const auto result = store.find(by);
    REQUIRE(result.ok());
    if (!*result) return {};
    CHECK((*result)->wrapped == Bytes(60, static_cast<std::uint8_t>((*result)->id.low)));
    return (*result)->id;
}

}  // namespace

TEST_CASE("A key that was put is found by its subject and its id, also after opening again") {
    const auto options = new_ledger();
    auto store = open(options);
    CHECK(!found(*store, "acme/kim").has_value());
    CHECK(!found(*store, key(1).id).has_value());
    REQUIRE(store->put("acme/kim", key(1)).ok());
    REQUIRE(store->put("acme/lee/x", key(2)).ok());
    for (int round = 0; round < 2; ++round) {
        CHECK(found(*store, "acme/kim") == key(1).id);
        CHECK(found(*store, "acme/lee/x") == key(2).id);
        CHECK(found(*store, key(1).id) == key(1).id);
        CHECK(!found(*store, "acme").has_value());
        store.reset();
        store = open(options);
    }
}

TEST_CASE("A key that another node put is found by its id at once") {
    const auto options = new_ledger();
    const auto one = open(options), two = open(options);
    for (std::uint64_t i = 1; i <= 20; ++i) {
        REQUIRE(one->put("subject " + std::to_string(i), key(i)).ok());
        CHECK(found(*two, key(i).id) == key(i).id);
        CHECK(found(*two, "subject " + std::to_string(i)) == key(i).id);
    }
}

TEST_CASE("Two nodes' keys for one subject both stay, and every node takes the first") {
    const auto options = new_ledger();
    const auto one = open(options), two = open(options);
    REQUIRE(one->put("kim", key(1)).ok());
    REQUIRE(two->put("kim", key(2)).ok());
    for (auto* store : {one.get(), two.get()}) {
        CHECK(found(*store, key(1).id) == key(1).id);
        CHECK(found(*store, key(2).id) == key(2).id);
        CHECK(found(*store, "kim") == key(1).id);
    }
}

TEST_CASE("A destroyed subject has no key any more, on any node, whoever put it") {
    const auto options = new_ledger();
    const auto one = open(options), two = open(options);
    REQUIRE(one->put("kim", key(1)).ok());
    REQUIRE(two->put("kim", key(2)).ok());
    REQUIRE(two->put("lee", key(3)).ok());
    REQUIRE(two->destroy("kim").ok());
    REQUIRE(two->destroy("nobody").ok());
    const auto three = open(options);
    for (auto* store : {two.get(), three.get()}) {
        CHECK(!found(*store, "kim").has_value());
        CHECK(!found(*store, key(1).id).has_value());
        CHECK(!found(*store, key(2).id).has_value());
        CHECK(found(*store, "lee") == key(3).id);
    }
    // The other node reads of it before it tells that a key isn't there.
    CHECK(!found(*one, key(4).id).has_value());
    CHECK(!found(*one, key(1).id).has_value());
    REQUIRE(one->put("kim", key(5)).ok());
    CHECK(found(*one, "kim") == key(5).id);
    CHECK(*three->was_destroyed(key(1).id));
    CHECK_FALSE(*three->was_destroyed(key(3).id));
    CHECK_FALSE(*three->was_destroyed(key(4).id));
    CHECK(*three->has({key(2).id, true, 0}));
    CHECK_FALSE(*three->has({key(3).id, true, 0}));
    CHECK_FALSE(*three->has({key(4).id, false, 0}));
}

TEST_CASE("A topic of keys that is missing or another ledger's is doubted and takes nothing") {
    const auto nowhere = new_ledger_options();
    const auto missing = open(nowhere);
    CHECK(doubt_of_kafka(*missing) == kKeysMissing);
    CHECK(!found(*missing, key(1).id).has_value());
    CHECK(!missing->put("kim", key(1)).ok());

    const auto options = new_ledger();
    REQUIRE(open(options)->put("kim", key(1)).ok());
    CHECK_FALSE(open(options)->doubt());
    const auto of_another = open(options, Id128{17, 5});
    CHECK(doubt_of_kafka(*of_another) == kKeysOfAnotherLedger);
    CHECK(!of_another->put("lee", key(2)).ok());
    CHECK(!log::claim_kafka_keys(options, Id128{17, 5}).ok());
    CHECK(log::claim_kafka_keys(options, kLedger).ok());
}

TEST_CASE("Keys are put from several threads at once") {
    const auto options = new_ledger();
    const auto store = open(options);
    std::vector<int> failures(4);
    std::vector<std::thread> threads;
    for (std::uint64_t t = 0; t < 4; ++t)
        threads.emplace_back([&, t] {
            for (std::uint64_t i = 1; i <= 50; ++i)
                if (!store->put("s" + std::to_string(t), key(t * 50 + i))) ++failures[t];
        });
    for (auto& thread : threads) thread.join();
    CHECK(failures == std::vector<int>(4));
    const auto again = open(options);
    for (std::uint64_t i = 1; i <= 200; ++i) CHECK(found(*again, key(i).id) == key(i).id);
}

TEST_CASE("Keys on a topic that wouldn't keep them are refused") {
    const auto options = new_ledger_options();
    make_topic(options, log::keys_topic(options), 1, {});
    const auto opened = log::open_kafka_keys(options, kLedger);
    REQUIRE(!opened.ok());
    CHECK(opened.error().code == log::kLogUnfit);
}

TEST_CASE("The table of keys is a fold: foreign names are passed over, tombstones destroy") {
    log::kafka::KeyTable table;
    const auto one = key(1), two = key(2);
    const auto name = [](const char* subject, const Key& of) {
        return log::kafka::key_name(subject, of.id);
    };
    table.apply("", BytesView{one.wrapped}, 0);
    table.apply("somebody else's", BytesView{one.wrapped}, 1);
    table.apply("x/" + std::string(32, 'g'), BytesView{one.wrapped}, 2);
    table.apply(name("kim", two), BytesView{two.wrapped}, 3);
    table.apply(name("kim", one), BytesView{one.wrapped}, 4);
    CHECK(table.find("kim")->id == two.id);
    table.apply(name("kim", two), BytesView{two.wrapped}, 5);
    CHECK(table.ids_of("kim") == std::vector<Id128>{two.id, one.id});
    table.apply(name("lee", two), {}, 6);
    CHECK(table.find("kim")->id == two.id);
    CHECK(table.newest() == KeyChange{two.id, false, 5});
    // A record without a value is a stranger's: the key is gone, and was not destroyed.
    table.apply(name("kim", two), {}, 7);
    CHECK(table.find("kim")->id == one.id);
    CHECK(!table.find(two.id).has_value());
    CHECK(!table.was_destroyed(two.id));
    const auto destroyed = view_of(log::kafka::kDestroyedValue);
    table.apply(name("kim", one), destroyed, 8);
    CHECK(!table.find("kim").has_value());
    CHECK(table.was_destroyed(one.id));
    CHECK(table.newest() == KeyChange{one.id, true, 8});
    table.apply(name("kim", one), BytesView{one.wrapped}, 9);
    CHECK(!table.find(one.id).has_value());
    CHECK(!table.is_of(Id128{17, 4}));
    table.apply(log::kafka::whose_name(Id128{17, 4}), view_of("x"), 10);
    CHECK(table.is_of(Id128{17, 4}));
}

}  // namespace ledger::tests
