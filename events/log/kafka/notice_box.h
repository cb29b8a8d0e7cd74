// Notices on their way from librdkafka's threads to the log's owner.
#pragma once

#include <functional>
#include <mutex>
#include <utility>
#include <vector>

#include "events/log/log.h"

namespace ledger::log::kafka {

// Any thread may put; one takes. Bounded by what is asked for: an answer for each question and one
// doubt for each partition.
class NoticeBox {
public:
    void on_notice(std::function<void()> wake) {
        const std::lock_guard lock(mutex_);
        wake_ = std::move(wake);
    }

    void put(std::vector<Notice> notices) {
        if (notices.empty()) return;
        std::function<void()> wake;
        {
            const std::lock_guard lock(mutex_);
            notices_.insert(notices_.end(), std::make_move_iterator(notices.begin()),
                            std::make_move_iterator(notices.end()));
            wake = wake_;
        }
        if (wake) wake();
    }

    void take(std::vector<Notice>& out) {
        const std::lock_guard lock(mutex_);
        out.insert(out.end(), std::make_move_iterator(notices_.begin()),
                   std::make_move_iterator(notices_.end()));
        notices_.clear();
    }

private:
    std::mutex mutex_;
    std::vector<Notice> notices_;
    std::function<void()> wake_;
};

}  // namespace ledger::log::kafka
