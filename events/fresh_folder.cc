#include "events/fresh_folder.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "events/crash_point.h"
#include "events/durable_file.h"

namespace ledger {
namespace {

namespace fs = std::filesystem;

constexpr const char* kMaking = "/.making";
constexpr const char* kMade = "/.made";
// Its being there makes a folder a ledger, so it comes when the rest is there.
constexpr const char* kMovedLast = "log";
// Of the root of a file system.
constexpr const char* kLostAndFound = "lost+found";
// A process that moves up what it made is done with it in milliseconds.
constexpr std::chrono::milliseconds kSettlePatience{5'000};

bool is_there(const std::string& path) {
    struct stat facts {};
    return ::lstat(path.c_str(), &facts) == 0;
}

Error can_not(const std::string& path, const char* what, Effect effect = Effect::none) {
    const int failure = errno;
    const bool no_room = failure == ENOSPC || failure == EDQUOT;
    return error(path + " can't be " + what + ": " + std::strerror(failure) +
                     (no_room ? "; make room and do it again"
                              : "; see to the rights of the folder it is in and do it again"),
                 effect);
}

// What can't be listed to its end is not taken for less than it is.
Result<std::vector<std::string>> entries_of(const std::string& directory) {
    std::vector<std::string> names;
    std::error_code failed;
    for (auto at = fs::directory_iterator(directory, failed);
         !failed && at != fs::directory_iterator(); at.increment(failed))
        names.push_back(at->path().filename().string());
    if (failed)
        return error(directory + " can't be read: " + failed.message() +
                     "; see to its rights and disk");
    std::sort(names.begin(), names.end(), [](const std::string& a, const std::string& b) {
        return std::pair(a == kMovedLast, a) < std::pair(b == kMovedLast, b);
    });
    return names;
}

Result<void> sync_tree(const std::string& directory) {
    std::error_code failed;
    for (auto at = fs::recursive_directory_iterator(directory, failed);
         !failed && at != fs::recursive_directory_iterator(); at.increment(failed)) {
        const OpenFile file(::open(at->path().c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
        if (!file || ::fsync(file.descriptor) != 0)
            return can_not(at->path().string(), "synced to disk");
    }
    if (failed) return error(directory + " can't be read: " + failed.message());
    return sync_folder(directory);
}

Error in_the_way(const std::string& path, Effect effect) {
    return error(path + " is there already and is not replaced; move it away and do it again",
                 effect);
}

// Puts each entry of .made into its place. What was moved by a run before is not there any more.
Result<void> move_up(const std::string& directory) {
    const std::string made = directory + kMade;
    const auto names = entries_of(made);
    if (!names) return error(names.error().code, names.error().message, Effect::unknown);
    for (const std::string& name : *names) {
        if (name == kFillingOwnerName) continue;
        const std::string from = made + "/" + name, to = directory + "/" + name;
        if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) != 0) {
            if (errno == EEXIST) return in_the_way(to, Effect::unknown);
            return can_not(from, "moved into place", Effect::unknown);
        }
        LEDGER_CRASH_POINT(filling_moved_up);
    }
    if (const auto synced = sync_folder(directory); !synced) return synced;
    // Empty but for the mark: whatever else were in it would stay.
    ::unlink((made + "/" + kFillingOwnerName).c_str());
    if (::rmdir(made.c_str()) != 0) return can_not(made, "removed", Effect::unknown);
    return sync_folder(directory);
}

std::string put_into_place(const std::string& directory) {
    return "an earlier run was cut short when its work was done; what it made in " + directory +
           " was put into place";
}

Result<void> check_free(const std::string& directory, const Filling& filling) {
    const auto names = entries_of(directory);
    if (!names) return names.error();
    for (const std::string& name : *names) {
        if (name == kLostAndFound) continue;
        if (std::find(filling.may_hold.begin(), filling.may_hold.end(), name) ==
            filling.may_hold.end())
            return error(kFolderNotEmpty,
                         directory + " is not empty, it has " + name +
                             "; name an empty folder, or one that isn't there yet");
    }
    return {};
}

}  // namespace

FreshFolder::FreshFolder(std::string directory, MadeFolder folder, FolderLock lock)
    : directory_(std::move(directory)), folder_(std::move(folder)), lock_(std::move(lock)) {}

Result<FreshFolder> FreshFolder::begin(const std::string& directory, const Filling& filling) {
    auto folder = MadeFolder::make(directory);
    if (!folder) return folder.error();
    auto lock = FolderLock::take(directory);
    if (!lock) return lock.error();
    FreshFolder fresh(directory, std::move(*folder), std::move(*lock));
    if (is_there(directory + kMade)) {
        if (const auto moved = move_up(directory); !moved) return moved.error();
        return error(kFolderPutIntoPlace,
                     put_into_place(directory) + ": use it, or name another folder");
    }
    std::error_code failed;
    fs::remove_all(fresh.path(), failed);
    if (failed)
        return error(fresh.path() + " can't be removed: " + failed.message() +
                     "; see to the folder's rights");
    if (const auto free = check_free(directory, filling); !free) return free.error();
    if (::mkdir(fresh.path().c_str(), 0700) != 0) return can_not(fresh.path(), "made");
    const auto marked =
        write_durably(fresh.path() + "/" + kFillingOwnerName,
                      filling.owner + " was not finished; " + filling.remedy + "\n");
    if (!marked) return marked.error();
    LEDGER_CRASH_POINT(filling_begun);
    return fresh;
}

FreshFolder::FreshFolder(FreshFolder&& other) noexcept
    : directory_(std::exchange(other.directory_, {})),
      folder_(std::move(other.folder_)),
      lock_(std::move(other.lock_)),
      counts_(other.counts_) {}

FreshFolder::~FreshFolder() {
    if (directory_.empty() || counts_) return;
    std::error_code ignored;  // what stays is of no use to anybody, and the next filling removes it
    fs::remove_all(path(), ignored);
}

std::string FreshFolder::path() const { return directory_ + kMaking; }

Result<void> FreshFolder::finish() {
    LEDGER_CRASH_POINT(filling_filled);
    if (const auto synced = sync_tree(path()); !synced) return synced;
    const auto names = entries_of(path());
    if (!names) return names.error();
    for (const std::string& name : *names)
        if (name != kFillingOwnerName && is_there(directory_ + "/" + name))
            return in_the_way(directory_ + "/" + name, Effect::none);
    LEDGER_CRASH_POINT(filling_synced);
    const std::string made = directory_ + kMade;
    if (::rename(path().c_str(), made.c_str()) != 0) return can_not(made, "put into place");
    counts_ = true;
    if (const auto synced = folder_.sync(); !synced)
        return error(synced.error().code, synced.error().message, Effect::unknown);
    folder_.keep();
    if (const auto synced = sync_folder(directory_); !synced)
        return error(synced.error().code, synced.error().message, Effect::unknown);
    LEDGER_CRASH_POINT(filling_counts);
    return move_up(directory_);
}

Result<std::string> settle_folder(const std::string& directory) {
    if (!is_there(directory + kMade)) return std::string();
    const auto lock = FolderLock::take(directory, kSettlePatience);
    if (!lock) return lock.error();
    if (!is_there(directory + kMade)) return std::string();  // its maker came to the end
    if (const auto moved = move_up(directory); !moved) return moved.error();
    return put_into_place(directory);
}

Result<std::optional<std::string>> find_unfinished(const std::string& directory) {
    if (!is_there(directory + kMaking)) return std::optional<std::string>();
    auto owner = read_file(directory + kMaking + "/" + kFillingOwnerName);
    if (!owner) return owner.error();
    if (!*owner)
        return std::optional<std::string>("filling " + directory +
                                          " was not finished; run the command again that did it "
                                          "(benefits create, restore, backup or log copy)");
    std::string& sentence = **owner;
    while (!sentence.empty() && sentence.back() == '\n') sentence.pop_back();
    return owner;
}

}  // namespace ledger
