// What only the embedded log promises: its folder, its witness, its creation.
#include "events/log/embedded/embedded_log.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <thread>

#include "events/log/embedded/create_embedded.h"
#include "events/log/embedded/embedded_key_store.h"
#include "events/record.h"
#include "tests/events/log/child_process.h"
#include "tests/events/log/genesis_contract.h"
#include "tests/events/log/log_reading.h"
#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

namespace ledger::tests {
namespace {

namespace fs = std::filesystem;
using log::EmbeddedLog;

std::vector<std::string> numbered(int from, int to) {
    std::vector<std::string> texts;
    for (int i = from; i < to; ++i) texts.push_back("record " + std::to_string(i));
    return texts;
}

std::string refusal(const std::string& folder) {
    const auto log = EmbeddedLog::open(folder);
    return log.ok() ? "" : log.error().message;
}

bool mentions(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

// Records [from, to) into one partition, on disk on return.
void write_records(const std::string& folder, std::uint32_t partition, int from, int to) {
    auto log = EmbeddedLog::open(folder);
    REQUIRE(log.ok());
    REQUIRE(append_texts(**log, partition, numbered(from, to)));
}

void make_log(const std::string& folder, std::uint32_t partitions) {
    REQUIRE(EmbeddedLog::create(folder, partitions).ok());
}

TEST_CASE("What was handed over before the end of the log object is written") {
    const TempDir folder;
    make_log(folder.str(), 2);
    write_records(folder.str(), 1, 0, 100);
    auto log = EmbeddedLog::open(folder.str());
    REQUIRE(log.ok());
    CHECK((*log)->notes().empty());
    CHECK(texts_of(read_all(**log, 1)) == numbered(0, 100));
}

TEST_CASE("Appends from several threads all come, each thread's in order") {
    const TempDir folder;
    make_log(folder.str(), 1);
    auto log = EmbeddedLog::open(folder.str());
    REQUIRE(log.ok());
    std::vector<std::thread> threads;
    for (char name = 'a'; name < 'e'; ++name)
        threads.emplace_back([&, name] {
            for (int i = 0; i < 200; ++i) append_texts(**log, 0, {name + std::to_string(i)});
        });
    for (std::thread& thread : threads) thread.join();
    const log::ReadFrom from{PartitionId{0}, Position{0}};
    auto cursor = (*log)->read({&from, 1});
    REQUIRE(cursor.ok());
    std::map<char, int> next;
    bool in_order = true;
    for (const ReadRecord& record : read_count(**cursor, 800))
        in_order = in_order && record.text.substr(1) == std::to_string(next[record.text[0]]++);
    CHECK(in_order);
    CHECK(next == std::map<char, int>{{'a', 200}, {'b', 200}, {'c', 200}, {'d', 200}});
}

TEST_CASE("A folder that is no ledger is named, with what to do") {
    const TempDir folder;
    CHECK(mentions(refusal(folder / "missing"), "benefits create"));
    CHECK(mentions(refusal(folder.str()), "benefits create"));
    std::ofstream(folder / "notes.txt") << "mine";
    CHECK(mentions(refusal(folder.str()), "not a ledger's folder"));
    CHECK(mentions(refusal(folder / "notes.txt"), "is a file"));
    CHECK_FALSE(EmbeddedLog::create(folder / "notes.txt", 2).ok());
    CHECK_FALSE(EmbeddedLog::create(folder / "a", 0).ok());
    CHECK_FALSE(EmbeddedLog::create(folder / "a", 100'000).ok());
    fs::create_directory(folder / "log");
    CHECK(mentions(refusal(folder.str()), "not completely made"));
}

TEST_CASE("A second opening of a ledger in use is refused") {
    const TempDir folder;
    make_log(folder.str(), 1);
    auto first = EmbeddedLog::open(folder.str());
    REQUIRE(first.ok());
    CHECK(mentions(refusal(folder.str()), "in use by this process itself"));
    REQUIRE(append_texts(**first, 0, {"still mine"}));
    CHECK(read_all(**first, 0).size() <= 1);
}

TEST_CASE("child: holds the ledger", "[.child]") {
    const auto log = EmbeddedLog::open(child_folder());
    tell_parent(log.ok() ? 'y' : 'n');
    await_release();
}

TEST_CASE("A second process is refused and told which one has the ledger") {
    const TempDir folder;
    make_log(folder.str(), 1);
    Child holder("holds the ledger", folder.str());
    REQUIRE(holder.hear() == 'y');
    CHECK(mentions(refusal(folder.str()), "in use by process " + std::to_string(holder.id())));
    holder.release();
    holder.wait();
    CHECK(refusal(folder.str()).empty());
}

TEST_CASE("An older copy of the log put back is refused") {
    const TempDir folder;
    make_log(folder / "ledger", 2);
    write_records(folder / "ledger", 1, 0, 10);
    fs::copy(folder / "ledger/log", folder / "older", fs::copy_options::recursive);
    write_records(folder / "ledger", 1, 10, 20);
    fs::remove_all(folder / "ledger/log");
    fs::copy(folder / "older", folder / "ledger/log", fs::copy_options::recursive);
    const std::string message = refusal(folder / "ledger");
    CHECK(mentions(message, "partition 1"));
    CHECK(mentions(message, "ends at 10"));
    CHECK(mentions(message, "up to 20"));
    // The way out that the message names.
    fs::remove(folder / "ledger/tail");
    auto log = EmbeddedLog::open(folder / "ledger");
    REQUIRE(log.ok());
    CHECK((*log)->notes().size() == 1);
    CHECK(texts_of(read_all(**log, 1)) == numbered(0, 10));
}

TEST_CASE("Another log of the same length put in place is refused") {
    const TempDir folder;
    make_log(folder / "ledger", 1);
    make_log(folder / "other", 1);
    write_records(folder / "ledger", 0, 0, 10);
    write_records(folder / "other", 0, 100, 120);
    fs::remove_all(folder / "ledger/log");
    fs::copy(folder / "other/log", folder / "ledger/log", fs::copy_options::recursive);
    CHECK(mentions(refusal(folder / "ledger"), "not the one that was acknowledged"));
}

TEST_CASE("A log that is ahead of its tail file is taken as it is") {
    const TempDir folder;
    make_log(folder / "ledger", 1);
    write_records(folder / "ledger", 0, 0, 10);
    fs::copy(folder / "ledger/tail", folder / "older");
    write_records(folder / "ledger", 0, 10, 20);
    fs::copy(folder / "older", folder / "ledger/tail", fs::copy_options::overwrite_existing);
    auto log = EmbeddedLog::open(folder / "ledger");
    REQUIRE(log.ok());
    CHECK(texts_of(read_all(**log, 0)) == numbered(0, 20));
}

TEST_CASE("A damaged tail file is said and written again") {
    const TempDir folder;
    make_log(folder.str(), 2);
    write_records(folder.str(), 1, 0, 10);
    for (std::streamoff byte = 32; byte < 64; ++byte) {
        {
            std::fstream tail(folder / "tail", std::ios::in | std::ios::out | std::ios::binary);
            tail.seekg(byte);
            const int before = tail.get();
            tail.seekp(byte);
            tail.put(static_cast<char>(before ^ 4));
        }
        {
            auto log = EmbeddedLog::open(folder.str());
            REQUIRE(log.ok());
            CHECK((*log)->notes().size() == 1);
        }
        auto log = EmbeddedLog::open(folder.str());
        REQUIRE(log.ok());
        CHECK((*log)->notes().empty());
    }
    fs::resize_file(folder / "tail", 40);
    auto log = EmbeddedLog::open(folder.str());
    REQUIRE(log.ok());
    CHECK((*log)->notes().size() == 1);
}

TEST_CASE("Creation makes log, key store and genesis, and again changes nothing") {
    const TempDir folder;
    const std::string ledger = folder / "deep/down";
    const auto first = log::create_embedded(ledger, genesis_proposal(4, 7));
    REQUIRE(first.ok());
    CHECK(first->ours);
    const auto keys = log::EmbeddedKeyStore::open(ledger, id_of(*genesis_proposal(4, 7).ledger));
    REQUIRE(keys.ok());
    CHECK_FALSE((*keys)->doubt());
    const auto second = log::create_embedded(ledger, genesis_proposal(16, 8));
    REQUIRE(second.ok());
    CHECK_FALSE(second->ours);
    CHECK_FALSE(second->completed);
    CHECK(second->genesis == first->genesis);
    auto log = EmbeddedLog::open(ledger);
    REQUIRE(log.ok());
    CHECK((*log)->partitions() == 4);
    CHECK(log::check_genesis(**log).ok());
}

TEST_CASE("A log without genesis may still get another number of partitions") {
    const TempDir folder;
    make_log(folder.str(), 3);
    const auto outcome = log::create_embedded(folder.str(), genesis_proposal(5, 7));
    REQUIRE(outcome.ok());
    CHECK(outcome->ours);
    auto log = EmbeddedLog::open(folder.str());
    REQUIRE(log.ok());
    CHECK((*log)->partitions() == 5);
    CHECK(log::check_genesis(**log).ok());
}

TEST_CASE("child: creates the ledger", "[.child]") {
    const auto outcome =
        log::create_embedded(child_folder(), genesis_proposal(4, std::stoull(child_argument())));
    tell_parent(!outcome ? 'e' : outcome->ours ? 'w' : 'f');
}

TEST_CASE("Four processes create one embedded ledger") {
    const TempDir folder;
    const std::string ledger = folder / "ledger";
    std::vector<std::unique_ptr<Child>> creators;
    for (int i = 1; i <= 4; ++i)
        creators.push_back(
            std::make_unique<Child>("creates the ledger", ledger, std::to_string(i)));
    std::string told;
    for (const auto& creator : creators) {
        told.push_back(creator->hear());
        creator->wait();
    }
    std::sort(told.begin(), told.end());
    CHECK(told == "fffw");  // one winner, three found it made
    auto log = EmbeddedLog::open(ledger);
    REQUIRE(log.ok());
    CHECK(log::check_genesis(**log).ok());
    for (std::uint32_t partition = 0; partition < 4; ++partition)
        CHECK(read_all(**log, partition).size() == 1);
}

TEST_CASE("A ledger of the largest number of partitions opens") {
    const TempDir folder;
    REQUIRE(log::create_embedded(folder.str(), genesis_proposal(256, 7)).ok());
    auto log = EmbeddedLog::open(folder.str());
    REQUIRE(log.ok());
    CHECK(log::check_genesis(**log).ok());
}

}  // namespace
}  // namespace ledger::tests
