// Stands last in the program: asks which sentences its scenarios have met.
#include "tests/support/catch.h"
#include "tests/support/rules.h"

using namespace ledger;
using namespace ledger::rules;

TEST_CASE("Every sentence of a refusal, and of what there is nothing to do for, has a rule test",
          "[LED-05][coverage]") {
    std::string missing;
    for (const SentenceRow& row : sentence_rows()) {
        if (row.kind == SentenceKind::tells) continue;
        // What the writer knows, receipts and no events of the ledger's own: tests/aggregates meets
        // these.
        if (row.sentence == Sentence::command_id_reused) continue;
        if (row.sentence == Sentence::version_conflict) continue;
        if (!sentences_met().count(row.sentence)) missing += std::string(row.key) + " ";
    }
    INFO("run with all tests of this program; not met: " << missing);
    CHECK(missing.empty());
}
