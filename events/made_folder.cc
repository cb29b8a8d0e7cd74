#include "events/made_folder.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "events/durable_file.h"

namespace ledger {
namespace {

namespace fs = std::filesystem;

bool is_folder(const fs::path& path) {
    std::error_code failed;
    return fs::is_directory(path, failed);
}

}  // namespace

Result<MadeFolder> MadeFolder::make(const std::string& directory) {
    std::vector<fs::path> missing;
    fs::path at = fs::absolute(directory).lexically_normal();
    if (!at.has_filename()) at = at.parent_path();
    for (; !is_folder(at) && at.has_relative_path(); at = at.parent_path()) missing.push_back(at);
    MadeFolder folder;
    for (auto path = missing.rbegin(); path != missing.rend(); ++path) {
        if (::mkdir(path->c_str(), 0700) == 0) {
            folder.made_.push_back(path->string());
        } else if (const int failure = errno; failure != EEXIST || !is_folder(*path)) {
            if (failure == EEXIST)
                return error(path->string() +
                             " is a file; name an empty folder, or one that isn't there yet");
            return error("the folder " + path->string() +
                         " can't be made: " + std::strerror(failure) + "; name another place");
        }
    }
    return folder;
}

MadeFolder::~MadeFolder() {
    for (auto path = made_.rbegin(); path != made_.rend(); ++path)
        if (::rmdir(path->c_str()) != 0) return;
}

Result<void> MadeFolder::sync() const {
    for (const std::string& folder : made_)
        if (const auto synced = sync_folder(fs::path(folder).parent_path().string()); !synced)
            return synced;
    return {};
}

}  // namespace ledger
