// Stands last in the program: asks which refusals its scenarios have met.
#include "tests/support/catch.h"
#include "tests/support/rules.h"

using namespace ledger;
using namespace ledger::rules;

TEST_CASE("Every refusal code has a rule test that meets it", "[LED-05][coverage]") {
    std::string missing;
    for (const RefusalKind& kind : kRefusalKinds) {
        // Receipts are the writer's: tests/aggregates meets this one.
        if (kind.code == RefusalCode::command_id_reused) continue;
        if (!refusals_met().count(kind.code)) missing += std::string(kind.text) + " ";
    }
    INFO("run with all tests of this program; not met: " << missing);
    CHECK(missing.empty());
}
