// How events and rules are told in answers that carry sentences: given by whoever asks, in the
// language that is wanted.
#pragma once

#include <functional>
#include <string>

#include "record_generated.h"
#include "state_generated.h"

namespace ledger::answers {

struct Words {
    std::function<std::string(const fb::RefusalRow& refusal)> of_refusal;  // why
    std::function<std::string(const fb::Body& body)> of_event;
};

}  // namespace ledger::answers
