#include "consumers/tried_again.h"

#include <fstream>

#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

namespace ledger::tests {

TEST_CASE("What was tried again is summed up over writers and runs, by name") {
    const TempDir folder;
    const auto none = read_tried_again(folder.str());
    REQUIRE(none.ok());
    for (const auto& [name, count] : *none) CHECK(count == 0);

    WriterCounts one, other;
    one.doubts = 3;
    one.claims_sent = 5;
    one.terms = 4;
    other.doubts = 4;
    RetryCounts process{};
    process[static_cast<std::size_t>(Retry::producer)] = 2;
    const TriedAgain run = tried_again({one, other}, process);
    REQUIRE(write_tried_again(folder.str(), sum_of(*none, run)).ok());
    const auto first = read_tried_again(folder.str());
    REQUIRE(first.ok());
    CHECK(*first == run);
    REQUIRE(write_tried_again(folder.str(), sum_of(*first, run)).ok());
    const auto both = read_tried_again(folder.str());
    REQUIRE(both.ok());
    for (const auto& [name, count] : *both) {
        INFO(name);
        CHECK(count == (name == "doubts"           ? 14U
                        : name == "claims_in_vain" ? 2U
                        : name == "producers_made" ? 4U
                                                   : 0U));
    }
}

TEST_CASE("Counts of another version, or what is no count at all, stop nobody") {
    const TempDir folder;
    std::ofstream(folder / "retries") << "sideways 9\ndoubts 7\nsuperseded many\n\x01\x02";
    const auto counts = read_tried_again(folder.str());
    REQUIRE(counts.ok());
    for (const auto& [name, count] : *counts) CHECK(count == (name == "doubts" ? 7U : 0U));
}

}  // namespace ledger::tests
