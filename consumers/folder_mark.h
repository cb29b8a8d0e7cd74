// Marks in a ledger's folder for who opens it: files that hold one sentence.
//   moving  a move to another place was begun: nothing is written until it is finished, or the file
//           is removed by somebody who knows that the other place is not used
//   moved   the ledger goes on elsewhere: it may be read, and nothing more is written to it
// A ledger on Kafka heeds neither: they speak of the log in the folder.
#pragma once

#include <optional>
#include <string>

#include "events/result.h"

namespace ledger {

enum class FolderMark { moving, moved };

inline constexpr ErrorCode kLedgerMoved{"ledger.moved"};
inline constexpr ErrorCode kLedgerMoving{"ledger.moving"};

Result<void> set_mark(const std::string& directory, FolderMark mark, const std::string& sentence);
// The sentence, without an end of line; nothing when there is no such mark.
Result<std::optional<std::string>> find_mark(const std::string& directory, FolderMark mark);
// Why a ledger with such a mark is closed.
Error closed_by(FolderMark mark, std::string sentence);
Result<void> remove_mark(const std::string& directory, FolderMark mark);

}  // namespace ledger
