#include "tools/benefits/questions/attempts.h"

#include <algorithm>
#include <utility>

#include "aggregates/answer_of.h"
#include "aggregates/gate.h"
#include "aggregates/possible/every.h"
#include "consumers/wall_clock.h"
#include "screen_words_generated.h"
#include "tools/benefits/asking/ledger_clock.h"

namespace ledger::tools {
namespace {

constexpr std::string_view kReason = "tried by benefits can";

// Of a command that the system makes: who asks is told to the rules beside it.
possible::Envelope envelope_of(const PartnerState& state) {
    possible::Envelope envelope;
    envelope.id = envelope.actor = "benefits-can";
    envelope.partner = state.partner;
    envelope.actor_kind = fb::ActorKind::system;
    envelope.reason = kReason;
    envelope.corrects = state.version;
    return envelope;
}

std::string value_told(const possible::Chosen& chosen) {
    if (chosen.value == possible::kTheNextOne) return words::the_next_one();
    if (chosen.field->choices.empty()) return chosen.value;
    return value_name(chosen.field->choices_of, chosen.value);
}

std::string told(const std::vector<possible::Chosen>& chosen) {
    std::string all;
    for (const possible::Chosen& each : chosen)
        all +=
            (all.empty() ? "" : ", ") + plain_field_name(each.field->name) + " " + value_told(each);
    return all;
}

AttemptBody body_of(const possible::Every::One& one) {
    fb::CommandT command;
    fb::GetCommand(one.command.data())->UnPackTo(&command);
    return {std::move(command.body), told(one.chosen)};
}

// The same command of another actor.
Bytes command_of(fb::CommandT& command, const Asker& asker) {
    command.actor->kind = asker.kind;
    command.actor->id = asker.ids.front();
    flatbuffers::FlatBufferBuilder builder;
    fb::FinishCommandBuffer(builder, fb::CreateCommand(builder, &command));
    return Bytes(builder.GetBufferPointer(), builder.GetBufferPointer() + builder.GetSize());
}

// Higher is better.
int rank(const Ruling& ruling) {
    if (const auto* refusal = std::get_if<Refusal>(&ruling.says))
        return static_cast<int>(refusal->code);
    return std::holds_alternative<Nothing>(ruling.says) ? 999 : 1'000;
}

Tried tried_of(const AttemptBody& body, Answer answer) {
    Tried tried;
    tried.body = body;
    tried.outcome = answer.outcome;
    tried.code = std::move(answer.code);
    tried.rule = std::move(answer.rule);
    tried.said = std::move(answer.said);
    tried.earliest = answer.earliest;
    return tried;
}

// One for each answer, the best first; each says who gets it.
std::vector<Tried> try_body(const Bytes& packed, const AttemptBody& body, const Snapshot& now,
                            const std::vector<Asker>& askers) {
    const Time moment = ledger_time(now.ledger, wall_clock(), start_of(now.day));
    const Standing standing{.ledger = now.ledger, .partner = &now.state};
    fb::CommandT command;
    fb::GetCommand(packed.data())->UnPackTo(&command);
    std::vector<std::pair<int, Tried>> ranked;
    for (const Asker& asker : askers) {
        const Bytes asked = command_of(command, asker);
        const Ruling ruling = answer_of(standing, *fb::GetCommand(asked.data()), Id128{}, moment);
        Tried tried = tried_of(body, answer_from(ruling));
        auto same = std::find_if(ranked.begin(), ranked.end(), [&](const auto& known) {
            return known.first == rank(ruling) && known.second.said == tried.said;
        });
        if (same == ranked.end())
            same = ranked.insert(ranked.end(), {rank(ruling), std::move(tried)});
        same->second.by.insert(same->second.by.end(), asker.ids.begin(), asker.ids.end());
    }
    std::stable_sort(ranked.begin(), ranked.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<Tried> all;
    all.reserve(ranked.size());
    for (auto& [rank, tried] : ranked) all.push_back(std::move(tried));
    all.front().best = true;
    return all;
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
    const possible::Standing standing{now.state, now.ledger,
                                      ledger_time(now.ledger, wall_clock(), start_of(now.day))};
    possible::Every every = possible::every_command(type, standing, envelope_of(now.state));
    CommandTried result;
    result.command = command.name;
    result.more = every.more;
    result.missing = std::move(every.missing);
    for (const possible::Every::One& one : every.commands) {
        const AttemptBody body = body_of(one);
        for (Tried& tried : try_body(one.command, body, now, askers))
            result.tried.push_back(std::move(tried));
    }
    std::stable_sort(result.tried.begin(), result.tried.end(),
                     [](const Tried& a, const Tried& b) { return order_of(a) < order_of(b); });
    return result;
}

CommandTried in_short(CommandTried tried) {
    std::vector<Tried> all = std::move(tried.tried);
    tried.tried.clear();
    std::erase_if(all, [](const Tried& each) { return !each.best; });
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
