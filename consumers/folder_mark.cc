#include "consumers/folder_mark.h"

#include <filesystem>

#include "events/durable_file.h"

namespace ledger {
namespace {

namespace fs = std::filesystem;

// All that a filling puts into a folder; nothing else is ever removed.
constexpr const char* kFilledIn[] = {"log",  "keys",       "views",      "refusals",
                                     "tail", "master.key", "SHA256SUMS", "SHA256SUMS.part"};

// What is left where a filling was killed before it had set its mark (write_durably).
constexpr const char* kHalfMark = "unfinished.part";

std::string path_of(const std::string& directory, FolderMark mark) {
    switch (mark) {
        case FolderMark::unfinished:
            return directory + "/unfinished";
        case FolderMark::moved:
            return directory + "/moved";
    }
    return {};
}

bool has_something_in_it(const std::string& directory) {
    std::error_code failed;
    for (const auto& each : fs::directory_iterator(directory, failed))
        if (each.path().filename() != kHalfMark) return true;
    return false;
}

Result<void> empty_it(const std::string& directory) {
    for (const char* name : kFilledIn) {
        std::error_code failed;
        fs::remove_all(directory + "/" + name, failed);
        if (failed)
            return error(directory + "/" + name + " can't be removed: " + failed.message() +
                         "; see to the folder's rights");
    }
    return {};
}

}  // namespace

Result<void> set_mark(const std::string& directory, FolderMark mark, const std::string& sentence) {
    return write_durably(path_of(directory, mark), sentence + "\n");
}

Result<std::optional<std::string>> find_mark(const std::string& directory, FolderMark mark) {
    auto text = read_file(path_of(directory, mark));
    if (text && *text)
        while (!(*text)->empty() && (*text)->back() == '\n') (*text)->pop_back();
    return text;
}

Result<void> remove_mark(const std::string& directory, FolderMark mark) {
    std::error_code failed;
    fs::remove(path_of(directory, mark), failed);
    if (failed)
        return error(path_of(directory, mark) + " can't be removed: " + failed.message() +
                     "; see to the folder's rights, or remove it by hand");
    return sync_folder(directory);
}

Result<void> begin_filling(const std::string& directory, const std::string& sentence) {
    std::error_code failed;
    if (fs::exists(directory, failed) && !fs::is_directory(directory, failed))
        return error(directory + " is a file; name an empty folder, or one that isn't there yet");
    const auto before = find_mark(directory, FolderMark::unfinished);
    if (!before) return before.error();
    if (*before) {
        if (const auto emptied = empty_it(directory); !emptied) return emptied;
    } else if (has_something_in_it(directory)) {
        return error(directory +
                     " is not empty; name an empty folder, or one that isn't there yet");
    }
    fs::create_directories(directory, failed);
    if (failed)
        return error("the folder " + directory + " can't be made: " + failed.message() +
                     "; name another place");
    return set_mark(directory, FolderMark::unfinished, sentence);
}

void give_up_filling(const std::string& directory) {
    // What stays is still marked, and the next filling removes it.
    if (!empty_it(directory)) return;
    if (!remove_mark(directory, FolderMark::unfinished)) return;
}

Result<void> finish_filling(const std::string& directory) {
    if (const auto synced = sync_folder(directory); !synced) return synced;
    if (const auto removed = remove_mark(directory, FolderMark::unfinished); !removed)
        return removed;
    return sync_folder(fs::absolute(directory).parent_path().string());
}

}  // namespace ledger
