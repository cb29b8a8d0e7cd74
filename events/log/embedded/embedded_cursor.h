// A reader of the embedded log: from memory where the tail reaches (Published), from the store where
// it doesn't. One thread at a time but wake().
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "events/log/embedded/log_store.h"
#include "events/log/embedded/published.h"

namespace ledger::log {

class EmbeddedCursor : public Cursor {
public:
    EmbeddedCursor(Published& published, const LogStore& store, std::span<const ReadFrom> from);
    ~EmbeddedCursor() override;

    Result<std::vector<ReadBatch>> poll(std::chrono::milliseconds patience,
                                        std::size_t max_records) override;
    void wake() override;

private:
    // The store's view of one partition, kept from poll to poll while old records are read.
    struct Scan {
        std::unique_ptr<store::Cursor> iterator;
        std::size_t read_bytes = 0;
    };

    Result<void> gather(std::size_t max_records, std::vector<ReadBatch>& out);
    Result<std::size_t> gather_from(std::size_t index, std::size_t max_records,
                                    std::vector<ReadBatch>& out);
    // Records from the partition's next position to `end`, at most `max_records`.
    Result<std::size_t> scan(std::size_t index, std::uint64_t end, std::size_t max_records,
                             std::vector<ReadBatch>& out);

    Published& published_;
    const LogStore& store_;
    std::vector<Published::Place> places_;
    std::vector<Scan> scans_;  // beside places_
    std::size_t turn_ = 0;     // whose turn it is to be first
    Waiter waiter_;
};

}  // namespace ledger::log
