// The machine's wall clock. Commands are judged by the ledger's clock, which is made of it
// (consumers/clock_guard.h); by itself it is for what people read.
#pragma once

#include <chrono>

#include "events/date.h"

namespace ledger {

inline Time wall_clock() {
    using namespace std::chrono;
    return Time{duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count()};
}

}  // namespace ledger
