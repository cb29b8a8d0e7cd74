// What a sentence names, as values for programs: numbers as such, roles as a list, all else as texts.
#pragma once

#include <vector>

#include "aggregates/sentence.h"
#include "answer_generated.h"

namespace ledger::answers {

std::vector<fb::SaidPartT> said_parts(const Said& said);

}  // namespace ledger::answers
