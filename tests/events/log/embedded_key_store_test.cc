#include "events/log/embedded/embedded_key_store.h"
#include "events/key_list.h"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

namespace ledger::tests {
namespace {

using log::EmbeddedKeyStore;

constexpr Id128 kLedger{17, 4};

// Nothing where there is no doubt.
std::optional<ErrorCode> doubt_of_embedded(const KeyList& store) {
    const auto doubt = store.doubt();
    return doubt ? std::optional(doubt->code) : std::nullopt;
}

std::unique_ptr<EmbeddedKeyStore> open_store(const TempDir& folder, Id128 ledger = kLedger) {
    auto store = EmbeddedKeyStore::open(folder.str(), ledger);
    REQUIRE(store.ok());
    return std::move(*store);
}

// A copy of the store as it is, closed.
void copy_store_to(const TempDir& from, const std::string& to) {
    std::filesystem::remove_all(to);
    std::filesystem::copy(from / "keys", to, std::filesystem::copy_options::recursive);
}

std::unique_ptr<EmbeddedKeyStore> make_store(const TempDir& folder) {
    auto store = EmbeddedKeyStore::create(folder.str(), kLedger);
    REQUIRE(store.ok());
    return std::move(*store);
}

KeyStore::WrappedKey key_of(std::uint64_t number, const std::string& wrapped) {
    return {Id128{1, number}, Bytes(wrapped.begin(), wrapped.end())};
}

std::string wrapped_of(KeyStore& store, std::uint64_t number) {
    const auto found = store.find(Id128{1, number});
    REQUIRE(found.ok());
    return found->has_value() ? std::string(text_of((*found)->wrapped)) : "";
}

bool has_subject(KeyStore& store, std::string_view subject) {
    const auto found = store.find(subject);
    REQUIRE(found.ok());
    return found->has_value();
}

bool any_file_contains(const TempDir& folder, const std::string& text) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path())) {
        if (!entry.is_regular_file()) continue;
        std::ifstream in(entry.path(), std::ios::binary);
        const std::string content((std::istreambuf_iterator<char>(in)), {});
        if (content.find(text) != std::string::npos) return true;
    }
    return false;
}

TEST_CASE("A key is found by its subject and its id, now and after a restart") {
    const TempDir folder;
    {
        const auto store = make_store(folder);
        REQUIRE(store->put("contoso/kim", key_of(7, "wrapped seven")).ok());
    }
    const auto store = EmbeddedKeyStore::open(folder.str(), kLedger);
    REQUIRE(store.ok());
    CHECK(wrapped_of(**store, 7) == "wrapped seven");
    const auto found = (*store)->find("contoso/kim");
    REQUIRE(found.ok());
    REQUIRE(found->has_value());
    CHECK((*found)->id == Id128{1, 7});
    CHECK_FALSE(has_subject(**store, "contoso/ki"));
    CHECK_FALSE(has_subject(**store, "contoso/kim2"));
    CHECK_FALSE(has_subject(**store, ""));
    CHECK(wrapped_of(**store, 8).empty());
}

TEST_CASE("A missing key store is said to be missing, and none is made in its place") {
    const TempDir folder;
    const auto store = open_store(folder);
    CHECK(doubt_of_embedded(*store) == kKeysMissing);
    CHECK(wrapped_of(*store, 7).empty());
    CHECK_FALSE(*store->was_destroyed(Id128{1, 7}));
    CHECK_FALSE(store->put("contoso/kim", key_of(7, "seven")).ok());
    CHECK_FALSE(store->copy_to(folder / "copy").ok());
    CHECK_FALSE(std::filesystem::exists(folder / "keys"));
}

TEST_CASE(
    "A key store of another ledger is doubted and takes nothing, and no creation takes it over") {
    const TempDir folder;
    { REQUIRE(make_store(folder)->put("contoso/kim", key_of(7, "seven")).ok()); }
    {
        const auto store = open_store(folder, Id128{17, 5});
        CHECK(doubt_of_embedded(*store) == kKeysOfAnotherLedger);
        CHECK_FALSE(store->put("contoso/lee", key_of(8, "eight")).ok());
        CHECK_FALSE(store->destroy("contoso/kim").ok());
    }
    CHECK_FALSE(EmbeddedKeyStore::create(folder.str(), Id128{17, 5}).ok());
    CHECK_FALSE(open_store(folder)->doubt());
}

TEST_CASE("A creation that was left half made is taken up by one of another ledger") {
    const TempDir folder;
    { make_store(folder); }
    { REQUIRE(EmbeddedKeyStore::create(folder.str(), Id128{17, 5}).ok()); }
    CHECK_FALSE(open_store(folder, Id128{17, 5})->doubt());
}

TEST_CASE("An older copy of the key store put back is found out by the file beside it") {
    const TempDir folder;
    const std::string older = folder / "older";
    {
        const auto store = make_store(folder);
        REQUIRE(store->put("contoso/kim", key_of(7, "seven")).ok());
    }
    copy_store_to(folder, older);
    SECTION("that lacks a key") {
        REQUIRE(open_store(folder)->put("contoso/lee", key_of(8, "eight")).ok());
    }
    SECTION("that has a key which was destroyed") {
        REQUIRE(open_store(folder)->destroy("contoso/kim").ok());
    }
    CHECK_FALSE(open_store(folder)->doubt());
    std::filesystem::remove_all(folder / "keys");
    std::filesystem::rename(older, folder / "keys");
    {
        const auto store = open_store(folder);
        CHECK(doubt_of_embedded(*store) == kKeysOlder);
        CHECK(wrapped_of(*store, 7) == "seven");
        CHECK_FALSE(store->put("contoso/pat", key_of(9, "nine")).ok());
    }
    // The way out that the sentence names.
    std::filesystem::remove(folder / "keys.tail");
    const auto store = open_store(folder);
    CHECK_FALSE(store->doubt());
    CHECK(store->notes().size() == 1);
    CHECK(store->put("contoso/pat", key_of(9, "nine")).ok());
}

TEST_CASE("A witness that is missing, damaged or another ledger's is said and made again") {
    const TempDir folder;
    { REQUIRE(make_store(folder)->put("contoso/kim", key_of(7, "seven")).ok()); }
    const std::string tail = folder / "keys.tail";
    std::string word;
    SECTION("missing") {
        std::filesystem::remove(tail);
        word = "missing";
    }
    SECTION("cut") {
        std::filesystem::resize_file(tail, 40);
        word = "damaged";
    }
    SECTION("a flipped bit") {
        std::fstream file(tail, std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(30);
        file.put('?');
        word = "damaged";
    }
    SECTION("another ledger's") {
        const TempDir other;
        {
            const auto store = EmbeddedKeyStore::create(other.str(), Id128{17, 5});
            REQUIRE((*store)->put("contoso/kim", key_of(8, "eight")).ok());
        }
        std::filesystem::copy_file(other / "keys.tail", tail,
                                   std::filesystem::copy_options::overwrite_existing);
        word = "another ledger's";
    }
    {
        const auto store = open_store(folder);
        CHECK_FALSE(store->doubt());
        REQUIRE(store->notes().size() == 1);
        CHECK(store->notes().front().find(word) != std::string::npos);
    }
    CHECK(open_store(folder)->notes().empty());
}

TEST_CASE("The newest change is known after a restart, and what the store has of others' changes") {
    const TempDir folder;
    {
        const auto store = make_store(folder);
        CHECK_FALSE(store->newest().has_value());
        REQUIRE(store->put("contoso/kim", key_of(7, "seven")).ok());
        REQUIRE(store->put("contoso/lee", key_of(8, "eight")).ok());
        REQUIRE(store->destroy("contoso/kim").ok());
    }
    const auto store = open_store(folder);
    REQUIRE(store->newest().has_value());
    CHECK(store->newest()->key == Id128{1, 7});
    CHECK(store->newest()->destroyed);
    CHECK(*store->has({Id128{1, 7}, false, 0}));
    CHECK(*store->has({Id128{1, 7}, true, 0}));
    CHECK(*store->has({Id128{1, 8}, false, 0}));
    CHECK_FALSE(*store->has({Id128{1, 8}, true, 0}));
    CHECK_FALSE(*store->has({Id128{1, 9}, false, 0}));
    CHECK(*store->was_destroyed(Id128{1, 7}));
    CHECK_FALSE(*store->was_destroyed(Id128{1, 8}));
    std::vector<Id128> destroyed;
    REQUIRE(store
                ->each_destroyed([&](Id128 id) {
                    destroyed.push_back(id);
                    return Result<void>();
                })
                .ok());
    CHECK(destroyed == std::vector<Id128>{Id128{1, 7}});
}

TEST_CASE("Two keys of one subject both stay") {
    const TempDir folder;
    const auto store = make_store(folder);
    REQUIRE(store->put("contoso/kim", key_of(7, "seven")).ok());
    REQUIRE(store->put("contoso/kim", key_of(8, "eight")).ok());
    CHECK(wrapped_of(*store, 7) == "seven");
    CHECK(wrapped_of(*store, 8) == "eight");
    REQUIRE(store->destroy("contoso/kim").ok());
    CHECK(wrapped_of(*store, 7).empty());
    CHECK(wrapped_of(*store, 8).empty());
    CHECK_FALSE(has_subject(*store, "contoso/kim"));
}

TEST_CASE("A destroyed key is in no file of the store any more") {
    const TempDir folder;
    const std::string secret = "the bytes that must go away";
    auto store = make_store(folder);
    REQUIRE(store->put("contoso/kim", key_of(7, secret)).ok());
    REQUIRE(store->put("contoso/lee", key_of(8, "another's key, which stays")).ok());
    REQUIRE(store->destroy("fabrikam/nobody").ok());
    REQUIRE(any_file_contains(folder, secret));
    SECTION("from the write buffer") {}
    SECTION("from a write-ahead log that was recovered") {
        store.reset();
        store = std::move(*EmbeddedKeyStore::open(folder.str(), kLedger));
    }
    SECTION("from a sorted file") {
        // Destroying another key moves everything into sorted files.
        REQUIRE(store->put("contoso/pat", key_of(9, "short-lived")).ok());
        REQUIRE(store->destroy("contoso/pat").ok());
        REQUIRE(any_file_contains(folder, secret));
    }
    REQUIRE(store->destroy("contoso/kim").ok());
    CHECK_FALSE(any_file_contains(folder, secret));
    CHECK(wrapped_of(*store, 8) == "another's key, which stays");
    store.reset();
    store = std::move(*EmbeddedKeyStore::open(folder.str(), kLedger));
    CHECK_FALSE(has_subject(*store, "contoso/kim"));
    CHECK(has_subject(*store, "contoso/lee"));
    CHECK_FALSE(any_file_contains(folder, secret));
}

TEST_CASE("The sealer works on the embedded key store") {
    const TempDir folder;
    const std::shared_ptr<EmbeddedKeyStore> store = make_store(folder);
    Key256 master{};
    Sealer sealer(master, store);
    const auto sealed = sealer.seal("contoso/kim", "text");
    REQUIRE(sealed.ok());
    CHECK(**sealer.open(*sealed) == "text");
    REQUIRE(store->destroy("contoso/kim").ok());
    CHECK_FALSE(sealer.open(*sealed)->has_value());
}

}  // namespace
}  // namespace ledger::tests
