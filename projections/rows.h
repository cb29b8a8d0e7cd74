// Rows: the small store that views are kept in. Port with two implementations: RocksDB, and a map
// for simulations.
//
// A batch is written whole or not at all. Everything is read from a snapshot: the rows as one batch
// left them, positions included, whatever is written meanwhile; so an answer that is made from one
// snapshot is true at the positions that stand in it.
//
// Threads: one thread writes; any number of threads take snapshots, also while it writes, and any
// number read one snapshot. A snapshot goes before the rows it is of.
//
// What stands where, with lengths in bytes; numbers in keys are big-endian, so that they sort:
//
//   family    key                                      value
//   history   partition (2) partner 00 version (8)     position (8, little-endian), record's bytes
//   partners  partner                                  fb::PartnerState
//   receipts  partition (2) partner 00 command id      fb::Receipt
//   lookups   see projections/lookups.h
//   anchors   see projections/anchors.h                none
//   lists     see projections/lists.h                  none
//   ledger    partition (2)                            fb::LedgerRow
//   meta      "p" partition (2)                        fb::PartitionMeta
//             "ledger"                                 the ledger's id in hex
//             "format"                                 the views' format
//             "genesis" partition (2)                  the partition's genesis record
//             "keys"                                   the key store's newest change, in the form
//                                                      of consumers/stores_witness.h
//             "refusals"                               Refusals::newest() (8)
//
// The ledger's own entries stand under the empty partner of their partition.
#pragma once

#include <array>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "events/bytes.h"
#include "events/ids.h"
#include "events/result.h"

namespace ledger::views {

enum class Family { history, partners, receipts, lookups, anchors, lists, ledger, meta };
inline constexpr std::array kFamilies = {Family::history, Family::partners, Family::receipts,
                                         Family::lookups, Family::anchors,  Family::lists,
                                         Family::ledger,  Family::meta};

struct Row {
    Family family{};
    std::string_view key;
    std::string_view value;
    bool erased = false;  // in a batch: no such row stands any more; it has no value then
};

// Rows to be put and erased together, in one block of memory that is used again after clear(). Of
// one key the last word counts; to erase a row that is not there is no fault.
class RowBatch {
public:
    RowBatch() = default;
    RowBatch(std::initializer_list<Row> rows) {
        for (const Row& row : rows) add(row);
    }

    // The value is `head` and then `tail`. All three are copied.
    void put(Family family, std::string_view key, std::string_view head,
             std::string_view tail = {});
    void erase(Family family, std::string_view key);
    void add(const Row& row);
    // Its views hold until something is added or cleared.
    Row row(std::size_t index) const;
    std::size_t size() const { return places_.size(); }
    std::size_t bytes() const { return bytes_.size(); }  // of all keys and values
    bool empty() const { return places_.empty(); }
    void clear();

private:
    struct Place {
        Family family{};
        std::size_t at = 0;
        std::size_t key_size = 0;
        std::size_t value_size = 0;
        bool erased = false;
    };

    std::string bytes_;
    std::vector<Place> places_;
};

// Rows whose keys begin with `prefix`, in the order of keys or the other way round.
struct Walk {
    std::string_view prefix;
    // Where it begins: at this key, or at the next one on the way. Empty: with the first on the
    // way. It begins with the prefix otherwise.
    std::string_view from = {};
    bool backwards = false;
};

// Rows as one batch left them.
class Snapshot {
public:
    virtual ~Snapshot() = default;

    virtual Result<std::optional<std::string>> get(Family family, std::string_view key) const = 0;

    // Row by row, until `visit` says false; no more of them are read, and none is kept.
    using Visit = std::function<bool(std::string_view key, std::string_view value)>;
    virtual Result<void> walk(Family family, const Walk& way, const Visit& visit) const = 0;

    // Every row whose key begins with `prefix`, in the order of keys.
    Result<void> scan(Family family, std::string_view prefix, const Visit& visit) const {
        return walk(family, {prefix}, visit);
    }

    // Which of these keys have a row; `keys` in ascending order, the answer in the same one.
    virtual Result<std::vector<bool>> have(Family family,
                                           std::span<const std::string_view> keys) const = 0;
};

class Rows {
public:
    virtual ~Rows() = default;

    // As the last batch left them. Cheap.
    virtual std::unique_ptr<const Snapshot> snapshot() const = 0;

    // The last batch was not written because there was no room, and for no other reason: the same one
    // can be written when there is some. For the thread that writes.
    virtual bool full() const { return false; }
    // All of it or nothing.
    virtual Result<void> write(const RowBatch& rows) = 0;
};

// The parts of a history or receipt key.
struct PartnerKey {
    PartitionId partition{};
    std::string_view partner;
    std::string_view rest;  // version or command id
};
PartnerKey parse_partner_key(std::string_view key);

std::string history_prefix(PartitionId partition, std::string_view partner);
std::string history_key(PartitionId partition, std::string_view partner, std::uint64_t version);
std::string receipt_key(PartitionId partition, std::string_view partner,
                        std::string_view command_id);
// The same into memory that is used again: `out` is overwritten.
void put_history_key(std::string& out, PartitionId partition, std::string_view partner,
                     std::uint64_t version);
void put_receipt_key(std::string& out, PartitionId partition, std::string_view partner,
                     std::string_view command_id);
std::string ledger_key(PartitionId partition);
std::string meta_key(PartitionId partition);
inline constexpr std::string_view kLedgerKey = "ledger";
inline constexpr std::string_view kFormatKey = "format";
inline constexpr std::string_view kGenesisKey = "genesis";
inline constexpr std::string_view kKeysKey = "keys";
inline constexpr std::string_view kRefusalsKey = "refusals";

// Behind every key that begins with `prefix`: none of these, and before all others that follow.
// Empty: nothing follows.
std::string end_of_prefix(std::string_view prefix);

// Bytes before the record in a history row.
inline constexpr std::size_t kHistoryHeaderBytes = 8;

}  // namespace ledger::views
