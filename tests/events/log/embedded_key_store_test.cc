#include "events/log/embedded/embedded_key_store.h"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

namespace ledger::tests {
namespace {

using log::EmbeddedKeyStore;

std::unique_ptr<EmbeddedKeyStore> make_store(const TempDir& folder) {
    auto store = EmbeddedKeyStore::create(folder.str());
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
    const auto store = EmbeddedKeyStore::open(folder.str());
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

TEST_CASE("A missing key store is an error, not an empty one") {
    const TempDir folder;
    CHECK_FALSE(EmbeddedKeyStore::open(folder.str()).ok());
    CHECK_FALSE(std::filesystem::exists(folder / "keys"));
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
        store = std::move(*EmbeddedKeyStore::open(folder.str()));
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
    store = std::move(*EmbeddedKeyStore::open(folder.str()));
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
