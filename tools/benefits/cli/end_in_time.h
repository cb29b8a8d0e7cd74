// The process ends in time, whatever hangs: a broker's answer, a disk, a library's destructor, or
// who doesn't read the answers. kEndsWithin after it was told to stop, or after begin(),
// it ends with a sentence and the exit code that was given, and leaves the rest to the system.
// Nothing is lost by it: what was accepted stands in the log, as after any kill.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include "tools/benefits/cli/exit_code.h"

namespace ledger::tools {

// What everything that happens in good order fits into, and below what people and supervisors wait
// for: systemd kills after 90 s, Kubernetes after 30 s.
inline constexpr std::chrono::milliseconds kEndsWithin{13'000};

class EndInTime {
public:
    // `code`: should it be told to stop and hang.
    explicit EndInTime(ExitCode code);
    // It didn't hang.
    ~EndInTime();

    // All was done but ending; from now on the time counts.
    void begin(ExitCode code);

private:
    void watch();

    std::mutex mutex_;
    std::condition_variable done_;
    bool ended_ = false;
    ExitCode code_;
    std::optional<std::chrono::steady_clock::time_point> until_;
    std::thread watching_;
};

}  // namespace ledger::tools
