// Makes a folder, and those above it that are missing, for its owner alone (0700). Unless keep()
// says that they are wanted, the folders that it made are removed again at its end, as far as they
// are empty.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "events/result.h"

namespace ledger {

class MadeFolder {
public:
    // A folder that is there already stays as it is. Error: a file is there, or no right.
    static Result<MadeFolder> make(const std::string& directory);
    MadeFolder(MadeFolder&& other) noexcept : made_(std::exchange(other.made_, {})) {}
    MadeFolder& operator=(MadeFolder&&) = delete;
    ~MadeFolder();

    void keep() { made_.clear(); }
    // What was made is on disk: the names of the new folders in those above them.
    Result<void> sync() const;

private:
    MadeFolder() = default;

    std::vector<std::string> made_;  // by this object, the outermost first
};

}  // namespace ledger
