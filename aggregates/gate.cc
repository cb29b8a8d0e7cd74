#include "aggregates/gate.h"

#include <algorithm>

#include "events/record.h"

namespace ledger {
namespace {

// More names than this in one sentence help nobody.
constexpr std::uint64_t kNamedEventsMax = 20;
// How the ids begin that the ledger derives: of what falls due, of a merge, of an erasure.
constexpr std::string_view kReservedIds[] = {"due/", "merge/", "erase/"};

// What came in between, as far as it is known and short.
Refusal came_since(std::uint64_t expected, std::uint64_t version,
                   std::span<const fb::Event> types) {
    std::string names;
    const std::uint64_t known = std::min<std::uint64_t>(version, types.size());
    const std::uint64_t named = std::min(known, expected + kNamedEventsMax);
    for (std::uint64_t at = expected; at < named; ++at) {
        if (!names.empty()) names += ", ";
        names += fb::EnumNameEvent(types[at]);
        names += " (" + std::to_string(at + 1) + ")";
    }
    if (names.empty())
        return refuse(say::VersionConflict{.version = version, .expected = expected});
    if (named == version)
        return refuse(say::VersionConflictSince{
            .version = version, .expected = expected, .events = std::move(names)});
    return refuse(say::VersionConflictSinceMany{.version = version,
                                                .expected = expected,
                                                .events = std::move(names),
                                                .more = version - named});
}

}  // namespace

std::optional<Refusal> refuse_too_late(const fb::Command& command, const Context& context) {
    const auto not_after = command.not_after();
    if (!not_after || context.now.milliseconds <= *not_after) return std::nullopt;
    return refuse(say::CommandTooLate{});
}

std::optional<Refusal> refuse_wrong_scope(const fb::Command& command, bool ledger_scope) {
    const bool names_partner = !text_of(command.partner()).empty();
    if (is_ledger_command(command.body_type()) == ledger_scope && names_partner != ledger_scope)
        return std::nullopt;
    return refuse(say::CommandWrongScope{});
}

std::optional<Refusal> refuse_reserved_id(const fb::Command& command) {
    if (command.actor()->kind() == fb::ActorKind::system) return std::nullopt;
    const std::string_view id = text_of(command.id());
    const bool reserved = std::any_of(std::begin(kReservedIds), std::end(kReservedIds),
                                      [id](std::string_view kind) { return id.starts_with(kind); });
    if (!reserved) return std::nullopt;
    return refuse(say::CommandIdReserved{});
}

std::optional<Refusal> refuse_version_conflict(const fb::Command& command, std::uint64_t version,
                                               const Context& context) {
    const auto expected = command.expected_version();
    if (!expected || *expected == version) return std::nullopt;
    if (*expected > version)
        return refuse(say::VersionConflictNotReached{.version = version, .expected = *expected});
    return came_since(*expected, version, context.event_types);
}

std::optional<Refusal> refuse_unknown_correction(const fb::Command& command,
                                                 std::uint64_t version) {
    if (command.corrects() <= version) return std::nullopt;
    const std::uint64_t corrects = command.corrects();
    if (is_ledger_command(command.body_type()))
        return refuse(say::CorrectsUnknownEventLedger{.corrects = corrects, .version = version});
    return refuse(say::CorrectsUnknownEvent{.corrects = corrects, .version = version});
}

}  // namespace ledger
