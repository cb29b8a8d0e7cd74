// One answer a line, as `benefits submit` and `benefits receipt` give it, and what an answer means
// for how the tool ends.
#pragma once

#include <cstdint>
#include <string>

#include "aggregates/answer.h"
#include "command_answer_generated.h"
#include "tools/benefits/cli/exit_code.h"

namespace ledger::tools {

// What the answer answers; what is empty or 0 is left out.
struct Asked {
    std::uint64_t line = 0;  // of the input, from 1
    std::string id;
    std::string partner;
};

// Why it was refused, or there is nothing to do, in the language asked for; else why it has failed.
std::string reason_of(const Answer& answer);

// Without an event.
fb::CommandAnswerT command_answer(const Asked& asked, const Answer& answer);

// With its end of line.
std::string answer_line(const Asked& asked, const Answer& answer);

// A line of the input that never became a command.
Answer broken_line(std::string reason);
inline constexpr const char* kBrokenLineCode = "command.invalid";

// What one answer means for how the tool ends.
ExitCode exit_code_of(Outcome outcome);

}  // namespace ledger::tools
