#include "events/seal.h"

#include <atomic>
#include <map>
#include <set>
#include <thread>

#include "tests/support/catch.h"

namespace ledger::tests {
namespace {

// More than a Sealer keeps unwrapped.
constexpr int kMoreThanKept = 17'000;

// A key store in memory; may hold several keys of one subject, as after two nodes put one each.
class MemoryKeyStore : public KeyStore {
public:
    Result<std::optional<WrappedKey>> find(std::string_view subject) override {
        const std::lock_guard lock(mutex_);
        const auto found = ids_.find(subject);
        if (found == ids_.end() || found->second.empty()) return std::optional<WrappedKey>();
        return stored(found->second.front());
    }
    Result<std::optional<WrappedKey>> find(Id128 id) override {
        const std::lock_guard lock(mutex_);
        return stored(id);
    }
    Result<bool> was_destroyed(Id128 id) override {
        const std::lock_guard lock(mutex_);
        return destroyed_.contains(id);
    }
    Result<void> put_all(std::span<const NewKey> keys) override {
        if (full) return no_answer("no room");
        const std::lock_guard lock(mutex_);
        for (const NewKey& each : keys) {
            ids_[each.subject].push_back(each.key.id);
            wrapped_[each.key.id] = each.key.wrapped;
        }
        return {};
    }
    bool full = false;
    Result<void> destroy(std::string_view subject) override {
        const std::lock_guard lock(mutex_);
        for (const Id128 id : ids_[std::string(subject)]) {
            wrapped_.erase(id);
            destroyed_.insert(id);
        }
        ids_.erase(std::string(subject));
        return {};
    }
    std::size_t size() const { return wrapped_.size(); }
    Bytes& first_wrapped() { return wrapped_.begin()->second; }
    void rename_first(Id128 id) {
        auto node = wrapped_.extract(wrapped_.begin());
        node.key() = id;
        wrapped_.insert(std::move(node));
    }

private:
    std::optional<WrappedKey> stored(Id128 id) const {
        const auto found = wrapped_.find(id);
        if (found == wrapped_.end()) return std::nullopt;
        return WrappedKey{id, found->second};
    }

    std::mutex mutex_;
    std::map<std::string, std::vector<Id128>, std::less<>> ids_;
    std::map<Id128, Bytes> wrapped_;
    std::set<Id128> destroyed_;
};

Key256 master(std::uint8_t fill) {
    Key256 key;
    key.fill(fill);
    return key;
}

std::string opened(Sealer& sealer, BytesView sealed) {
    const auto text = sealer.open(sealed);
    REQUIRE(text.ok());
    REQUIRE(text->has_value());
    return **text;
}

// As before an entry goes to the log.
Result<Bytes> seal_and_keep(Sealer& sealer, std::string_view subject, std::string_view text) {
    auto sealed = sealer.seal(subject, text);
    if (!sealed) return sealed;
    const Id128 key = *key_id_of(*sealed);
    if (const auto kept = sealer.keep({&key, 1}); !kept) return kept.error();
    return sealed;
}

TEST_CASE("What was sealed opens again, in this process and in the next") {
    const auto keys = std::make_shared<MemoryKeyStore>();
    Bytes sealed;
    {
        Sealer sealer(master(1), keys);
        for (const std::string& text : {std::string("kim@contoso.example"), std::string(),
                                        std::string(1000, 'x'), std::string("\0\xff", 2)}) {
            const auto bytes = seal_and_keep(sealer, "contoso/kim", text);
            REQUIRE(bytes.ok());
            CHECK(bytes->size() == 16 + 16 + 12 + text.size() + 16);
            CHECK(opened(sealer, *bytes) == text);
            sealed = *bytes;
        }
    }
    Sealer later(master(1), keys);
    CHECK(opened(later, sealed) == std::string("\0\xff", 2));
    CHECK(keys->size() == 1);
}

TEST_CASE("Sealed bytes don't contain the text and differ each time") {
    Sealer sealer(master(1), std::make_shared<MemoryKeyStore>());
    const auto one = seal_and_keep(sealer, "contoso/kim", "a telling text");
    const auto two = seal_and_keep(sealer, "contoso/kim", "a telling text");
    REQUIRE(one.ok());
    REQUIRE(two.ok());
    CHECK(*one != *two);
    CHECK(text_of(*one).find("telling") == std::string_view::npos);
}

TEST_CASE("Equal texts have equal look-up hashes, whoever's they are") {
    Sealer sealer(master(1), std::make_shared<MemoryKeyStore>());
    const auto kim = seal_and_keep(sealer, "contoso/kim", "same");
    const auto lee = seal_and_keep(sealer, "fabrikam/lee", "same");
    const auto other = seal_and_keep(sealer, "contoso/kim", "other");
    REQUIRE(kim.ok());
    REQUIRE(lee.ok());
    REQUIRE(other.ok());
    CHECK(lookup_of(*kim) == lookup_of(*lee));
    CHECK(lookup_of(*kim) == sealer.keyed_hash(view_of("same")));
    CHECK(lookup_of(*kim) != lookup_of(*other));
    CHECK_FALSE(lookup_of(view_of("short")).has_value());
}

TEST_CASE("The keyed hash is the same for ever and needs no key store") {
    const Sealer sealer(master(1), nullptr);
    // Computed apart: HKDF-SHA-256 of 32 bytes 01, no salt, then HMAC-SHA-256, first 128 bits.
    CHECK(to_hex(sealer.keyed_hash(view_of("kim@contoso.example"))) ==
          "476738900bb13b8499497f1ce1a37e25");
    const Sealer other(master(2), nullptr);
    CHECK(sealer.keyed_hash(view_of("x")) != other.keyed_hash(view_of("x")));
}

TEST_CASE("Another master key opens nothing and says so") {
    const auto keys = std::make_shared<MemoryKeyStore>();
    Sealer sealer(master(1), keys);
    const auto sealed = seal_and_keep(sealer, "contoso/kim", "text");
    REQUIRE(sealed.ok());
    Sealer wrong(master(2), keys);
    CHECK_FALSE(wrong.open(*sealed).ok());
    CHECK_FALSE(wrong.seal("contoso/kim", "text").ok());
}

TEST_CASE("A change of any byte is found") {
    Sealer sealer(master(1), std::make_shared<MemoryKeyStore>());
    const auto sealed = seal_and_keep(sealer, "contoso/kim", "text");
    REQUIRE(sealed.ok());
    for (std::size_t i = 0; i < sealed->size(); ++i) {
        Bytes tampered = *sealed;
        tampered[i] ^= 0x10;
        const auto text = sealer.open(tampered);
        REQUIRE_FALSE(text.ok());
        // Another key id names a key that never was.
        CHECK(text.error().key_lost == (i < 16));
    }
    for (std::size_t size = 0; size < sealed->size(); ++size)
        CHECK_FALSE(sealer.open(BytesView(*sealed).subspan(0, size)).ok());
}

TEST_CASE("A wrapped key is bound to its id and its bytes") {
    const auto keys = std::make_shared<MemoryKeyStore>();
    Sealer sealer(master(1), keys);
    Bytes sealed = *seal_and_keep(sealer, "contoso/kim", "text");
    for (std::uint8_t& byte : keys->first_wrapped()) {
        byte ^= 1;
        CHECK_FALSE(Sealer(master(1), keys).open(sealed).ok());
        byte ^= 1;
    }
    keys->rename_first(Id128{7, 7});
    std::fill(sealed.begin(), sealed.begin() + 16, std::uint8_t{0});
    sealed[7] = sealed[15] = 7;
    CHECK_FALSE(Sealer(master(1), keys).open(sealed).ok());
}

TEST_CASE("What was sealed under a destroyed key is gone, at once and for ever") {
    const auto keys = std::make_shared<MemoryKeyStore>();
    Sealer sealer(master(1), keys);
    const auto sealed = seal_and_keep(sealer, "contoso/kim", "text");
    const auto kept = seal_and_keep(sealer, "contoso/lee", "text");
    REQUIRE(sealed.ok());
    REQUIRE(kept.ok());
    REQUIRE(keys->destroy("contoso/kim").ok());
    const auto erased = sealer.open(*sealed);
    REQUIRE(erased.ok());
    CHECK_FALSE(erased->has_value());
    CHECK(opened(sealer, *kept) == "text");
}

TEST_CASE("A key that is missing and was not destroyed is lost, which is not an erasure") {
    const auto keys = std::make_shared<MemoryKeyStore>();
    Bytes sealed;
    {
        Sealer sealer(master(1), keys);
        sealed = *seal_and_keep(sealer, "contoso/kim", "text");
    }
    const auto older = std::make_shared<MemoryKeyStore>();
    Sealer on_older(master(1), older);
    const auto lost = on_older.open(sealed);
    REQUIRE_FALSE(lost.ok());
    CHECK(lost.error().key_lost);
    REQUIRE(keys->destroy("contoso/kim").ok());
    Sealer sealer(master(1), keys);
    CHECK_FALSE(sealer.open(sealed)->has_value());
    CHECK(key_id_of(sealed).has_value());
    CHECK_FALSE(key_id_of(view_of("short")).has_value());
}

TEST_CASE("A subject whose key was destroyed gets a new one") {
    const auto keys = std::make_shared<MemoryKeyStore>();
    Sealer sealer(master(1), keys);
    const auto before = seal_and_keep(sealer, "contoso/kim", "before");
    REQUIRE(before.ok());
    REQUIRE(keys->destroy("contoso/kim").ok());
    const auto after = seal_and_keep(sealer, "contoso/kim", "after");
    REQUIRE(after.ok());
    CHECK(opened(sealer, *after) == "after");
    Sealer later(master(1), keys);
    CHECK(opened(later, *after) == "after");
    CHECK_FALSE(later.open(*before)->has_value());
}

TEST_CASE("Two nodes may each make a key for one subject: both open what either sealed") {
    const auto first = std::make_shared<MemoryKeyStore>();
    const auto second = std::make_shared<MemoryKeyStore>();
    Sealer one(master(1), first);
    Sealer two(master(1), second);
    const auto sealed_one = seal_and_keep(one, "contoso/kim", "one");
    const auto sealed_two = seal_and_keep(two, "contoso/kim", "two");
    REQUIRE(sealed_one.ok());
    REQUIRE(sealed_two.ok());
    // The stores come to hold both, as replicas of one topic do.
    REQUIRE(first->put("contoso/kim", **second->find("contoso/kim")).ok());
    CHECK(first->size() == 2);
    CHECK(opened(one, *sealed_one) == "one");
    CHECK(opened(one, *sealed_two) == "two");
    REQUIRE(first->destroy("contoso/kim").ok());
    CHECK_FALSE(one.open(*sealed_one)->has_value());
    CHECK_FALSE(one.open(*sealed_two)->has_value());
}

TEST_CASE("More subjects than are kept in memory still open") {
    const auto keys = std::make_shared<MemoryKeyStore>();
    Sealer sealer(master(1), keys);
    std::vector<Bytes> sealed;
    for (int i = 0; i < kMoreThanKept; ++i)
        sealed.push_back(*seal_and_keep(sealer, "partner/" + std::to_string(i), std::to_string(i)));
    for (int i = 0; i < kMoreThanKept; ++i)
        REQUIRE(opened(sealer, sealed[static_cast<std::size_t>(i)]) == std::to_string(i));
}

TEST_CASE("Threads may seal and open at once, and a subject keeps one key") {
    const auto keys = std::make_shared<MemoryKeyStore>();
    Sealer sealer(master(1), keys);
    std::atomic<int> wrong = 0;
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 4; ++thread)
        threads.emplace_back([&, thread] {
            for (int i = 0; i < 200; ++i) {
                const std::string text = std::to_string(thread * 1000 + i);
                const auto sealed = seal_and_keep(sealer, "p/" + std::to_string(i % 10), text);
                const auto back =
                    sealed ? sealer.open(*sealed)
                           : Result<std::optional<std::string>>(std::optional<std::string>());
                if (!back || *back != text) ++wrong;
            }
        });
    for (std::thread& thread : threads) thread.join();
    CHECK(wrong == 0);
    CHECK(keys->size() == 10);
}

TEST_CASE("A new subject's key is in no store before it is kept, and opens all the same") {
    const auto keys = std::make_shared<MemoryKeyStore>();
    Sealer sealer(master(1), keys);
    const auto first = sealer.seal("contoso/kim", "first");
    const auto second = sealer.seal("contoso/kim", "second");
    REQUIRE(first.ok());
    CHECK(key_id_of(*first) == key_id_of(*second));
    CHECK(opened(sealer, *first) == "first");
    CHECK(keys->size() == 0);
    const Id128 key = *key_id_of(*first);
    CHECK(sealer.is_new(key));
    REQUIRE(sealer.keep({&key, 1}).ok());
    CHECK_FALSE(sealer.is_new(key));
    REQUIRE(sealer.keep({&key, 1}).ok());
    CHECK(keys->size() == 1);
    Sealer later(master(1), keys);
    CHECK(opened(later, *second) == "second");
}

TEST_CASE("A key that the store doesn't take is kept by a later try") {
    const auto keys = std::make_shared<MemoryKeyStore>();
    Sealer sealer(master(1), keys);
    const auto sealed = sealer.seal("contoso/kim", "text");
    const Id128 key = *key_id_of(*sealed);
    keys->full = true;
    CHECK(sealer.keep({&key, 1}).error().no_answer);
    CHECK(sealer.is_new(key));
    keys->full = false;
    REQUIRE(sealer.keep({&key, 1}).ok());
    CHECK(opened(sealer, *sealed) == "text");
}

TEST_CASE("A key that nobody has is never taken for a durable one") {
    Sealer sealer(master(1), std::make_shared<MemoryKeyStore>());
    const Id128 nobodys{7, 7};
    CHECK_FALSE(sealer.keep({&nobodys, 1}).ok());
}

TEST_CASE("Random ids and keys don't repeat") {
    CHECK(random_id() != random_id());
    CHECK(random_key() != random_key());
}

}  // namespace
}  // namespace ledger::tests
