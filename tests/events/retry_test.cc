#include "events/retry.h"

#include "tests/support/catch.h"

namespace ledger {

TEST_CASE("The pauses of a retry double up to a bound, and each is counted") {
    using namespace std::chrono_literals;
    const auto count = [] { return retry_counts()[static_cast<std::size_t>(Retry::genesis)]; };
    const std::uint64_t before = count();
    RetryPause pause(Retry::genesis, 10ms, 50ms);
    for (const auto expected : {10ms, 20ms, 40ms, 50ms, 50ms}) CHECK(pause.next() == expected);
    pause.reset();
    CHECK(pause.next() == 10ms);
    CHECK(count() == before + 6);
}

}  // namespace ledger
