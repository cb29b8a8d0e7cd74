#include "events/store/open_failure.h"

#include <fcntl.h>
#include <fmt/format.h>

#include "events/log/log.h"
#include "events/open_file.h"

namespace ledger::store {
namespace {

constexpr const char* kHeldByUs = "lock hold by current process";  // RocksDB's words

std::string describe_holder(const std::string& place, const Status& status) {
    // Closing any handle on the lock file would drop a lock of this process: don't touch it then.
    if (status.why.find(kHeldByUs) != std::string::npos) return "this process itself";
    const pid_t holder = lock_holder(place);
    return holder > 0 ? fmt::format("process {}", holder) : "another process";
}

}  // namespace

pid_t lock_holder(const std::string& place) {
    const OpenFile file(::open((place + "/LOCK").c_str(), O_RDONLY | O_CLOEXEC));
    if (!file) return 0;
    struct flock lock = {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    const bool told = ::fcntl(file.descriptor, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
    return told ? lock.l_pid : 0;
}

Error explain_open_failure(const std::string& what, const std::string& place,
                           const Status& status) {
    if (status.kind == Status::Kind::locked)
        return error(
            log::kLogInUse,
            fmt::format("the {} at {} is in use by {}: an embedded ledger belongs to one process "
                        "at a time; stop that one or wait for its end",
                        what, place, describe_holder(place, status)));
    if (status.full())
        return error(
            kDiskFull,
            fmt::format("the disk of {} is full, the {} can't be opened: make room and start again",
                        place, what));
    if (status.kind == Status::Kind::damaged)
        return error(log::kLogDamaged,
                     fmt::format("the {} at {} is damaged: {}; it was left as it is: restore it "
                                 "from a backup",
                                 what, place, status.why));
    return error(
        fmt::format("the {} at {} can't be opened: {}; see to the folder's rights and disk", what,
                    place, status.why));
}

}  // namespace ledger::store
