// The bytes over which a command's keyed fingerprint is taken: its type and its body, and nothing
// of its header, so that a retry is known by them. Two commands have equal bytes iff they ask for
// the same: a scalar at its default counts as absent, an optional text or list that is empty too,
// and a sealed text counts by its keyed hash, because a retry seals it anew under another nonce,
// and perhaps another key; so names and e-mails count as they are looked for (events/folded.h).
//
// Format, integers little-endian: type (1 byte), then the body's table. A table: for each present
// field its id (2 bytes) and its value, then 0xFFFF. A scalar has its own width; a text, bytes or
// list a length or count of 4 bytes before what it holds; a sealed text 16 bytes of hash; a union
// its type (1 byte) before its table.
#pragma once

#include "command_generated.h"
#include "events/bytes.h"

namespace ledger::json {

// The command must be verified and of a type that this program knows. No more than one allocation.
Bytes fingerprint_bytes(const fb::Command& command);

}  // namespace ledger::json
