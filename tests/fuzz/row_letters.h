// The first byte of an input of the target `rows`: what stands behind it.
#pragma once

namespace ledger::fuzz {

inline constexpr char kPartnerRow = 'p';
inline constexpr char kMetaRow = 'm';
inline constexpr char kLedgerRow = 'L';
inline constexpr char kReceiptRow = 'r';
inline constexpr char kLookupRow = 'l';  // the length of a key (1 byte), the key, the value
inline constexpr char kRefusalRow = 'f';
inline constexpr char kHistoryRows = 'h';  // divided, as records are
inline constexpr char kHistoryKey = 'H';   // a key without a value
inline constexpr char kReceiptKey = 'R';
inline constexpr char kAnchorKey = 'A';

}  // namespace ledger::fuzz
