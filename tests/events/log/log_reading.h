// Reading and writing a Log in tests: whole records as text, with a generous bound on waiting.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "events/log/log.h"

namespace ledger::tests {

struct ReadRecord {
    PartitionId partition{};
    Position position{};
    std::string text;
    bool operator==(const ReadRecord&) const = default;
};

Bytes bytes_of(std::string_view text);

// Appends each text as one record of one hand-over; false on an error.
bool append_texts(log::Log& log, std::uint32_t partition, const std::vector<std::string>& texts);

// Polls until `count` records have come, the bound is over or the cursor fails.
std::vector<ReadRecord> read_count(log::Cursor& cursor, std::size_t count,
                                   std::size_t max_records = 1000);

// Every record of one partition up to its present end.
std::vector<ReadRecord> read_all(log::Log& log, std::uint32_t partition);

std::vector<std::string> texts_of(const std::vector<ReadRecord>& records);
std::vector<std::string> texts_of(const std::vector<ReadRecord>& records, std::uint32_t partition);

// The next notice of this kind; nothing when none comes within the bound.
std::optional<log::Notice> await_notice(log::Log& log, log::Notice::Kind kind);

}  // namespace ledger::tests
