#include "tools/benefits/screens/words.h"

#include "projections/refusals.h"
#include "tools/benefits/cli/language.h"
#include "tools/benefits/screens/event_words.h"
#include "tools/benefits/screens/rule_text.h"

namespace ledger::tools {
namespace {

// Of a sentence that another version of this program made, its key.
std::string reason_of(const fb::RefusalRow& row) {
    const auto said = views::said_in(row);
    return said ? sentence_of(*said, language()) : row.said()->str();
}

std::vector<fb::RuleSentenceT> rule_sentences(fb::BenefitKind kind,
                                              const fb::PolicyVersionT& policy) {
    std::vector<fb::RuleSentenceT> sentences;
    for (RuleText& rule : rules_of(kind, policy)) {
        fb::RuleSentenceT& sentence = sentences.emplace_back();
        sentence.id = rule.id;
        sentence.sentence = std::move(rule.sentence);
    }
    return sentences;
}

}  // namespace

answers::Words words_for_people(const json::Style& style) {
    answers::Words words;
    words.of_refusal = reason_of;
    words.of_event = [style](const fb::Body& body) { return event_words(body, style); };
    words.acted_as = acted_as;
    words.rules_of_kind = rule_sentences;
    return words;
}

}  // namespace ledger::tools
