// A command from the values of its body: packed as the codec packs what callers send.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "command_generated.h"
#include "events/bytes.h"
#include "events/date.h"
#include "events/json/build.h"

namespace ledger::possible {

// What stands in a command beside its body; empty or 0 is left out.
struct Envelope {
    std::string id;
    std::string partner;
    fb::ActorKind actor_kind{};
    std::string actor;
    std::string reason;
    std::string correlation;
    std::uint64_t corrects = 0;
    std::optional<std::uint64_t> expected_version;
    std::optional<Time> not_after;
};

// The commands of the schema, each with its table.
const std::vector<json::Choice>& commands();
const json::Choice& command_named(fb::CommandBody type);

// The bytes of table Command, verified. The seal must not fail.
Bytes packed(const Envelope& envelope, const json::Choice& type, std::vector<json::Value> body,
             const json::SealText& seal);

}  // namespace ledger::possible
