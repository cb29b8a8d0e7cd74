// One process at a time makes, fills or switches what is in a folder: a lock (flock) on the folder
// itself, which leaves no file behind and ends with the process that holds it. Whoever only reads
// or appends to what is in the folder doesn't take it.
#pragma once

#include <chrono>
#include <string>

#include "events/open_file.h"
#include "events/result.h"

namespace ledger {

class FolderLock {
public:
    // The folder must be there. Waits up to `patience` while another process holds the lock. Error:
    // that one holds it still, or the folder can't be opened or locked.
    static Result<FolderLock> take(const std::string& directory,
                                   std::chrono::milliseconds patience = {});

private:
    explicit FolderLock(OpenFile folder) : folder_(std::move(folder)) {}

    OpenFile folder_;
};

}  // namespace ledger
