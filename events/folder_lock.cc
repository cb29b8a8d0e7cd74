#include "events/folder_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <thread>

namespace ledger {
namespace {

constexpr std::chrono::milliseconds kPauseBetweenTries{20};

Error can_not_be_locked(const std::string& directory) {
    return error("the folder " + directory + " can't be locked: " + std::strerror(errno) +
                 "; see to its rights and to the file system it is on");
}

// What is locked may have been moved away or removed meanwhile.
bool is_still_there(const OpenFile& folder, const std::string& directory) {
    struct stat locked {
    }, named{};
    return ::fstat(folder.descriptor, &locked) == 0 && ::stat(directory.c_str(), &named) == 0 &&
           locked.st_dev == named.st_dev && locked.st_ino == named.st_ino;
}

}  // namespace

Result<FolderLock> FolderLock::take(const std::string& directory,
                                    std::chrono::milliseconds patience) {
    const auto give_up = std::chrono::steady_clock::now() + patience;
    while (true) {
        OpenFile folder(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        if (!folder) return can_not_be_locked(directory);
        if (::flock(folder.descriptor, LOCK_EX | LOCK_NB) == 0) {
            if (is_still_there(folder, directory)) return FolderLock(std::move(folder));
        } else if (errno != EWOULDBLOCK && errno != EINTR) {
            return can_not_be_locked(directory);
        }
        if (std::chrono::steady_clock::now() >= give_up)
            return error("another process is making, filling or rebuilding what is in " +
                         directory + "; wait for its end and do it again");
        std::this_thread::sleep_for(kPauseBetweenTries);
    }
}

}  // namespace ledger
