// Policy and catalogue versions from the operator's files: one file, or all of a folder. What is
// wrong in them is told together, each fault with its file and its place.
#pragma once

#include <string>
#include <vector>

#include "aggregates/version_files.h"
#include "policies_generated.h"

namespace ledger::tools {

struct GivenFiles {
    std::vector<NamedText> files;  // in the order of their names
    std::vector<FileFault> faults;
    bool is_folder = false;
};

// Of a folder every file, which must be a .json; names that begin with a dot are left alone. Error:
// it can't be read.
Result<GivenFiles> read_files(const std::string& path);

// Those that could be read, and what is wrong with each by itself. Error as above.
template <typename Native>
Result<VersionFiles<Native>> read_versions_from(const std::string& path) {
    auto given = read_files(path);
    if (!given) return given.error();
    VersionFiles<Native> files = read_version_files<Native>(given->files);
    files.faults.insert(files.faults.begin(), given->faults.begin(), given->faults.end());
    return files;
}

// All versions that a ledger begins with, without a fault. Error: the first of the faults, and how
// many more there are.
template <typename Native>
Result<std::vector<Native>> first_versions(const std::string& path);

// The one version of a file. Error: there are none or several, or as above.
template <typename Native>
Result<Native> one_version(const std::string& path);

std::vector<fb::FileFaultT> fault_rows(const std::vector<FileFault>& faults);

}  // namespace ledger::tools
