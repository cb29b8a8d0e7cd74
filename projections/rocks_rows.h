// Rows in RocksDB. No write-ahead log: the ledger's log is one already, and atomic_flush keeps the
// families of a batch together, so a crash goes back to an earlier batch, position and data alike.
// A background error other than a full disk ends the process; a full disk answers writes with an
// Error and lets reads go on, also when the views are opened on it. Each write looks for room anew.
#pragma once

#include <memory>
#include <string>

#include "projections/rows.h"

namespace ledger::views {

class RocksRows : public Rows {
public:
    // Opens or makes the views in `directory`. Error: another process has them, or they are damaged
    // (delete them: they are made again from the log).
    static Result<std::unique_ptr<RocksRows>> open(const std::string& directory);
    // The rows that had reached the disk when it was called, for a look: another process may have
    // the views open. Nothing is written, and nothing is made where there are none. Error: they
    // can't be read just now.
    static Result<std::unique_ptr<RocksRows>> glance(const std::string& directory);
    ~RocksRows() override;

    // The disk had no room for opening them otherwise, or nothing may be written there; and why.
    bool read_only() const;
    const std::string& why_read_only() const;

    std::unique_ptr<const Snapshot> snapshot() const override;
    bool full() const override;
    Result<void> write(const RowBatch& rows) override;

    // Everything written so far reaches the disk.
    Result<void> flush();

    // Rows of one family in ascending order, each key once, put or erased, as a file of their own:
    // a row that stands there already is replaced. On disk when it returns.
    Result<void> add_sorted(Family family, std::span<const Row> rows);

    // Tells of every key whose value differs, in the order of keys; where a store has no such row
    // its value is nothing. Gives the number of keys looked at.
    using OnDifference =
        std::function<void(std::string_view key, std::optional<std::string_view> ours,
                           std::optional<std::string_view> theirs)>;
    Result<std::uint64_t> compare(const RocksRows& theirs, Family family,
                                  const OnDifference& on_difference) const;

    // Copies the rows as they are now into `directory`, which must not be there. Any thread.
    Result<void> copy_to(const std::string& directory);

private:
    struct Inside;
    explicit RocksRows(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> inside_;
};

}  // namespace ledger::views
