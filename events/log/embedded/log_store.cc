#include "events/log/embedded/log_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <filesystem>
#include <thread>

#include "events/limits.h"
#include "events/log/embedded/frame.h"
#include "events/log/log.h"
#include "events/retry.h"
#include "events/store/disk_failure.h"
#include "events/store/open_failure.h"
#include "events/store/wal_tail.h"

namespace ledger::log {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kFamilyPrefix = "partition-";
constexpr const char* kPartitionsKey = "partitions";
// What a recovery reads in no time.
constexpr std::uint64_t kRecoveryMinBytes = 16 * 1024 * 1024;
// On a small disk less is kept free.
constexpr std::uint64_t kSmallDiskShare = 32;
// Another creator holds the lock for milliseconds, a running ledger for ever.
constexpr std::chrono::seconds kCreateLockMaxWait{5};
constexpr std::chrono::milliseconds kCreateLockPause{20};
constexpr std::chrono::milliseconds kCreateLockPauseMax{320};

std::string family_name(std::uint32_t partition) {
    return fmt::format("{}{}", kFamilyPrefix, partition);
}

Error not_made(const std::string& folder) {
    return error(
        fmt::format("the ledger at {} was not completely made: run `benefits create --ledger {}` "
                    "again",
                    folder, folder));
}

// Whether there is something to open at all.
Result<void> look_at_folder(const std::string& folder, const std::string& place) {
    std::error_code failed;
    if (!fs::exists(folder, failed) || (fs::is_directory(folder, failed) && fs::is_empty(folder)))
        return error(
            kLogMissing,
            fmt::format(
                "there is no ledger at {}: make one with `benefits create --ledger {}`, or name "
                "another folder",
                folder, folder));
    if (!fs::is_directory(folder, failed))
        return error(kLogMissing,
                     fmt::format("{} is a file: a ledger is a folder; name one", folder));
    if (!fs::exists(place, failed))
        return error(
            kLogMissing,
            fmt::format("{} is not a ledger's folder, it has no log in it: name the folder that "
                        "`benefits create` made, or make a new one",
                        folder));
    if (!fs::exists(place + "/CURRENT", failed)) {
        if (!fs::exists(folder + "/tail", failed)) return not_made(folder);
        return error(
            kLogDamaged,
            fmt::format(
                "the log at {} is damaged: its file CURRENT is missing; restore it from a backup",
                place));
    }
    return {};
}

}  // namespace

std::string position_key(std::uint64_t position) {
    std::string key;
    put_big_endian(key, position);
    return key;
}

LogStore::LogStore(std::string place, const EmbeddedOptions& options)
    : place_(std::move(place)), free_min_bytes_(options.free_min_bytes) {
    settings_.purpose = store::Purpose::log;
    settings_.write_buffers_max_bytes = options.write_buffers_max_bytes;
    settings_.file_system = options.file_system;
}

// The next opening would read the write-ahead log again; a small one is quicker read than flushed.
LogStore::~LogStore() {
    if (!store_ || read_only() || store_->buffered_bytes() < kRecoveryMinBytes) return;
    // A failure costs the next opening some time and nothing else.
    static_cast<void>(store_->flush());
}

store::Status LogStore::open_store(bool create) {
    settings_.create = create;
    auto opened = store::Store::open(place_, settings_);
    store_ = std::move(opened.store);
    return opened.status;
}

std::uint32_t LogStore::recorded_partitions() const {
    std::string value;
    const auto got = store_->get_unnamed(kPartitionsKey, value);
    return got.ok() && value.size() == 4 ? get_big_endian<std::uint32_t>(value) : 0;
}

bool LogStore::has_records() const {
    for (std::uint32_t partition = 0; partition < partitions(); ++partition) {
        const auto any = store_->cursor(partition);
        any->first();
        if (any->valid() || !any->status().ok()) return true;
    }
    return false;
}

Result<std::unique_ptr<LogStore>> LogStore::open(const std::string& folder,
                                                 const EmbeddedOptions& options,
                                                 std::vector<std::string>& notes) {
    std::unique_ptr<LogStore> made(new LogStore(folder + "/log", options));
    const auto looked = look_at_folder(folder, made->place_);
    if (!looked) return looked.error();
    const std::optional<store::TornTail> torn = store::find_torn_tail(made->place_);
    const auto opened = made->open_store(false);
    if (!opened.ok()) return store::explain_open_failure("log", made->place_, opened);
    if (torn)
        notes.push_back(
            fmt::format("the last {} bytes of {} (from {}) are an unfinished record: it was never "
                        "acknowledged and is dropped",
                        torn->dropped_bytes, torn->file, torn->at_bytes));
    if (made->partitions() == 0 || made->recorded_partitions() != made->partitions())
        return not_made(folder);
    return made;
}

Result<std::unique_ptr<LogStore>> LogStore::create(const std::string& folder,
                                                   std::uint32_t partitions,
                                                   const EmbeddedOptions& options,
                                                   std::vector<std::string>& notes) {
    if (partitions < 1 || partitions > limits::kPartitionsMax)
        return error(fmt::format("a ledger has from 1 to {} partitions, not {}",
                                 limits::kPartitionsMax, partitions));
    std::unique_ptr<LogStore> made(new LogStore(folder + "/log", options));
    std::error_code failed;
    if (fs::exists(folder, failed) && !fs::is_directory(folder, failed))
        return error(kLogMissing,
                     fmt::format("{} is a file: a ledger is a folder; name one", folder));
    fs::create_directories(made->place_, failed);
    if (failed)
        return error(fmt::format("the folder {} can't be made: {}; name another place",
                                 made->place_, failed.message()));
    if (!fs::exists(made->place_ + "/CURRENT") && fs::exists(folder + "/tail"))
        return look_at_folder(folder, made->place_).error();
    const auto give_up = std::chrono::steady_clock::now() + kCreateLockMaxWait;
    RetryPause pause(Retry::lock, kCreateLockPause, kCreateLockPauseMax);
    auto opened = made->open_store(true);
    // Another creator may hold the lock, or change files and partitions while we list them.
    while (!opened.ok() && std::chrono::steady_clock::now() < give_up) {
        std::this_thread::sleep_for(pause.next());
        opened = made->open_store(true);
    }
    if (!opened.ok()) return store::explain_open_failure("log", made->place_, opened);
    const std::uint32_t recorded = made->recorded_partitions();
    if (recorded == 0 || recorded != made->partitions() || recorded != partitions) {
        if (made->has_records()) {
            if (recorded == made->partitions()) return made;
            return error(
                kLogDamaged,
                fmt::format("the log at {} has records in {} partitions and was made with {}: it "
                            "is damaged; restore it from a backup",
                            made->place_, made->partitions(), recorded));
        }
        const auto divided = made->make_partitions(partitions);
        if (!divided) return divided.error();
        notes.push_back(fmt::format("made a log of {} partitions at {}", partitions, made->place_));
    }
    return made;
}

Result<void> LogStore::make_partitions(std::uint32_t partitions) {
    std::vector<std::string> names;
    for (std::uint32_t partition = 0; partition < partitions; ++partition)
        names.push_back(family_name(partition));
    // Leftovers of a creator that died, for another number of partitions, are empty.
    const auto replaced = store_->replace_families(names);
    if (!replaced.ok()) return store::explain_open_failure("log", place_, replaced);
    std::string value;
    put_big_endian(value, partitions);
    const auto written = store_->put_unnamed(kPartitionsKey, value);
    if (!written.ok()) return store::explain_open_failure("log", place_, written);
    return {};
}

Result<std::vector<std::uint64_t>> LogStore::ends() const {
    std::vector<std::uint64_t> ends;
    for (std::uint32_t partition = 0; partition < partitions(); ++partition) {
        const auto last = store_->cursor(partition);
        last->last();
        if (const auto status = last->status(); !status.ok())
            return error(
                kLogDamaged,
                fmt::format("the log of partition {} at {} is damaged: {}; restore it from a "
                            "backup",
                            partition, place_, status.why));
        ends.push_back(last->valid()
                           ? get_big_endian<std::uint64_t>(last->key()) + frame_size(last->value())
                           : 0);
    }
    return ends;
}

Result<std::string> LogStore::get(std::uint32_t partition, std::uint64_t position) const {
    const auto row = store_->cursor(partition);
    row->seek_before(position_key(position));
    if (row->valid()) {
        const auto first = get_big_endian<std::uint64_t>(row->key());
        const auto frame = read_frame(PartitionId{partition}, Position{first}, row->value());
        if (frame && position < frame->end())
            return std::string(text_of(frame->record(position - first)));
    }
    const auto status = row->status();
    return error(
        kLogDamaged,
        fmt::format(
            "record {} of partition {} at {} can't be read ({}); restore the log from a backup",
            position, partition, place_, status.ok() ? "it is missing" : status.why));
}

void LogStore::put(store::Batch& batch, const Chunk& chunk) {
    for (std::size_t from = 0; from < chunk.size();) {
        const std::size_t to = frame_end(chunk, from);
        batch.put(number(chunk.partition()), position_key(chunk.first() + from),
                  frame_header(chunk, from, to), text_of(chunk.records(from, to)));
        from = to;
    }
}

bool LogStore::write(const store::Batch& batch) {
    const auto written = store_->write(batch);
    if (!written.ok() && !written.full())
        store::end_process_after_disk_failure(place_, written.why);
    return written.ok();
}

bool LogStore::resume() { return store_->resume(); }

bool LogStore::has_room() const {
    const auto free_bytes = store_->free_bytes();
    std::error_code failed;
    const fs::space_info disk = fs::space(place_, failed);
    if (!free_bytes || failed) return true;  // then writing will tell
    return *free_bytes >= std::min<std::uint64_t>(free_min_bytes_, disk.capacity / kSmallDiskShare);
}

Result<void> LogStore::copy_to(const std::string& folder) const {
    return store_->copy_to("log", folder + "/log");
}

std::unique_ptr<store::Cursor> LogStore::iterate(PartitionId partition) const {
    return store_->cursor(number(partition), store::Store::Reading::once);
}

}  // namespace ledger::log
