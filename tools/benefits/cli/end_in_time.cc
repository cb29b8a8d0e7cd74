#include "tools/benefits/cli/end_in_time.h"

#include <cstdlib>
#include <string>

#include "tools/benefits/cli/line_reader.h"
#include "tools/benefits/cli/output.h"

namespace ledger::tools {
namespace {

// A signal wakes nobody: it is looked for so often.
constexpr std::chrono::milliseconds kSignalLook{100};

}  // namespace

EndInTime::EndInTime(ExitCode code) : code_(code), watching_([this] { watch(); }) {}

EndInTime::~EndInTime() {
    {
        const std::lock_guard lock(mutex_);
        ended_ = true;
        done_.notify_all();
    }
    watching_.join();
}

void EndInTime::begin(ExitCode code) {
    const std::lock_guard lock(mutex_);
    code_ = code;
    if (!until_) until_ = std::chrono::steady_clock::now() + kEndsWithin;
}

void EndInTime::watch() {
    std::unique_lock lock(mutex_);
    while (!done_.wait_for(lock, kSignalLook, [&] { return ended_; })) {
        const auto now = std::chrono::steady_clock::now();
        if (!until_ && was_told_to_stop()) until_ = now + kEndsWithin;
        if (!until_ || now < *until_) continue;
        say("benefits: a broker, a disk or the reader of the answers held up the end for " +
            std::to_string(kEndsWithin.count() / 1000) +
            " s; this process ended without waiting any longer, what was accepted stays as it is");
        std::_Exit(static_cast<int>(code_));
    }
}

}  // namespace ledger::tools
