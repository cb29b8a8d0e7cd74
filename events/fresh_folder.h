// Filling a folder so that all of it is there or nothing, whoever does the same at the same time
// and wherever the process is killed. Every ledger, copy and backup is put into its folder so.
//
// Under the folder's lock (folder_lock.h) there are in it
//   .making   what is being filled in, and `.owner`, a sentence that says who does it. Of use to
//             nobody else: whoever has the lock may remove it
//   .made     .making, complete and on disk, by one rename: from then on the filling counts. Its
//             entries are moved up into the folder, the log last, by this process or by the next
//             one that looks (settle_folder)
// Nothing is replaced, and nothing removed but .making and the folders that this run made, when
// they are empty. Folders are made for their owner alone (0700).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "events/folder_lock.h"
#include "events/made_folder.h"
#include "events/result.h"

namespace ledger {

// What a run that was cut short had made there counts now.
inline constexpr ErrorCode kFolderPutIntoPlace{"folder.put-into-place"};
inline constexpr ErrorCode kFolderNotEmpty{"folder.not-empty"};
// Somebody was filling it and didn't come to the end.
inline constexpr ErrorCode kFolderUnfinished{"folder.unfinished"};

// Of the mark in .making; no part of what is filled in.
inline constexpr const char* kFillingOwnerName = ".owner";

struct Filling {
    std::string owner;   // "restoring ledger 12ab into /srv/a", for whoever finds it unfinished
    std::string remedy;  // "run 'benefits restore' again"
    std::vector<std::string> may_hold;  // what may be in the folder before
};

class FreshFolder {
public:
    // Makes `directory`, and folders above it, where they are missing. What an earlier run left
    // unfinished is removed. Error: it has something in it, another process fills it, no right.
    static Result<FreshFolder> begin(const std::string& directory, const Filling& filling);
    FreshFolder(FreshFolder&& other) noexcept;
    FreshFolder& operator=(FreshFolder&&) = delete;
    // Unless it was finished the folder is as it was found.
    ~FreshFolder();

    // Where to fill.
    std::string path() const;

    // Everything in it is closed. Puts it to disk, makes it count and moves it up. Error with
    // Effect::unknown: it counts, and the next settle_folder moves up what is left.
    Result<void> finish();

private:
    FreshFolder(std::string directory, MadeFolder folder, FolderLock lock);

    std::string directory_;  // empty: moved from
    MadeFolder folder_;
    FolderLock lock_;
    bool counts_ = false;
};

// Moves up what a run that was cut short had made. The sentence says so; empty: there was nothing.
// To be called before a folder is read. Error: something is in the way, or can't be moved.
Result<std::string> settle_folder(const std::string& directory);

// A sentence on what stands in `directory` unfinished, of a run that was cut short or is still at
// work; nothing when there is nothing of the kind.
Result<std::optional<std::string>> find_unfinished(const std::string& directory);

// All of it: `fill` gets the path and gives a Result, which is given back.
template <typename Fill>
auto fill_folder(const std::string& directory, const Filling& filling, Fill fill)
    -> decltype(fill(directory)) {
    auto fresh = FreshFolder::begin(directory, filling);
    if (!fresh) return fresh.error();
    auto filled = fill(fresh->path());
    if (!filled) return filled;
    if (const auto finished = fresh->finish(); !finished) return finished.error();
    return filled;
}

}  // namespace ledger
