#include "events/store/store_log.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdarg>
#include <cstdio>
#include <mutex>

#include "events/date.h"

namespace ledger::store {
namespace {

constexpr std::size_t kLineMaxBytes = 2048;
constexpr off_t kFileMaxBytes = 1024 * 1024;

class StoreLog : public rocksdb::Logger {
public:
    explicit StoreLog(const std::string& place)
        : Logger(rocksdb::InfoLogLevel::WARN_LEVEL), path_(place + "/LOG") {}
    ~StoreLog() override {
        if (file_ >= 0) ::close(file_);
    }

    // All options, at every opening.
    void LogHeader(const char*, va_list) override {}

    using Logger::Logv;
    void Logv(const char* format, va_list values) override {
        std::array<char, kLineMaxBytes> text{};
        std::vsnprintf(text.data(), text.size(), format, values);
        const auto now = std::chrono::duration_cast<std::chrono::milliseconds>(
            std::chrono::system_clock::now().time_since_epoch());
        std::string line = to_string(Time{now.count()}) + " " + text.data();
        if (!line.ends_with('\n')) line += '\n';
        const std::lock_guard lock(mutex_);
        put_aside_when_large();
        if (file_ < 0)
            file_ = ::open(path_.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
        // What the disk doesn't take is left out: nobody waits for it.
        if (file_ >= 0) [[maybe_unused]]
            const auto written = ::write(file_, line.data(), line.size());
    }

private:
    void put_aside_when_large() {
        struct stat about {};
        if (file_ < 0 || ::fstat(file_, &about) != 0 || about.st_size < kFileMaxBytes) return;
        ::close(file_);
        file_ = -1;
        std::rename(path_.c_str(), (path_ + ".old").c_str());
    }

    const std::string path_;
    std::mutex mutex_;
    int file_ = -1;
};

}  // namespace

std::shared_ptr<rocksdb::Logger> make_store_log(const std::string& place) {
    return std::make_shared<StoreLog>(place);
}

}  // namespace ledger::store
