// The generations of views: whatever a killed process leaves can be told apart and is put right.
#include "projections/generations.h"

#include <filesystem>
#include <fstream>

#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

namespace ledger::views {
namespace {

namespace fs = std::filesystem;

// A ledger's folder in which each generation is a folder with its name in a file.
class Folder {
public:
    void make(const std::string& name, const std::string& content) const {
        fs::create_directory(directory() + "/" + name);
        std::ofstream(directory() + "/" + name + "/content") << content;
    }
    // What is in use, "" when there is nothing.
    std::string in_use() const {
        std::string content;
        std::ifstream(views_in(directory()) + "/content") >> content;
        return content;
    }
    bool has(const std::string& name) const { return fs::exists(directory() + "/" + name); }
    bool tidy() const { return !has("views.new") && !has("views.old"); }
    std::string directory() const { return folder_.str(); }

private:
    tests::TempDir folder_;
};

FolderLock lock(const Folder& folder) {
    auto taken = FolderLock::take(folder.directory());
    if (!taken) FAIL(taken.error().message);
    return std::move(*taken);
}

std::string settled(const Folder& folder) {
    const auto found = settle_generations(folder.directory());
    if (!found) FAIL(found.error().message);
    return *found;
}

TEST_CASE("Where no rebuild was at work there is nothing to put right") {
    const Folder folder;
    CHECK(settled(folder).empty());
    folder.make("views", "old");
    CHECK(settled(folder).empty());
    CHECK(folder.in_use() == "old");
}

TEST_CASE("A switch puts the new views in the place of the old") {
    const Folder folder;
    folder.make("views", "old");
    folder.make("views.new", "new");
    std::vector<SwitchStep> steps;
    const auto switched =
        switch_generations(folder.directory(), lock(folder), [&](SwitchStep step) {
            steps.push_back(step);
            return true;
        });
    REQUIRE(switched.ok());
    CHECK(steps == std::vector{SwitchStep::old_moved_away, SwitchStep::new_in_place,
                               SwitchStep::old_removed});
    CHECK(folder.in_use() == "new");
    CHECK(folder.tidy());
}

TEST_CASE("New views can be the first ones") {
    const Folder folder;
    folder.make("views.new", "new");
    REQUIRE(switch_generations(folder.directory(), lock(folder)).ok());
    CHECK(folder.in_use() == "new");
    CHECK(folder.tidy());
}

TEST_CASE("Killed before the switch, the old views stay") {
    const Folder folder;
    folder.make("views", "old");
    folder.make("views.new", "half");
    CHECK_FALSE(settled(folder).empty());
    CHECK(folder.in_use() == "old");
    CHECK(folder.tidy());
    CHECK(settled(folder).empty());
}

TEST_CASE("Killed in the switch, the new views come into use") {
    const auto last =
        GENERATE(SwitchStep::old_moved_away, SwitchStep::new_in_place, SwitchStep::old_removed);
    const Folder folder;
    folder.make("views", "old");
    folder.make("views.new", "new");
    REQUIRE(switch_generations(folder.directory(), lock(folder), [&](SwitchStep step) {
                return step != last;
            }).ok());
    CHECK(settled(folder).empty() == (last == SwitchStep::old_removed));
    CHECK(folder.in_use() == "new");
    CHECK(folder.tidy());
}

TEST_CASE("Old views that were moved away, and no new ones: they come back") {
    const Folder folder;
    folder.make("views.old", "old");
    CHECK_FALSE(settled(folder).empty());
    CHECK(folder.in_use() == "old");
    CHECK(folder.tidy());
}

TEST_CASE("While a rebuild is at work nobody touches what it makes") {
    const Folder folder;
    folder.make("views", "old");
    folder.make("views.new", "half");
    {
        const FolderLock held = lock(folder);
        CHECK_FALSE(FolderLock::take(folder.directory()).ok());
        CHECK_FALSE(settle_generations(folder.directory()).ok());
        CHECK(folder.has("views.new"));
        CHECK(settle_generations(folder.directory(), held).ok());
    }
    CHECK(FolderLock::take(folder.directory()).ok());
    CHECK(folder.tidy());
}

TEST_CASE("What was made is thrown away when it is of no use") {
    const Folder folder;
    folder.make("views", "old");
    folder.make("views.new", "half");
    discard_new(folder.directory(), lock(folder));
    CHECK(folder.in_use() == "old");
    CHECK(folder.tidy());
}

}  // namespace
}  // namespace ledger::views
