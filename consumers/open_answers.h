// Who waits for which answer: each call back by its ticket, which is used again once it is taken.
// One thread.
#pragma once

#include <functional>
#include <utility>
#include <vector>

#include "aggregates/writing/work.h"
#include "events/result.h"

namespace ledger {

class OpenAnswers {
public:
    using OnAnswer = std::function<void(const Answer&)>;

    Ticket put(OnAnswer on_answer) {
        if (free_.empty()) {
            free_.push_back(open_.size());
            open_.emplace_back();
        }
        const std::size_t slot = free_.back();
        free_.pop_back();
        open_[slot] = std::move(on_answer);
        return Ticket{slot};
    }

    OnAnswer take(Ticket ticket) {
        const auto slot = static_cast<std::size_t>(ticket);
        OnAnswer on_answer = std::exchange(open_[slot], nullptr);
        LEDGER_CHECK(on_answer);
        free_.push_back(slot);
        return on_answer;
    }

private:
    std::vector<OnAnswer> open_;
    std::vector<std::size_t> free_;
};

}  // namespace ledger
