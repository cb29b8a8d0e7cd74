#include "tools/benefits/screens/words.h"

#include "projections/refusals.h"
#include "tools/benefits/cli/language.h"
#include "tools/benefits/screens/event_words.h"

namespace ledger::tools {
namespace {

// Of a sentence that another version of this program made, its key.
std::string reason_of(const fb::RefusalRow& row) {
    const auto said = views::said_in(row);
    return said ? sentence_of(*said, language()) : row.said()->str();
}

}  // namespace

answers::Words words_for_people(const json::Style& style) {
    answers::Words words;
    words.of_refusal = reason_of;
    words.of_event = [style](const fb::Body& body) { return event_words(body, style); };
    return words;
}

}  // namespace ledger::tools
