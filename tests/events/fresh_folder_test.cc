#include "events/fresh_folder.h"

#include <filesystem>
#include <fstream>
#include <set>

#include "events/durable_file.h"
#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

namespace ledger {
namespace {

namespace fs = std::filesystem;

const Filling kFilling{"filling it", "do it again", {"master.key"}};

void put(const std::string& path, const std::string& text) {
    fs::create_directories(fs::path(path).parent_path());
    std::ofstream(path) << text;
}

std::set<std::string> names_in(const std::string& directory) {
    std::set<std::string> names;
    for (const auto& each : fs::directory_iterator(directory))
        names.insert(each.path().filename().string());
    return names;
}

// A ledger's log and keys, as far as names go.
Result<void> fill(const std::string& path) {
    put(path + "/log/records", "log");
    put(path + "/keys/keys", "keys");
    return {};
}

TEST_CASE("What was filled in is in its place, for its owner alone, and nothing else is left") {
    const tests::TempDir folder;
    const std::string target = folder / "a" + "/b";
    REQUIRE(fill_folder(target, kFilling, fill).ok());
    CHECK(names_in(target) == std::set<std::string>{"keys", "log"});
    CHECK((fs::status(target).permissions() & fs::perms::all) == fs::perms::owner_all);
    CHECK(*find_unfinished(target) == std::nullopt);
    CHECK(settle_folder(target)->empty());
}

TEST_CASE("A filling that fails leaves the folder as it was found") {
    const tests::TempDir folder;
    const auto failed = [](const std::string& path) -> Result<void> {
        if (const auto filled = fill(path); !filled) return filled;
        return error("no");
    };
    SECTION("it wasn't there, nor the one above it") {
        CHECK_FALSE(fill_folder(folder / "a" + "/b", kFilling, failed).ok());
        CHECK(names_in(folder.str()).empty());
    }
    SECTION("it was there, and empty") {
        fs::create_directory(folder / "a");
        CHECK_FALSE(fill_folder(folder / "a", kFilling, failed).ok());
        CHECK(names_in(folder / "a").empty());
    }
    SECTION("it had what it may have") {
        put(folder / "a" + "/master.key", "key");
        CHECK_FALSE(fill_folder(folder / "a", kFilling, failed).ok());
        CHECK(**read_file(folder / "a" + "/master.key") == "key");
        CHECK(names_in(folder / "a").size() == 1);
    }
}

TEST_CASE("A folder that has something else in it is not filled") {
    const tests::TempDir folder;
    put(folder / "a" + "/keys/keys", "of another");
    CHECK_FALSE(fill_folder(folder / "a", kFilling, fill).ok());
    CHECK(**read_file(folder / "a" + "/keys/keys") == "of another");
    CHECK(names_in(folder / "a") == std::set<std::string>{"keys"});
    put(folder / "file", "");
    CHECK_FALSE(fill_folder(folder / "file", kFilling, fill).ok());
}

TEST_CASE(
    "What a run that didn't come to its end had filled in is removed by the next, and said "
    "before") {
    const tests::TempDir folder;
    put(folder / "a" + "/.making/log/half", "half");
    CHECK((*find_unfinished(folder / "a"))->find("was not finished") != std::string::npos);
    put(folder / "a" + "/.making/.owner", "restoring was not finished\n");
    CHECK(**find_unfinished(folder / "a") == "restoring was not finished");
    REQUIRE(fill_folder(folder / "a", kFilling, fill).ok());
    CHECK_FALSE(fs::exists(folder / "a" + "/log/half"));
    CHECK(names_in(folder / "a") == std::set<std::string>{"keys", "log"});
}

TEST_CASE("What counted when its run was killed is put into place, however far it had come") {
    const tests::TempDir folder;
    const std::string target = folder / "a";
    REQUIRE(fill(target + "/.made").ok());
    put(target + "/.made/.owner", "somebody\n");
    SECTION("by who opens it") {
        if (GENERATE(false, true)) fs::rename(target + "/.made/keys", target + "/keys");
        CHECK_FALSE(settle_folder(target)->empty());
    }
    SECTION("by who would fill it, who is told") {
        CHECK_FALSE(fill_folder(target, kFilling, fill).ok());
    }
    CHECK(names_in(target) == std::set<std::string>{"keys", "log"});
    CHECK(settle_folder(target)->empty());
}

TEST_CASE("Nothing that stands in the way is replaced") {
    const tests::TempDir folder;
    const std::string target = folder / "a";
    REQUIRE(fill(target + "/.made").ok());
    put(target + "/keys/keys", "of another");
    const auto settled = settle_folder(target);
    REQUIRE_FALSE(settled.ok());
    CHECK(settled.error().effect == Effect::unknown);
    CHECK(**read_file(target + "/keys/keys") == "of another");
    CHECK(**read_file(target + "/.made/keys/keys") == "keys");
    fs::remove_all(target + "/keys");
    CHECK(settle_folder(target).ok());
    CHECK(names_in(target) == std::set<std::string>{"keys", "log"});
}

TEST_CASE("One at a time fills a folder") {
    const tests::TempDir folder;
    const auto inner = [&](const std::string& path) -> Result<void> {
        CHECK_FALSE(fill_folder(folder / "a", kFilling, fill).ok());
        CHECK_FALSE(FolderLock::take(folder / "a").ok());
        return fill(path);
    };
    REQUIRE(fill_folder(folder / "a", kFilling, inner).ok());
    CHECK(names_in(folder / "a") == std::set<std::string>{"keys", "log"});
    CHECK(FolderLock::take(folder / "a").ok());
}

}  // namespace
}  // namespace ledger
