// What the embedded log does when its disk is full, fails, forgets or lies; the rows 11 to 14 of
// the project's list of faults.
#include <signal.h>
#include <sys/wait.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <thread>

#include "events/log/embedded/embedded_log.h"
#include "events/log/log.h"
#include "tests/events/log/child_process.h"
#include "tests/events/log/faulty_file_system.h"
#include "tests/events/log/log_reading.h"
#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

namespace ledger::tests {
namespace {

namespace fs = std::filesystem;
using log::EmbeddedLog;
using log::EmbeddedOptions;
using Texts = std::vector<std::string>;

// Small records next to ones that span several pages and WAL fragments.
std::string text_number(int number) {
    return "record " + std::to_string(number) +
           std::string(number % 7 == 3 ? 40'000 : 20, static_cast<char>('a' + number % 26));
}

Texts numbered(int from, int to) {
    Texts texts;
    for (int i = from; i < to; ++i) texts.push_back(text_number(i));
    return texts;
}

// Appends one record at a time and waits for each: a commit each.
void commit_each(log::Log& log, int from, int to) {
    const auto end = log.end(PartitionId{0});
    REQUIRE(end.ok());
    const log::ReadFrom at{PartitionId{0}, *end};
    auto cursor = log.read({&at, 1});
    REQUIRE(cursor.ok());
    for (int i = from; i < to; ++i) {
        REQUIRE(append_texts(log, 0, {text_number(i)}));
        REQUIRE(read_count(**cursor, 1).size() == 1);
    }
}

EmbeddedOptions options_on(const std::shared_ptr<FaultyFileSystem>& faults) {
    EmbeddedOptions options;
    options.file_system = faults;
    return options;
}

std::unique_ptr<EmbeddedLog> opened(const std::string& folder,
                                    const EmbeddedOptions& options = {}) {
    auto log = EmbeddedLog::open(folder, options);
    REQUIRE(log.ok());
    return std::move(*log);
}

void make_ledger(const std::string& folder, int records, const EmbeddedOptions& options = {}) {
    REQUIRE(EmbeddedLog::create(folder, 1, options).ok());
    commit_each(*opened(folder, options), 0, records);
}

fs::path newest(const std::string& folder, const std::string& extension) {
    fs::path found;
    for (const auto& entry : fs::directory_iterator(folder + "/log"))
        if (entry.path().extension() == extension && entry.path() > found &&
            fs::file_size(entry.path()) > 0)
            found = entry.path();
    REQUIRE(!found.empty());
    return found;
}

// The newest write-ahead log with content.
fs::path last_wal(const std::string& folder) { return newest(folder, ".log"); }

// A throw-away copy of a ledger.
struct Copy {
    explicit Copy(const std::string& ledger) {
        fs::copy(ledger, folder.path() / "ledger", fs::copy_options::recursive);
    }
    std::string path() const { return folder / "ledger"; }
    TempDir folder;
};

void flip(const fs::path& file, std::uintmax_t byte) {
    std::fstream io(file, std::ios::in | std::ios::out | std::ios::binary);
    io.seekg(static_cast<std::streamoff>(byte));
    const int before = io.get();
    io.seekp(static_cast<std::streamoff>(byte));
    io.put(static_cast<char>(before ^ 0x08));
}

// Every record, or nothing when reading ends with an error on the way.
std::optional<Texts> try_read_all(log::Log& log) {
    const auto end = log.end(PartitionId{0});
    const log::ReadFrom from{PartitionId{0}, Position{0}};
    auto cursor = log.read({&from, 1});
    if (!end || !cursor) return std::nullopt;
    Texts texts;
    while (texts.size() < number(*end)) {
        const auto batches = (*cursor)->poll(std::chrono::milliseconds(0), 100);
        if (!batches || batches->empty()) return std::nullopt;
        for (const log::ReadBatch& batch : *batches)
            for (const log::StoredRecord& record : batch.records)
                texts.emplace_back(text_of(record.bytes));
    }
    return texts;
}

bool is_prefix(const Texts& some, const Texts& all) {
    return some.size() <= all.size() && std::equal(some.begin(), some.end(), all.begin());
}

constexpr std::uintmax_t kCutBytes = 2000;
constexpr std::uintmax_t kStride = 37;

TEST_CASE("A log cut anywhere in acknowledged records is refused") {
    const TempDir folder;
    make_ledger(folder / "ledger", 40);
    const auto size = fs::file_size(last_wal(folder / "ledger"));
    for (std::uintmax_t cut = 1; cut < std::min(size, kCutBytes); cut += kStride) {
        const Copy copy(folder / "ledger");
        fs::resize_file(last_wal(copy.path()), size - cut);
        const auto log = EmbeddedLog::open(copy.path());
        REQUIRE(!log.ok());
        CHECK(log.error().code == log::kLogTruncated);
    }
}

TEST_CASE("A torn tail that nobody was told of is dropped and said, and the log goes on") {
    const TempDir folder;
    make_ledger(folder / "ledger", 40);
    const Texts all = numbered(0, 40);
    const auto size = fs::file_size(last_wal(folder / "ledger"));
    std::size_t clean_cuts = 0;
    for (std::uintmax_t cut = 1; cut < std::min(size, kCutBytes); cut += kStride) {
        const Copy copy(folder / "ledger");
        // As after a power cut: the tail file never reached the disk.
        fs::remove(copy.path() + "/tail");
        fs::resize_file(last_wal(copy.path()), size - cut);
        Texts kept;
        {
            const auto log = opened(copy.path());
            const auto read = try_read_all(*log);
            REQUIRE(read);
            kept = *read;
            REQUIRE(is_prefix(kept, all));
            REQUIRE(kept.size() < all.size());
            const auto notes = log->notes();
            const bool said = std::any_of(notes.begin(), notes.end(), [](const std::string& note) {
                return note.find("unfinished record") != std::string::npos;
            });
            clean_cuts += said ? 0 : 1;
            commit_each(*log, 100, 103);
        }
        const Texts later = numbered(100, 103);
        kept.insert(kept.end(), later.begin(), later.end());
        CHECK(try_read_all(*opened(copy.path())) == kept);
    }
    // A cut between two records leaves nothing to say.
    CHECK(clean_cuts <= 4);
}

TEST_CASE("A cut in a write-ahead log that is not the newest is found") {
    const TempDir folder;
    make_ledger(folder / "ledger", 10);
    const fs::path first = last_wal(folder / "ledger");
    commit_each(*opened(folder / "ledger"), 10, 20);
    REQUIRE(last_wal(folder / "ledger") != first);
    for (std::uintmax_t cut = 1; cut < 300; cut += kStride) {
        const Copy copy(folder / "ledger");
        const fs::path wal = copy.path() + "/log/" + first.filename().string();
        fs::resize_file(wal, fs::file_size(wal) - cut);
        const auto log = EmbeddedLog::open(copy.path());
        CHECK((!log.ok() || !try_read_all(**log)));
    }
}

TEST_CASE("A flipped bit in the write-ahead log is found at opening") {
    const TempDir folder;
    make_ledger(folder / "ledger", 20);
    const auto size = fs::file_size(last_wal(folder / "ledger"));
    for (std::uintmax_t byte = 0; byte < size; byte += size / 100) {
        const Copy copy(folder / "ledger");
        flip(last_wal(copy.path()), byte);
        CHECK_FALSE(EmbeddedLog::open(copy.path()).ok());
    }
}

TEST_CASE("A flipped bit in any other file is found or harmless, never another record") {
    const TempDir folder;
    EmbeddedOptions small;
    small.write_buffers_max_bytes = 64 * 1024;
    small.tail_max_bytes = 1;
    make_ledger(folder / "ledger", 60, small);
    const Texts all = numbered(0, 60);
    for (const char* const extension : {".sst", ""}) {
        const fs::path victim =
            *extension ? newest(folder / "ledger", extension).filename() : fs::path("MANIFEST");
        std::size_t found = 0;
        for (int step = 0; step < 60; ++step) {
            const Copy copy(folder / "ledger");
            fs::path file = copy.path() + "/log/" + victim.string();
            for (const auto& entry : fs::directory_iterator(copy.path() + "/log"))
                if (victim == "MANIFEST" && entry.path().filename().string().find("MANIFEST") == 0)
                    file = entry.path();
            flip(file, fs::file_size(file) * static_cast<std::uintmax_t>(step) / 60);
            const auto log = EmbeddedLog::open(copy.path(), small);
            const auto read = log ? try_read_all(**log) : std::nullopt;
            found += read ? 0 : 1;
            CHECK((!read || *read == all));
        }
        CHECK(found > 30);
    }
}

TEST_CASE("A missing file of the log is named") {
    const TempDir folder;
    EmbeddedOptions small;
    small.write_buffers_max_bytes = 64 * 1024;
    make_ledger(folder / "ledger", 60, small);
    const fs::path table = newest(folder / "ledger", ".sst");
    fs::remove(table);
    const auto log = EmbeddedLog::open(folder / "ledger", small);
    REQUIRE(!log.ok());
    CHECK(log.error().code == log::kLogDamaged);
    fs::remove(folder / "ledger/log/CURRENT");
    CHECK_FALSE(EmbeddedLog::open(folder / "ledger").ok());
    CHECK_FALSE(EmbeddedLog::create(folder / "ledger", 1).ok());
}

// Tries again until the log has seen that there is room.
bool append_until_taken(log::Log& log, const std::string& text) {
    const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (std::chrono::steady_clock::now() < give_up) {
        if (append_texts(log, 0, {text})) return true;
        std::this_thread::yield();
    }
    return false;
}

// Fills the disk, is refused, makes room, goes on: `rounds` times.
void fill_and_free(FaultyFileSystem& faults, EmbeddedLog& log, Texts& written, int rounds,
                   int records_between) {
    for (int round = 0; round < rounds; ++round) {
        const int from = static_cast<int>(written.size());
        commit_each(log, from, from + records_between);
        for (int i = from; i < from + records_between; ++i) written.push_back(text_number(i));
        faults.room_bytes = 10 + round * 7;  // the next write is cut short
        REQUIRE(append_texts(log, 0, {std::string(5000, 'z')}));
        const auto doubt = await_notice(log, log::Notice::Kind::doubt);
        REQUIRE(doubt);
        CHECK(doubt->partition == PartitionId{0});
        const std::vector<Bytes> more{bytes_of("more")};
        const auto refused = log.append(PartitionId{0}, more);
        REQUIRE(!refused.ok());
        CHECK(refused.error().effect == Effect::none);
        CHECK(refused.error().code == kDiskFull);
        CHECK(try_read_all(log) == written);
        faults.room_bytes = FaultyFileSystem::kUnlimited;
        REQUIRE(append_until_taken(log, text_number(from + records_between)));
        const log::ReadFrom at{PartitionId{0}, Position{written.size()}};
        auto cursor = log.read({&at, 1});
        REQUIRE(cursor.ok());
        written.push_back(text_number(from + records_between));
        REQUIRE(texts_of(read_count(**cursor, 1)) == Texts{written.back()});
    }
}

TEST_CASE("On a full disk appends are refused, reading goes on, and room is all it takes") {
    const TempDir folder;
    const auto faults = std::make_shared<FaultyFileSystem>();
    EmbeddedOptions options = options_on(faults);
    Texts written;
    SECTION("no space left") {}
    SECTION("the file may not grow any more") { faults->too_large = true; }
    make_ledger(folder / "ledger", 0, options);
    {
        const auto log = opened(folder / "ledger", options);
        fill_and_free(*faults, *log, written, 3, 5);
        // Full again right after: nothing in the write buffers.
        fill_and_free(*faults, *log, written, 2, 0);
        fill_and_free(*faults, *log, written, 2, 5);
    }
    CHECK(try_read_all(*opened(folder / "ledger")) == written);
}

TEST_CASE("A log opened on a full disk can be read, and takes records at the next opening") {
    const TempDir folder;
    const auto faults = std::make_shared<FaultyFileSystem>();
    EmbeddedOptions options = options_on(faults);
    make_ledger(folder / "ledger", 7, options);
    faults->room_bytes = 0;
    faults->also_manifests = true;
    {
        const auto log = opened(folder / "ledger", options);
        CHECK(log->read_only());
        CHECK(try_read_all(*log) == numbered(0, 7));
        faults->room_bytes = FaultyFileSystem::kUnlimited;
        const std::vector<Bytes> more{bytes_of("more")};
        const auto refused = log->append(PartitionId{0}, more);
        REQUIRE(!refused.ok());
        CHECK(refused.error().effect == Effect::none);
        CHECK(refused.error().code == kDiskFull);
    }
    const auto log = opened(folder / "ledger", options);
    CHECK_FALSE(log->read_only());
    commit_each(*log, 7, 8);
    CHECK(try_read_all(*log) == numbered(0, 8));
}

TEST_CASE("After a crash on a full disk every acknowledged record stands") {
    const TempDir folder;
    const auto faults = std::make_shared<FaultyFileSystem>();
    EmbeddedOptions options = options_on(faults);
    make_ledger(folder / "ledger", 0, options);
    Texts written;
    const auto log = opened(folder / "ledger", options);
    for (int round = 0; round < 6; ++round) {
        fill_and_free(*faults, *log, written, 1, round % 3);
        // What a new process would find, were this one killed now.
        const Copy copy(folder / "ledger");
        CHECK(try_read_all(*opened(copy.path())) == written);
    }
}

TEST_CASE("A disk that fills up again at the first write is no harm") {
    const TempDir folder;
    const auto faults = std::make_shared<FaultyFileSystem>();
    EmbeddedOptions options = options_on(faults);
    make_ledger(folder / "ledger", 5, options);
    Texts written = numbered(0, 5);
    const auto log = opened(folder / "ledger", options);
    faults->only_logs = true;
    REQUIRE(append_texts(*log, 0, {"in the write buffer"}));
    const log::ReadFrom at{PartitionId{0}, Position{5}};
    auto cursor = log->read({&at, 1});
    REQUIRE(read_count(**cursor, 1).size() == 1);
    written.push_back("in the write buffer");
    for (int round = 0; round < 5; ++round) {
        // Resumed, with nothing in the write buffers and half a record in the write-ahead log.
        faults->room_bytes = round * 11;
        REQUIRE(append_until_taken(*log, std::string(3000, 'z')));
        REQUIRE(await_notice(*log, log::Notice::Kind::doubt));
        const Copy copy(folder / "ledger");
        CHECK(try_read_all(*opened(copy.path())) == written);
    }
    faults->room_bytes = FaultyFileSystem::kUnlimited;
    REQUIRE(append_until_taken(*log, "after all"));
    REQUIRE(read_count(**cursor, 1).size() == 1);
    written.push_back("after all");
    const Copy copy(folder / "ledger");
    CHECK(try_read_all(*opened(copy.path())) == written);
}

TEST_CASE("Below its reserve of free space the log takes nothing more") {
    const TempDir folder;
    const auto faults = std::make_shared<FaultyFileSystem>();
    EmbeddedOptions options = options_on(faults);
    make_ledger(folder / "ledger", 5, options);
    faults->told_free_bytes = 100'000;
    const auto log = opened(folder / "ledger", options);
    CHECK_FALSE(append_texts(*log, 0, {"more"}));
    CHECK(try_read_all(*log) == numbered(0, 5));
    faults->told_free_bytes = FaultyFileSystem::kUnlimited;
    REQUIRE(append_until_taken(*log, text_number(5)));
    const log::ReadFrom at{PartitionId{0}, Position{5}};
    auto cursor = log->read({&at, 1});
    REQUIRE(cursor.ok());
    CHECK(texts_of(read_count(**cursor, 1)) == Texts{text_number(5)});
}

TEST_CASE("child: meets a failing disk", "[.child]") {
    // Its last words and its end are not this test's.
    ::signal(SIGABRT, SIG_DFL);
    REQUIRE(std::freopen("/dev/null", "w", stderr) != nullptr);
    const auto faults = std::make_shared<FaultyFileSystem>();
    EmbeddedOptions options = options_on(faults);
    const auto log = opened(child_folder(), options);
    (child_argument() == "sync" ? faults->fail_sync : faults->fail_write) = true;
    append_texts(*log, 0, {"lost or not"});
    await_notice(*log, log::Notice::Kind::doubt);
}

TEST_CASE("A failed write or sync ends the process, and the log recovers") {
    const TempDir folder;
    make_ledger(folder / "ledger", 10);
    for (const char* const fault : {"sync", "write"}) {
        Child child("meets a failing disk", folder / "ledger", fault);
        const int status = child.wait();
        REQUIRE(WIFSIGNALED(status));
        CHECK(WTERMSIG(status) == SIGABRT);
    }
    const auto read = try_read_all(*opened(folder / "ledger"));
    REQUIRE(read);
    // What was never acknowledged may stand or not.
    CHECK(is_prefix(numbered(0, 10), *read));
    CHECK(read->size() <= 12);
}

TEST_CASE("No reader sees a record before it is synced") {
    const TempDir folder;
    const auto faults = std::make_shared<FaultyFileSystem>();
    EmbeddedOptions options = options_on(faults);
    make_ledger(folder / "ledger", 5, options);
    const auto log = opened(folder / "ledger", options);
    std::atomic<std::uint64_t> syncs{0};
    std::atomic<std::uint64_t> end_at_sync{0};
    faults->before_sync = [&] {
        end_at_sync = number(*log->end(PartitionId{0}));
        ++syncs;
    };
    for (int i = 5; i < 8; ++i) {
        commit_each(*log, i, i + 1);
        CHECK(end_at_sync == static_cast<std::uint64_t>(i));
    }
    CHECK(syncs >= 3);
    faults->before_sync = {};
}

TEST_CASE("child: appends and tells of each record it has read back", "[.child]") {
    const auto log = opened(child_folder());
    const log::ReadFrom at{PartitionId{0}, *log->end(PartitionId{0})};
    const auto cursor = log->read({&at, 1});
    REQUIRE(cursor.ok());
    for (int i = static_cast<int>(number(at.position));; ++i) {
        REQUIRE(append_texts(*log, 0, numbered(i, i + 1)));
        for (std::size_t got = read_count(**cursor, 1).size(); got > 0; --got) tell_parent('a');
    }
}

TEST_CASE("A killed process loses nothing that a reader has seen") {
    const TempDir folder;
    make_ledger(folder / "ledger", 0);
    std::size_t seen = 0;
    for (const int kill_after : {10, 50, 90}) {
        Child child("appends and tells of each record it has read back", folder / "ledger");
        for (int i = 0; i < kill_after && child.hear() != 0; ++i) ++seen;
        child.kill();
        child.wait();
        while (child.hear() != 0) ++seen;
        const auto read = try_read_all(*opened(folder / "ledger"));
        REQUIRE(read);
        REQUIRE(read->size() >= seen);
        CHECK(*read == numbered(0, static_cast<int>(read->size())));
        seen = read->size();
    }
}

}  // namespace
}  // namespace ledger::tests
