// How events, rules and days are told in answers that carry sentences: given by whoever asks, in
// the language that is wanted.
#pragma once

#include <functional>
#include <string>

#include "aggregates/sentence.h"
#include "benefit_story_generated.h"
#include "record_generated.h"
#include "state_generated.h"

namespace ledger::answers {

struct Words {
    std::function<std::string(const fb::RefusalRow& refusal)> of_refusal;  // why
    std::function<std::string(const fb::Body& body)> of_event;
    std::function<std::string(const fb::BenefitNumbersT& before, const fb::BenefitNumbersT& after)>
        of_change;                                                    // of a benefit's numbers
    std::function<std::string(std::uint64_t version)> of_correction;  // the version that is mended
    std::function<std::string(const Said& told)> of_said;             // a rule, a day that comes
};

}  // namespace ledger::answers
