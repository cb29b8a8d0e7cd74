// What happens, as text, when somebody wants to see it.
#pragma once

#include <cstdio>
#include <string>

#include "events/record.h"

namespace ledger::sim {

class Trace {
public:
    explicit Trace(bool on) : on_(on) {}
    explicit operator bool() const { return on_; }
    void say(std::uint64_t time, const std::string& text) const {
        if (on_) std::printf("%8llu  %s\n", static_cast<unsigned long long>(time), text.c_str());
    }

private:
    bool on_;
};

// "entry 3/7 partner p1 v4 c17": epoch and seq, partner, version, command.
std::string describe(const RecordView& record);

}  // namespace ledger::sim
