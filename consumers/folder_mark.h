// Marks in a ledger's folder: files that hold one sentence for who opens the ledger.
//   unfinished  the folder is being filled by a restore or a copy: nothing may open it
//   moved       the ledger goes on elsewhere: it may be read, and nothing more is written
// A ledger on Kafka heeds neither: they speak of the log in the folder.
#pragma once

#include <optional>
#include <string>

#include "events/result.h"

namespace ledger {

enum class FolderMark { unfinished, moved };

Result<void> set_mark(const std::string& directory, FolderMark mark, const std::string& sentence);
// The sentence, without an end of line; nothing when there is no such mark.
Result<std::optional<std::string>> find_mark(const std::string& directory, FolderMark mark);
Result<void> remove_mark(const std::string& directory, FolderMark mark);

// Makes `directory` ready to be filled: it is made where there is none and marked unfinished. What
// an earlier filling left unfinished is removed. Error: something else is in it.
Result<void> begin_filling(const std::string& directory, const std::string& sentence);
// After a failure: what was filled in is removed, and the folder is empty again.
void give_up_filling(const std::string& directory);
// Everything is in it and on disk.
Result<void> finish_filling(const std::string& directory);

// All of it: `fill` gives a Result, which is given back.
template <typename Fill>
auto fill_folder(const std::string& directory, const std::string& sentence, Fill fill)
    -> decltype(fill()) {
    if (const auto begun = begin_filling(directory, sentence); !begun) return begun.error();
    auto filled = fill();
    if (!filled) {
        give_up_filling(directory);
        return filled;
    }
    if (const auto finished = finish_filling(directory); !finished) return finished.error();
    return filled;
}

}  // namespace ledger
