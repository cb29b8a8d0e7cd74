#include "tools/benefits/asking/version_files.h"

#include <algorithm>
#include <filesystem>

#include "tools/benefits/cli/given_file.h"

namespace ledger::tools {
namespace {

namespace fs = std::filesystem;

constexpr ErrorCode kNotJson{"file.not-json"};
constexpr ErrorCode kNoVersion{"version.none"};

Result<std::string> text_of_file(const std::string& path) {
    return read_given_file("@" + path, path, {});
}

Result<std::vector<fs::path>> files_of(const std::string& folder) {
    std::error_code failed;
    std::vector<fs::path> paths;
    for (fs::directory_iterator each(folder, failed), end; !failed && each != end;
         each.increment(failed))
        if (!each->path().filename().string().starts_with('.')) paths.push_back(each->path());
    if (failed) return error(folder + " can't be read: " + failed.message());
    std::sort(paths.begin(), paths.end());
    return paths;
}

// "policies/7.json: seat_move_days: expected ...; and 2 more faults: ..."
template <typename Native>
Error told_together(const VersionFiles<Native>& files, const std::string& check) {
    const FileFault& first = files.faults.front();
    const std::size_t more = files.faults.size() - 1;
    return error(first.what.code, first.file + ": " + first.what.message +
                                      (more == 0 ? ""
                                                 : "; and " + std::to_string(more) +
                                                       (more == 1 ? " fault" : " faults") +
                                                       " more, which '" + check + "' tells"));
}

const char* check_of(const fb::PolicyVersionT&) { return "benefits policy check"; }
const char* check_of(const fb::CatalogueVersionT&) { return "benefits catalogue check"; }

}  // namespace

Result<GivenFiles> read_files(const std::string& path) {
    GivenFiles given;
    std::error_code failed;
    given.is_folder = fs::is_directory(path, failed);
    std::vector<fs::path> paths{path};
    if (given.is_folder) {
        auto found = files_of(path);
        if (!found) return found.error();
        paths = std::move(*found);
    }
    for (const fs::path& each : paths) {
        const std::string name = each.string();
        if (given.is_folder && (each.extension() != ".json" || fs::is_directory(each, failed))) {
            given.faults.push_back(
                {name, error(kNotJson, "expected nothing but files *.json in this folder")});
            continue;
        }
        auto text = text_of_file(name);
        if (!text) return text.error();
        given.files.push_back({name, std::move(*text)});
    }
    if (given.is_folder && given.files.empty())
        given.faults.push_back({path, error(kNoVersion, "the folder has no file *.json")});
    return given;
}

template <typename Native>
Result<std::vector<Native>> first_versions(const std::string& path) {
    auto files = read_versions_from<Native>(path);
    if (!files) return files.error();
    check_sequence(*files, 1);
    if (!files->faults.empty()) return told_together(*files, check_of(Native{}));
    return versions_in(std::move(*files));
}

template <typename Native>
Result<Native> one_version(const std::string& path) {
    auto files = read_versions_from<Native>(path);
    if (!files) return files.error();
    if (!files->faults.empty()) return told_together(*files, check_of(Native{}));
    if (files->versions.size() != 1)
        return error(kNoVersion, path + " has " + std::to_string(files->versions.size()) +
                                     " versions, expected one");
    return std::move(files->versions.front().version);
}

std::vector<fb::FileFaultT> fault_rows(const std::vector<FileFault>& faults) {
    std::vector<fb::FileFaultT> rows;
    for (const FileFault& fault : faults) {
        fb::FileFaultT& row = rows.emplace_back();
        row.file = fault.file;
        row.place = fault.what.place;
        row.code = fault.what.code.text;
        row.reason = fault.what.message;
    }
    return rows;
}

template Result<std::vector<fb::PolicyVersionT>> first_versions(const std::string&);
template Result<std::vector<fb::CatalogueVersionT>> first_versions(const std::string&);
template Result<fb::PolicyVersionT> one_version(const std::string&);
template Result<fb::CatalogueVersionT> one_version(const std::string&);

}  // namespace ledger::tools
