#include "aggregates/answer_of.h"

namespace ledger {
namespace {

Context context_of(const Standing& standing, const fb::Command& command, Time now) {
    const Date today = date_of(now);
    const Policies policies(standing.ledger.policies);
    return {
        .now = now,
        .today = today,
        .actor_kind = command.actor()->kind(),
        .actor_id = text_of(command.actor()->id()),
        .policy = policies.on(today),
        .policies = policies,
        .catalogue = catalogue_on(standing.ledger, today),
        .event_types = standing.event_types,
        .reason = text_of(command.reason()),
        .corrects = command.corrects(),
    };
}

// Every event says of which commands it is one: where nobody said so, of its own alone [LED-03].
std::string_view correlation_of(const fb::Command& command) {
    const std::string_view given = text_of(command.correlation_id());
    return given.empty() ? text_of(command.id()) : given;
}

// What the actor held; who registers a partner holds what the registration gives [ACC-01].
fb::Role actor_roles(const PartnerState& partner, const fb::EventUnion& event,
                     const Context& context) {
    if (const auto* registered = event.AsPartnerRegistered()) return registered->roles;
    return roles_of(partner, context.actor_kind, context.actor_id);
}

EntryHeader header_of(const Standing& standing, const fb::Command& command, Id128 fingerprint,
                      const fb::EventUnion& event, const Context& context) {
    EntryHeader header;
    header.partner = text_of(command.partner());
    header.version = standing.version() + 1;
    header.time_ms = context.now.milliseconds;
    header.command_id = text_of(command.id());
    header.fingerprint = fingerprint;
    header.correlation_id = correlation_of(command);
    header.causation_id = text_of(command.causation_id());
    header.corrects = command.corrects();
    header.actor_kind = context.actor_kind;
    header.actor_id = context.actor_id;
    if (standing.partner) header.actor_roles = actor_roles(*standing.partner, event, context);
    header.authentication = text_of(command.actor()->authentication());
    header.reason = context.reason;
    header.policy_version = context.policy.version;
    header.catalogue_version = context.catalogue.version;
    return header;
}

// The same id again [LED-02]: the same answer, or a refusal if the body is another.
Ruling ruling_on_known(const Standing& standing, std::string_view id, Id128 fingerprint) {
    if (standing.known->fingerprint == fingerprint) return {standing.version(), *standing.known};
    return {standing.version(), refuse(say::CommandIdReused{.id = id})};
}

}  // namespace

Ruling answer_of(const Standing& standing, const fb::Command& command, Id128 fingerprint,
                 Time now) {
    if (standing.known) return ruling_on_known(standing, text_of(command.id()), fingerprint);
    const Context context = context_of(standing, command, now);
    Decision decision = standing.partner ? decide(*standing.partner, command, context)
                                         : decide(standing.ledger, command, context);
    if (auto* accepted = std::get_if<Accepted>(&decision))
        return {standing.version(),
                NewEntry{header_of(standing, command, fingerprint, accepted->event, context),
                         std::move(accepted->event)}};
    if (auto* nothing = std::get_if<Nothing>(&decision))
        return {standing.version(), std::move(*nothing)};
    return {standing.version(), std::move(std::get<Refusal>(decision))};
}

Answer answer_from(const Ruling& ruling) {
    Answer answer;
    answer.version = ruling.version;
    if (const auto* known = std::get_if<KnownCommand>(&ruling.says)) {
        answer.outcome = Outcome::accepted;
        answer.seq = known->seq;
        answer.version = known->version;
        answer.position = known->position;
    } else if (const auto* entry = std::get_if<NewEntry>(&ruling.says)) {
        answer.outcome = Outcome::accepted;
        answer.version = entry->header.version;
    } else if (const auto* nothing = std::get_if<Nothing>(&ruling.says)) {
        answer.outcome = Outcome::nothing;
        answer.code = nothing->said.row().code;
        answer.said = nothing->said;
    } else {
        const auto& refusal = std::get<Refusal>(ruling.says);
        answer.outcome = Outcome::refused;
        answer.code = refusal.text();
        answer.rule = refusal.rule;
        answer.said = refusal.said;
        answer.earliest = refusal.earliest;
    }
    return answer;
}

}  // namespace ledger
