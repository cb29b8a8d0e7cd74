// What every Log must do, whatever it stands on: one check for each sentence of events/log/log.h
// and events/log/genesis.h. An adapter's test gives a fixture and runs them all.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "events/log/log.h"

namespace ledger::tests {

// How the suite gets at an adapter. The logs it hands out are destroyed before the next call of
// fresh() or reopen().
class LogFixture {
public:
    virtual ~LogFixture() = default;
    // A new, empty log.
    virtual std::unique_ptr<log::Log> fresh(std::uint32_t partitions) = 0;
    // The log made last, opened again; no other handle on it is alive.
    virtual std::unique_ptr<log::Log> reopen() = 0;
    // One more handle on the log made last, while others live, as another process would have it;
    // null where the adapter allows one only.
    virtual std::unique_ptr<log::Log> another() = 0;
};

struct LogRule {
    const char* name;
    void (*check)(LogFixture&);
};

std::span<const LogRule> log_contract();

// Runs every rule in a section of its own. Call it from a TEST_CASE.
void run_log_contract(LogFixture& fixture);

}  // namespace ledger::tests
