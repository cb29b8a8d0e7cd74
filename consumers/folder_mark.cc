#include "consumers/folder_mark.h"

#include <filesystem>

#include "events/check.h"
#include "events/durable_file.h"

namespace ledger {
namespace {

std::string path_of(const std::string& directory, FolderMark mark) {
    switch (mark) {
        case FolderMark::moving:
            return directory + "/moving";
        case FolderMark::moved:
            return directory + "/moved";
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

Error closed_by(FolderMark mark, std::string sentence) {
    switch (mark) {
        case FolderMark::moving:
            return error(kLedgerMoving, std::move(sentence));
        case FolderMark::moved:
            return error(kLedgerMoved, std::move(sentence));
    }
    LEDGER_CHECK(false);
}

Result<void> remove_mark(const std::string& directory, FolderMark mark) {
    std::error_code failed;
    std::filesystem::remove(path_of(directory, mark), failed);
    if (failed)
        return error(path_of(directory, mark) + " can't be removed: " + failed.message() +
                     "; see to the folder's rights, or remove it by hand");
    return sync_folder(directory);
}

}  // namespace ledger
