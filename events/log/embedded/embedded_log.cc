#include "events/log/embedded/embedded_log.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <thread>

#include "events/crash_point.h"
#include "events/log/embedded/embedded_cursor.h"
#include "events/log/embedded/tail_file.h"

namespace ledger::log {
namespace {

// What may wait for the committer before append() waits too.
constexpr std::size_t kQueueMaxBytes = 32 * 1024 * 1024;
// Appends of one partition that wait together are one chunk up to this size.
constexpr std::size_t kChunkMaxBytes = 1024 * 1024;

using Chunks = std::vector<std::shared_ptr<Chunk>>;

}  // namespace

struct EmbeddedLog::Inside {
    std::string folder;
    EmbeddedOptions options;
    std::vector<std::string> notes;
    std::unique_ptr<LogStore> store;
    TailFile tail_file;
    std::unique_ptr<Published> published;

    std::mutex queue_mutex;
    std::condition_variable work;  // the committer has something to do
    std::condition_variable room;  // the queue was taken
    Chunks queue;
    std::vector<std::shared_ptr<Chunk>> open_chunks;  // by partition: where the next append goes
    std::size_t queue_bytes = 0;
    bool stop = false;
    bool try_again = false;  // somebody wants to append to a full disk

    std::atomic<bool> full{false};

    std::mutex notice_mutex;
    std::vector<Notice> notices;
    std::function<void()> wake;

    // The committer's own.
    std::thread committer;
    std::vector<std::uint64_t> next;  // position of the next record, by partition
    std::optional<store::Batch> batch;

    Result<void> check_tail();
    void tell(Notice notice);
    void run();
    void commit(Chunks& chunks);
    void drop(const Chunks& chunks);
    void recover_from_full_disk();
};

// Compares the log with its witness and sets the witness to the log.
Result<void> EmbeddedLog::Inside::check_tail() {
    const std::string path = folder + "/tail";
    const bool missing = !std::filesystem::exists(path);
    auto opened = TailFile::open(path, store->partitions());
    if (!opened) return opened.error();
    tail_file = std::move(*opened);
    for (std::uint32_t partition = 0; partition < store->partitions(); ++partition) {
        const auto& mark = tail_file.marks()[partition];
        if (mark && mark->end > next[partition])
            return error(
                kLogTruncated,
                fmt::format(
                    "the log of partition {} at {} ends at {}, and the tail file says that it was "
                    "acknowledged up to {}: its end was lost, an older copy was put back, or the "
                    "tail "
                    "file is another ledger's; put back the newest copy, or remove {} to go on "
                    "with "
                    "the "
                    "log as it is",
                    partition, store->place(), next[partition], mark->end, path));
        if (mark && mark->end > 0) {
            const auto last = store->get(partition, mark->end - 1);
            if (!last) return last.error();
            if (record_digest(view_of(*last)) != mark->last_digest)
                return error(kLogReplaced,
                             fmt::format("record {} of partition {} at {} is not the one that was "
                                         "acknowledged: another "
                                         "log was put in its place, or another tail file; put back "
                                         "this ledger's own, "
                                         "or remove {} to go on with this log",
                                         mark->end - 1, partition, store->place(), path));
        }
        TailMark now{next[partition], 0};
        if (now.end > 0) {
            const auto last = store->get(partition, now.end - 1);
            if (!last) return last.error();
            now.last_digest = record_digest(view_of(*last));
        }
        tail_file.set(partition, now);
    }
    for (const std::uint32_t partition : tail_file.damaged())
        notes.push_back(fmt::format(
            "the tail file {} was damaged for partition {}; it was written again from the log",
            path, partition));
    if (missing)
        notes.push_back(
            fmt::format("the tail file {} was missing; it was made from the log", path));
    tail_file.write();
    return {};
}

void EmbeddedLog::Inside::tell(Notice notice) {
    {
        const std::lock_guard lock(notice_mutex);
        notices.push_back(std::move(notice));
    }
    if (wake) wake();
}

void EmbeddedLog::Inside::run() {
    Chunks taken;
    while (true) {
        bool want_recovery = false;
        {
            std::unique_lock lock(queue_mutex);
            work.wait(lock, [&] { return stop || try_again || !queue.empty(); });
            if (queue.empty() && stop) return;
            taken.swap(queue);
            for (auto& chunk : open_chunks) chunk.reset();
            queue_bytes = 0;
            want_recovery = try_again;
            try_again = false;
        }
        room.notify_all();
        if (want_recovery && full) recover_from_full_disk();
        if (!taken.empty()) commit(taken);
        taken.clear();
    }
}

// The order here is the promise: synced, witnessed, then visible.
void EmbeddedLog::Inside::commit(Chunks& chunks) {
    if (full) return drop(chunks);
    batch->clear();
    const std::vector<std::uint64_t> before = next;
    for (const std::shared_ptr<Chunk>& chunk : chunks) {
        std::uint64_t& position = next[number(chunk->partition())];
        chunk->place(Position{position});
        position = chunk->end();
        LogStore::put(*batch, *chunk);
    }
    if (!store->write(*batch)) {
        next = before;
        full = true;
        return drop(chunks);
    }
    LEDGER_CRASH_POINT(log_written);
    for (const std::shared_ptr<Chunk>& chunk : chunks)
        tail_file.set(number(chunk->partition()),
                      {chunk->end(), record_digest(chunk->record(chunk->size() - 1))});
    tail_file.write();
    LEDGER_CRASH_POINT(log_witnessed);
    published->publish(std::vector<SharedChunk>(chunks.begin(), chunks.end()));
    LEDGER_CRASH_POINT(log_published);
    // What was handed over meanwhile still fits into the room that is kept free.
    if (!store->has_room()) full = true;
}

void EmbeddedLog::Inside::drop(const Chunks& chunks) {
    for (std::size_t i = 0; i < chunks.size(); ++i) {
        const PartitionId partition = chunks[i]->partition();
        bool told = false;
        for (std::size_t j = 0; j < i && !told; ++j) told = chunks[j]->partition() == partition;
        if (told) continue;
        Notice doubt;
        doubt.kind = Notice::Kind::doubt;
        doubt.partition = partition;
        doubt.why = fmt::format("the disk of {} is full", folder);
        tell(std::move(doubt));
    }
}

void EmbeddedLog::Inside::recover_from_full_disk() {
    if (!store->read_only() && store->has_room() && store->resume()) full = false;
}

EmbeddedLog::EmbeddedLog(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}

EmbeddedLog::~EmbeddedLog() {
    {
        const std::lock_guard lock(inside_->queue_mutex);
        inside_->stop = true;
    }
    inside_->work.notify_all();
    inside_->committer.join();
}

Result<std::unique_ptr<EmbeddedLog>> EmbeddedLog::start(std::unique_ptr<Inside> inside) {
    auto ends = inside->store->ends();
    if (!ends) return ends.error();
    inside->next = std::move(*ends);
    inside->batch = inside->store->batch();
    const auto checked = inside->check_tail();
    if (!checked) return checked.error();
    inside->published = std::make_unique<Published>(inside->next, inside->options.tail_max_bytes);
    inside->open_chunks.resize(inside->store->partitions());
    inside->full = inside->store->read_only() || !inside->store->has_room();
    std::unique_ptr<EmbeddedLog> log(new EmbeddedLog(std::move(inside)));
    log->inside_->committer = std::thread([state = log->inside_.get()] { state->run(); });
    return log;
}

Result<std::unique_ptr<EmbeddedLog>> EmbeddedLog::open(const std::string& folder,
                                                       const EmbeddedOptions& options) {
    auto inside = std::make_unique<Inside>();
    inside->folder = folder;
    inside->options = options;
    auto store = LogStore::open(folder, options, inside->notes);
    if (!store) return store.error();
    inside->store = std::move(*store);
    return start(std::move(inside));
}

Result<std::unique_ptr<EmbeddedLog>> EmbeddedLog::create(const std::string& folder,
                                                         std::uint32_t partitions,
                                                         const EmbeddedOptions& options) {
    auto inside = std::make_unique<Inside>();
    inside->folder = folder;
    inside->options = options;
    auto store = LogStore::create(folder, partitions, options, inside->notes);
    if (!store) return store.error();
    inside->store = std::move(*store);
    return start(std::move(inside));
}

bool EmbeddedLog::read_only() const { return inside_->store->read_only(); }

const std::string& EmbeddedLog::why_read_only() const { return inside_->store->why_read_only(); }

std::uint32_t EmbeddedLog::partitions() const { return inside_->store->partitions(); }

const std::vector<std::string>& EmbeddedLog::notes() const { return inside_->notes; }

namespace {

Error no_such_partition(PartitionId partition, std::uint32_t partitions) {
    return error(fmt::format("there is no partition {}: this ledger has partitions 0 to {}",
                             number(partition), partitions - 1));
}

}  // namespace

Result<void> EmbeddedLog::append(PartitionId partition, std::span<const Bytes> records) {
    if (number(partition) >= partitions()) return no_such_partition(partition, partitions());
    if (records.empty()) return {};
    std::size_t bytes = 0;
    for (const Bytes& record : records) bytes += record.size() + alignof(std::uint64_t);
    bool first = false;
    {
        std::unique_lock lock(inside_->queue_mutex);
        if (inside_->full) {
            inside_->try_again = true;
            inside_->work.notify_one();
            return error(kDiskFull, fmt::format("the disk of {} is full, nothing more can be "
                                                "written: make room, and the ledger "
                                                "goes on by itself",
                                                inside_->folder));
        }
        inside_->room.wait(lock, [&] { return inside_->queue_bytes < kQueueMaxBytes; });
        first = inside_->queue.empty();
        std::shared_ptr<Chunk>& open = inside_->open_chunks[number(partition)];
        for (const Bytes& record : records) {
            if (!open || open->bytes() + record.size() > kChunkMaxBytes) {
                open = std::make_shared<Chunk>(partition);
                open->reserve(std::min(bytes, kChunkMaxBytes));
                inside_->queue.push_back(open);
            }
            open->add(record);
        }
        inside_->queue_bytes += bytes;
    }
    if (first) inside_->work.notify_one();
    return {};
}

void EmbeddedLog::ask_end(PartitionId partition, std::uint64_t token) {
    Notice notice;
    notice.partition = partition;
    notice.token = token;
    if (number(partition) >= partitions()) {
        notice.kind = Notice::Kind::end_unavailable;
        notice.why = no_such_partition(partition, partitions()).message;
    } else {
        // What waits for the committer is not in the log yet.
        notice.kind = Notice::Kind::end_is;
        notice.end = Position{inside_->published->end(partition)};
    }
    inside_->tell(std::move(notice));
}

void EmbeddedLog::take_notices(std::vector<Notice>& out) {
    const std::lock_guard lock(inside_->notice_mutex);
    out.insert(out.end(), std::make_move_iterator(inside_->notices.begin()),
               std::make_move_iterator(inside_->notices.end()));
    inside_->notices.clear();
}

void EmbeddedLog::on_notice(std::function<void()> wake) { inside_->wake = std::move(wake); }

Result<Position> EmbeddedLog::end(PartitionId partition) {
    if (number(partition) >= partitions()) return no_such_partition(partition, partitions());
    return Position{inside_->published->end(partition)};
}

Result<void> EmbeddedLog::copy_to(const std::string& folder) const {
    return inside_->store->copy_to(folder);
}

Result<std::unique_ptr<Cursor>> EmbeddedLog::read(std::span<const ReadFrom> from) {
    for (const ReadFrom& each : from)
        if (number(each.partition) >= partitions())
            return no_such_partition(each.partition, partitions());
    return std::unique_ptr<Cursor>(
        std::make_unique<EmbeddedCursor>(*inside_->published, *inside_->store, from));
}

}  // namespace ledger::log
