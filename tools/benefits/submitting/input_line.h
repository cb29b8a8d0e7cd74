// What one line of the input comes to: a command, a move of a sandbox ledger's clock, or a fault
// with its place.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "events/bytes.h"
#include "events/date.h"
#include "events/json/decode.h"
#include "events/seal.h"
#include "tools/benefits/cli/line_reader.h"
#include "tools/benefits/screens/answer_text.h"

namespace ledger::tools {

struct InputLine {
    Asked asked;                // also of a broken line, as far as it can be read
    std::optional<Date> clock;  // {"clock": "2021-02-01"}
    fb::Cards cards{};          // {"clock": "2021-02-01", "cards": "fail"}
    bool moves_clock = false;   // it moves the clock, or was meant to
    Bytes command;              // a packed and verified command
    std::optional<Answer> fault;
    // The fault is that the key store didn't answer, and may later.
    std::optional<Error> no_keys_yet;
    std::chrono::milliseconds waited{0};  // for its keys, or for those of lines before it
};

// A line whose texts can't be sealed.
inline constexpr const char* kNoKeysCode = "keys.unavailable";

// `name` is the input's, as it stands before the line's number: "c.jsonl:17: body.quantity:
// expected ...".
InputLine read_input_line(const Line& line, const std::string& name, const json::SealText& seal);
InputLine read_input_line(const Line& line, const std::string& name, Sealer& sealer);

}  // namespace ledger::tools
