// A directory of a test's own, gone with everything in it when the object goes.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>

#include "events/check.h"

namespace ledger::tests {

class TempDir {
public:
    TempDir() {
        std::error_code ignored;
        std::filesystem::path base = std::filesystem::temp_directory_path(ignored);
        std::string name = (base.empty() ? "/tmp" : base.string()) + "/ledger-test-XXXXXX";
        LEDGER_CHECK(::mkdtemp(name.data()) != nullptr);
        path_ = name;
    }
    ~TempDir() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TempDir(const TempDir&) = delete;
    TempDir& operator=(const TempDir&) = delete;

    const std::filesystem::path& path() const { return path_; }
    std::string str() const { return path_.string(); }
    std::string operator/(const char* name) const { return (path_ / name).string(); }

private:
    std::filesystem::path path_;
};

}  // namespace ledger::tests
