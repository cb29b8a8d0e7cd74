// An event as a person would tell it: what it did, and the facts that the rules go by. Events that
// have no words of their own are told field by field (event_text.h).
#pragma once

#include <string>

#include "events/json/encode.h"
#include "record_generated.h"
#include "tools/benefits/cli/language.h"

namespace ledger::tools {

std::string event_words(const fb::Body& body, const json::Style& style, Language in = language());

// Who, and as what: "global admin, admin agent", "support", "system".
std::string who_acted(const fb::Entry& entry);
std::string acted_as(const fb::Actor& actor);
std::string acted_as(const fb::ActorT& actor);

// "2020-09-01" of a sandbox ledger, whose days begin at midnight; "2020-09-01 10:31:02" otherwise.
std::string shown_time(std::int64_t milliseconds);

}  // namespace ledger::tools
