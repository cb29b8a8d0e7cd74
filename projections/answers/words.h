// How events and rules are told in answers that carry sentences: given by whoever asks, in the
// language that is wanted.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "benefit_story_generated.h"
#include "policy_generated.h"
#include "record_generated.h"
#include "state_generated.h"

namespace ledger::answers {

struct Words {
    std::function<std::string(const fb::RefusalRow& refusal)> of_refusal;  // why
    std::function<std::string(const fb::Body& body)> of_event;
    std::function<std::string(const fb::Entry& entry)> acted_as;  // "global admin", "support"
    std::function<std::vector<fb::RuleSentenceT>(fb::BenefitKind kind,
                                                 const fb::PolicyVersionT& policy)>
        rules_of_kind;
};

}  // namespace ledger::answers
