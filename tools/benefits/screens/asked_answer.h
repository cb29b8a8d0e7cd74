// The answer to one command that was typed, told in a sentence for people and as JSON for programs.
#pragma once

#include <optional>
#include <string>

#include "aggregates/answer.h"
#include "events/record.h"
#include "tools/benefits/cli/output.h"
#include "tools/benefits/screens/answer_text.h"

namespace ledger::tools {

// The one event that the command came to, nothing of it unsealed.
struct ToldEvent {
    fb::EventUnion event;
    std::string words;  // "order ap-2020, seat 1, person kim"
};
ToldEvent told_event(const fb::Body& body);

struct AskedAnswer {
    Asked asked;
    Answer answer;
    std::optional<ToldEvent> event;  // of an accepted command
    bool dry_run = false;            // nothing was sent
};

// "Accepted: seat assigned: order ap-2020, ... Partner contoso stands at version 9 ..."
std::string answer_sentence(const AskedAnswer& told, const Screen& screen);

// What `benefits submit` gives for a line, with the event, and whether it was a dry run.
fb::CommandAnswerT answer_document(const AskedAnswer& told);

}  // namespace ledger::tools
