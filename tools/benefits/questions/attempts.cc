#include "tools/benefits/questions/attempts.h"

#include <algorithm>

#include "aggregates/gate.h"
#include "consumers/wall_clock.h"
#include "events/json/decode.h"
#include "events/json/expect.h"
#include "tools/benefits/asking/ledger_clock.h"
#include "tools/benefits/cli/json_text.h"

namespace ledger::tools {
namespace {

constexpr std::string_view kReason = "tried by benefits can";
// As many bytes as a sealed text of an ordinary name takes.
constexpr std::size_t kSealedBytes = 100;

// Error: the schema wants what attempt_bodies can't make up.
Result<Bytes> command_of(const json::Choice& type, const AttemptBody& body,
                         const PartnerState& state) {
    JsonObject command;
    command.text("id", "benefits-can").text("partner", state.partner);
    command.json("actor", JsonObject().text("kind", "system").text("id", "benefits-can").line());
    command.text("reason", kReason).number("corrects", state.version);
    command.text("type", type.name).json("body", body.json);
    const json::SealText stand_in = [](std::string_view, std::string_view,
                                       std::string_view) -> Result<Bytes> {
        return Bytes(kSealedBytes);
    };
    return json::command_from_json(command.line(), stand_in);
}

// Higher is better.
int rank(const Decision& decision) {
    if (std::holds_alternative<Accepted>(decision)) return 1'000;
    if (std::holds_alternative<Nothing>(decision)) return 999;
    return static_cast<int>(std::get<Refusal>(decision).code);
}

// The moment at which a command would be decided now.
Time moment_of(const Snapshot& now) {
    if (now.ledger.sandbox) return start_of(now.day);
    return std::max(wall_clock(), start_of(now.day));
}

Decision decide_for(const Asker& asker, const fb::Command& command, const Snapshot& now) {
    const Context context{moment_of(now),
                          now.day,
                          asker.kind,
                          asker.ids.front(),
                          policy_on(now.ledger, now.day),
                          catalogue_on(now.ledger, now.day),
                          {},
                          kReason,
                          now.state.version};
    return decide(now.state, command, context);
}

void take(Tried& tried, const Decision& decision) {
    if (std::holds_alternative<Accepted>(decision)) tried.outcome = Outcome::accepted;
    if (const auto* nothing = std::get_if<Nothing>(&decision)) {
        tried.outcome = Outcome::nothing;
        tried.reason = nothing->reason;
    }
    if (const auto* refusal = std::get_if<Refusal>(&decision)) {
        tried.outcome = Outcome::refused;
        tried.code = refusal->text();
        tried.rule = refusal->rule;
        tried.reason = refusal->reason;
        tried.earliest = refusal->earliest;
    }
}

Tried try_body(const fb::Command& command, const AttemptBody& body, const Snapshot& now,
               const std::vector<Asker>& askers) {
    Tried tried;
    tried.body = body;
    int best = -1;
    for (const Asker& asker : askers) {
        const Decision decision = decide_for(asker, command, now);
        if (rank(decision) < best) continue;
        if (rank(decision) > best) {
            best = rank(decision);
            tried.by.clear();
            take(tried, decision);
        }
        if (tried.outcome != Outcome::refused)
            tried.by.insert(tried.by.end(), asker.ids.begin(), asker.ids.end());
    }
    return tried;
}

// What tells one answer from another.
bool alike(const Tried& a, const Tried& b) {
    return a.outcome == b.outcome && a.code == b.code && a.by == b.by &&
           a.earliest.has_value() == b.earliest.has_value();
}

int order_of(const Tried& tried) {
    switch (tried.outcome) {
        case Outcome::accepted:
            return 0;
        case Outcome::nothing:
            return 1;
        case Outcome::refused:
        case Outcome::failed:
        case Outcome::unknown:
            return 2;
    }
    return 2;
}

}  // namespace

std::vector<Asker> askers_of(const PartnerState& state) {
    std::vector<Asker> askers;
    std::vector<const fb::UserT*> firsts;
    for (const fb::UserT& user : state.users) {
        const auto same = std::find_if(firsts.begin(), firsts.end(), [&](const fb::UserT* first) {
            return first->roles == user.roles && first->may_sign == user.may_sign;
        });
        if (same == firsts.end()) {
            firsts.push_back(&user);
            askers.push_back({fb::ActorKind::user, {user.id}});
        } else {
            askers[static_cast<std::size_t>(same - firsts.begin())].ids.push_back(user.id);
        }
    }
    askers.push_back({fb::ActorKind::support, {"support"}});
    askers.push_back({fb::ActorKind::system, {"system"}});
    return askers;
}

Asker asker_named(const PartnerState& state, const std::string& name) {
    if (!find_user(state, name))
        for (const fb::ActorKind kind : fb::EnumValuesActorKind())
            if (kind != fb::ActorKind::user && name == fb::EnumNameActorKind(kind))
                return {kind, {name}};
    return {fb::ActorKind::user, {name}};
}

CommandTried try_command(const json::Choice& command, const Snapshot& now,
                         const std::vector<Asker>& askers) {
    const auto type = static_cast<fb::CommandBody>(command.value);
    AttemptBodies bodies =
        attempt_bodies(type, *command.table, now.state, catalogue_on(now.ledger, now.day));
    CommandTried result;
    result.command = command.name;
    result.more = bodies.more;
    result.missing = std::move(bodies.missing);
    for (const AttemptBody& body : bodies.bodies) {
        const auto bytes = command_of(command, body, now.state);
        if (bytes)
            result.tried.push_back(try_body(*fb::GetCommand(bytes->data()), body, now, askers));
        else
            result.missing = bytes.error().message;
    }
    std::stable_sort(result.tried.begin(), result.tried.end(),
                     [](const Tried& a, const Tried& b) { return order_of(a) < order_of(b); });
    return result;
}

CommandTried in_short(CommandTried tried) {
    std::vector<Tried> all = std::move(tried.tried);
    tried.tried.clear();
    for (Tried& each : all) {
        const auto same = std::find_if(tried.tried.begin(), tried.tried.end(),
                                       [&](const Tried& kept) { return alike(kept, each); });
        if (same == tried.tried.end()) {
            tried.tried.push_back(std::move(each));
            continue;
        }
        ++same->alike;
        if (each.earliest && *each.earliest < *same->earliest) {
            each.alike = same->alike;
            *same = std::move(each);
        }
    }
    if (tried.tried.empty() || tried.tried.front().outcome != Outcome::accepted) return tried;
    std::erase_if(tried.tried, [](const Tried& each) {
        return each.outcome != Outcome::accepted && !each.earliest;
    });
    return tried;
}

std::vector<const json::Choice*> partner_commands() {
    std::vector<const json::Choice*> commands;
    for (const json::Choice& choice : json::table_named("Command").field("body")->choices)
        if (!is_ledger_command(static_cast<fb::CommandBody>(choice.value)))
            commands.push_back(&choice);
    return commands;
}

}  // namespace ledger::tools
