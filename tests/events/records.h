// Hand-made records, for tests of what reads them.
#pragma once

#include "events/judge.h"
#include "events/record.h"

namespace ledger::tests {

inline constexpr Id128 kAnn{0xa, 1};
inline constexpr Id128 kBob{0xb, 2};

Bytes genesis_record();
// Of contoso, "ContactVerified", or of any other event type, known or not.
Bytes entry_record(std::uint64_t epoch, Id128 writer, std::uint64_t seq,
                   std::int64_t time_ms = 1'000);
// Its body holds `tables` references to one table: short for so many.
Bytes entry_of_tables(std::size_t tables, std::uint64_t epoch, Id128 writer, std::uint64_t seq);
Bytes entry_of_type(std::uint8_t type, std::uint64_t epoch, Id128 writer, std::uint64_t seq);
// The root of the tree over these records.
Hash root_of(const std::vector<Bytes>& entries);

}  // namespace ledger::tests
