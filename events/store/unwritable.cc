#include "events/store/unwritable.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace ledger::store {
namespace {

// Errno of writing to what is there; 0: it may be written, or isn't there.
int denied(const std::string& path) {
    if (::faccessat(AT_FDCWD, path.c_str(), W_OK, AT_EACCESS) == 0 || errno == ENOENT) return 0;
    return errno;
}

}  // namespace

std::string why_unwritable(const std::string& place) {
    std::error_code unknown;
    std::filesystem::path there = std::filesystem::absolute(place, unknown);
    while (!std::filesystem::exists(there, unknown) && there.has_relative_path())
        there = there.parent_path();
    int why = denied(there.string());
    if (why == 0) why = denied(place + "/LOCK");  // of a RocksDB that is another user's
    return why == 0 ? std::string() : place + " can't be written (" + std::strerror(why) + ")";
}

}  // namespace ledger::store
