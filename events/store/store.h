// One RocksDB of ours, for those who know rows and need no RocksDB: the log, the key store, the
// views and the refusals. What differs between them (tuning.h) stands in this room too.
//
// Threads: as RocksDB. Any number read, write, take snapshots and copy; a Batch, a Cursor and a
// snapshot are one thread's at a time. All of them go before their store.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "events/result.h"

namespace rocksdb {
class FileSystem;
}

namespace ledger::store {

// How it went, and RocksDB's words for it.
struct [[nodiscard]] Status {
    enum class Kind { ok, missing, full, locked, denied, damaged, failed };
    Kind kind = Kind::ok;
    std::string why;

    bool ok() const { return kind == Kind::ok; }
    bool full() const { return kind == Kind::full; }        // the disk is; try when there is room
    bool missing() const { return kind == Kind::missing; }  // no such row, or nothing to open
};

// What is kept in it decides how it is tuned, and when a write is done:
//   log, keys   when it is synced
//   refusals    when it is in the write-ahead log
//   views       when it is in memory: the families of a batch reach the disk together, or not
enum class Purpose { log, keys, refusals, views };

struct Settings {
    Purpose purpose{};
    // Named in the order of their numbers; empty: one family without a name. A log's are set by
    // Store::replace_families.
    std::vector<std::string> families;
    bool create = false;                      // make a store where there is none
    std::size_t write_buffers_max_bytes = 0;  // of a log
    // Instead of the operating system's; tests put faults in.
    std::shared_ptr<rocksdb::FileSystem> file_system;
};

class Batch;
class Cursor;
class Held;

// Put or erased.
struct SortedRow {
    std::string_view key;
    std::string_view value;
    bool erased = false;
};

class Store {
public:
    struct Opened;
    static Opened open(const std::string& place, const Settings& settings);
    // What has reached the disk, to be read only, while another process may have it open. Nothing
    // is written.
    static Opened glance(const std::string& place, const Settings& settings);
    ~Store();

    const std::string& place() const;
    // It was opened for reading only, since the disk was full or nothing may be written there; and
    // why, a sentence without its end.
    bool read_only() const;
    const std::string& why_read_only() const;

    // A row; as it stood in the snapshot `held`, where one is given.
    Status get(std::size_t family, std::string_view key, std::string& value,
               const Held* held = nullptr) const;
    // Which of these keys have a row; they are in ascending order.
    Status have(std::size_t family, std::span<const std::string_view> keys,
                std::vector<bool>& found, const Held* held = nullptr) const;
    enum class Reading {
        plain,       // a few rows that are soon asked for again
        one_prefix,  // onwards, no further than the partner that is sought first
        once,        // a long way in order, checked
        all,         // in either order, whatever the prefixes
    };
    std::unique_ptr<Cursor> cursor(std::size_t family, Reading reading = Reading::plain,
                                   const Held* held = nullptr) const;
    std::unique_ptr<const Held> hold() const;

    Status write(const Batch& batch);
    // After a full disk: whether writes will be taken again.
    bool resume();
    // Rows in ascending order, each key once, as a file of their own; on disk when it returns.
    Status add_sorted(std::size_t family, std::span<const SortedRow> rows);
    // Everything written so far reaches the disk.
    Status flush();
    // Removes what deletions of these keys left in the files.
    Status scrub(const std::vector<std::string>& keys);
    // A number that grows with each row put or erased.
    std::uint64_t newest_change() const;
    // Of what isn't in sorted files yet.
    std::uint64_t buffered_bytes() const;
    // Of its disk; nothing when that can't be told.
    std::optional<std::uint64_t> free_bytes() const;

    // `what` is the store's name in a sentence; `directory` must not be there, the folder above it
    // must. On one disk unchanging files are linked.
    Result<void> copy_to(const std::string& what, const std::string& directory) const;

    // Of a log: its families beside the unnamed one, shorter names first and then by name, so that
    // "9" stands before "10". replace_families() drops them all and makes others, empty.
    std::size_t family_count() const;
    Status replace_families(const std::vector<std::string>& names);
    // The unnamed family of a log.
    Status get_unnamed(std::string_view key, std::string& value) const;
    Status put_unnamed(std::string_view key, std::string_view value);

private:
    friend class Batch;
    struct Inside;
    explicit Store(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> inside_;
};

struct Store::Opened {
    Status status;
    std::unique_ptr<Store> store;  // null unless ok
};

// Rows to be put and erased together.
class Batch {
public:
    explicit Batch(const Store& store, std::size_t expected_bytes = 0);
    Batch(Batch&& other) noexcept;
    Batch& operator=(Batch&& other) noexcept;
    ~Batch();

    // The value is `head` and then `tail`.
    void put(std::size_t family, std::string_view key, std::string_view head,
             std::string_view tail = {});
    void erase(std::size_t family, std::string_view key);
    void clear();
    bool empty() const;

private:
    friend class Store;
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

// A place between rows in the order of keys. Views of key and value hold until it moves.
class Cursor {
public:
    virtual ~Cursor() = default;
    virtual void first() = 0;
    virtual void last() = 0;
    virtual void seek(std::string_view key) = 0;         // at it, or the next one
    virtual void seek_before(std::string_view key) = 0;  // at it, or the one before
    virtual void next() = 0;
    virtual void previous() = 0;
    virtual bool valid() const = 0;
    virtual std::string_view key() const = 0;
    virtual std::string_view value() const = 0;
    virtual Status status() const = 0;  // whether all reads so far went well
};

// A snapshot: the rows as they were when it was taken (Store::hold).
class Held {
public:
    virtual ~Held() = default;
};

}  // namespace ledger::store
