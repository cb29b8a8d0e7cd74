#include "projections/generations.h"

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>

#include "events/crash_point.h"
#include "events/durable_file.h"
#include "events/store/unwritable.h"

namespace ledger::views {
namespace {

namespace fs = std::filesystem;

std::string old_views_in(const std::string& directory) { return directory + "/views.old"; }

bool is_there(const std::string& path) {
    std::error_code ignored;
    return fs::exists(path, ignored);
}

Result<void> move(const std::string& directory, const std::string& from, const std::string& to) {
    std::error_code failed;
    fs::rename(from, to, failed);
    if (failed)
        return error(from + " can't be renamed to " + to + ": " + failed.message() +
                     "; see to the folder's rights and do it again");
    return sync_folder(directory);
}

Result<void> remove(const std::string& path) {
    std::error_code failed;
    fs::remove_all(path, failed);
    if (failed)
        return error(path + " can't be removed: " + failed.message() +
                     "; see to the folder's rights, or remove it by hand");
    return {};
}

}  // namespace

std::string views_in(const std::string& directory) { return directory + "/views"; }
std::string new_views_in(const std::string& directory) { return directory + "/views.new"; }

Result<std::string> settle_generations(const std::string& directory) {
    if (!is_there(new_views_in(directory)) && !is_there(old_views_in(directory)))
        return std::string();
    // Who may write there puts it right.
    if (!store::why_unwritable(directory).empty()) return std::string();
    const auto lock = FolderLock::take(directory);
    if (!lock) return lock.error();
    return settle_generations(directory, *lock);
}

Result<std::string> settle_generations(const std::string& directory, const FolderLock&) {
    const std::string now = views_in(directory);
    const std::string made = new_views_in(directory);
    const std::string old = old_views_in(directory);
    if (!is_there(old)) {
        if (!is_there(made)) return std::string();
        if (const auto removed = remove(made); !removed) return removed.error();
        return "a rebuild of the views in " + directory +
               " was not finished; what it had made was removed, the views are as before";
    }
    if (is_there(now)) {
        if (const auto removed = remove(old); !removed) return removed.error();
        return "a rebuild of the views in " + directory + " had just been finished";
    }
    const bool finished = is_there(made);
    if (const auto moved = move(directory, finished ? made : old, now); !moved)
        return moved.error();
    if (finished)
        if (const auto removed = remove(old); !removed) return removed.error();
    return "the views in " + directory +
           (finished ? " had been made anew and were put into use"
                     : " had been moved away and were put back");
}

Result<void> switch_generations(const std::string& directory, const FolderLock&,
                                const std::function<bool(SwitchStep)>& reached) {
    const auto go_on = [&](SwitchStep step) { return !reached || reached(step); };
    const std::string now = views_in(directory);
    const std::string old = old_views_in(directory);
    if (const auto synced = sync_folder(new_views_in(directory)); !synced) return synced;
    if (is_there(now))
        if (const auto moved = move(directory, now, old); !moved) return moved;
    LEDGER_CRASH_POINT(views_moved_away);
    if (!go_on(SwitchStep::old_moved_away)) return {};
    if (const auto moved = move(directory, new_views_in(directory), now); !moved) return moved;
    LEDGER_CRASH_POINT(views_moved_in);
    if (!go_on(SwitchStep::new_in_place)) return {};
    if (const auto removed = remove(old); !removed) return removed;
    go_on(SwitchStep::old_removed);
    return sync_folder(directory);
}

void discard_new(const std::string& directory, const FolderLock&) {
    std::error_code ignored;  // the next opening does it then
    fs::remove_all(new_views_in(directory), ignored);
}

bool views_in_use(const std::string& directory) {
    const int file = ::open((views_in(directory) + "/LOCK").c_str(), O_RDWR | O_CLOEXEC);
    if (file < 0) return false;
    struct flock lock = {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    const bool held = ::fcntl(file, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
    ::close(file);
    return held;
}

}  // namespace ledger::views
