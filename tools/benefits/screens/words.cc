#include "tools/benefits/screens/words.h"

#include "tools/benefits/screens/event_words.h"
#include "tools/benefits/screens/rule_text.h"

namespace ledger::tools {
namespace {

std::vector<std::string> rule_ids(fb::Event event) {
    const auto rules = rules_of(event);
    return {rules.begin(), rules.end()};
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

answers::Words words_in_english(const json::Style& style) {
    answers::Words words;
    words.of_refusal = [](const fb::RefusalRow& row) { return row.reason()->str(); };
    words.of_event = [style](const fb::Body& body) { return event_words(body, style); };
    words.acted_as = acted_as;
    words.rules_of_event = rule_ids;
    words.rules_of_kind = rule_sentences;
    return words;
}

}  // namespace ledger::tools
