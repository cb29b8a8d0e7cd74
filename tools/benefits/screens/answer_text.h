// One answer a line, as `benefits submit` and `benefits receipt` give it: what applies and nothing
// else, in this order: line, id, partner, outcome, partition, seq, version, position, code, rule,
// reason, values, earliest.
#pragma once

#include <cstdint>
#include <string>

#include "aggregates/answer.h"
#include "tools/benefits/cli/exit_code.h"
#include "tools/benefits/cli/json_text.h"

namespace ledger::tools {

// What the answer answers; what is empty or 0 is left out.
struct Asked {
    std::uint64_t line = 0;  // of the input, from 1
    std::string id;
    std::string partner;
};

// Why it was refused, or there is nothing to do, in the language asked for; else why it has failed.
std::string reason_of(const Answer& answer);

// What a sentence names, as a JSON object: numbers as such, roles as a list, all else as texts.
std::string values_json(const Said& said);

// For one with more to say.
JsonObject answer_object(const Asked& asked, const Answer& answer);

// With its end of line.
std::string answer_line(const Asked& asked, const Answer& answer);

// A line of the input that never became a command.
Answer broken_line(std::string reason);
inline constexpr const char* kBrokenLineCode = "command.invalid";

// What one answer means for how the tool ends.
ExitCode exit_code_of(Outcome outcome);

}  // namespace ledger::tools
