// Notices on their way from librdkafka's threads to the log's owner.
#pragma once

#include <functional>
#include <mutex>
#include <utility>
#include <vector>

#include "events/log/log.h"

namespace ledger::log::kafka {

// Any thread may put; one takes. Bounded by what is asked for: an answer for each question, one
// doubt for each partition, and the last word about the log as a whole.
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
            if (is_of_all(notices.front()))
                std::erase_if(notices_, [](const Notice& one) { return is_of_all(one); });
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
    static bool is_of_all(const Notice& notice) {
        return notice.kind == Notice::Kind::unfit || notice.kind == Notice::Kind::gone ||
               notice.kind == Notice::Kind::fit;
    }

    std::mutex mutex_;
    std::vector<Notice> notices_;
    std::function<void()> wake_;
};

}  // namespace ledger::log::kafka
