// What the rules would say to a command now: every sensible body of it
// (aggregates/possible/every.h), by everybody who might send it, given to answer_of as the writer
// gives it. Nothing is written, and no data key is made: personal texts are stand-ins.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "aggregates/answer.h"
#include "events/json/schema.h"
#include "tools/benefits/asking/partner_query.h"

namespace ledger::tools {

// A body that is tried.
struct AttemptBody {
    fb::CommandBodyUnion whole;
    // For people, what of it came from the state: "order ap-1, seat 1 (kim), person lee"
    std::string words;
};

// Who might ask: users that hold the same roles count as one.
struct Asker {
    fb::ActorKind kind{};
    std::vector<std::string> ids;
};

// Every group of the partner's users, support staff and the system.
std::vector<Asker> askers_of(const PartnerState& state);
// One user; or "support", "system" or "auditor", where no user has that name.
Asker asker_named(const PartnerState& state, const std::string& name);

// One answer to one body, and who gets it.
struct Tried {
    AttemptBody body;
    Outcome outcome = Outcome::refused;
    // That anybody gets for this body: accepted before nothing to do before the refusal that is
    // checked last.
    bool best = false;
    std::vector<std::string> by;
    std::string code;          // of a refusal, or of what there is nothing to do for
    std::string rule;          // of a refusal
    std::optional<Said> said;  // what is to be said of either
    std::optional<Date> earliest;
    std::size_t alike = 1;  // bodies with this answer, this one among them
};

struct CommandTried {
    std::string command;
    std::vector<Tried> tried;
    bool more = false;    // there were too many sensible bodies to try them all
    std::string missing;  // nothing was tried: the partner has no such thing to try it on
};

CommandTried try_command(const json::Choice& command, const Snapshot& now,
                         const std::vector<Asker>& askers);

// Of each body the best answer. One for each of these, the accepted ones first; of the refusals,
// where anything was accepted, only those that a date will end.
CommandTried in_short(CommandTried tried);

// The partner's commands of the schema, without the ledger's own.
std::vector<const json::Choice*> partner_commands();

}  // namespace ledger::tools
