#include "events/actions.h"

#include "actions_generated.h"
#include "events/check.h"

namespace ledger {
namespace {

template <typename Kind, typename Type>
const Kind& kind_among(std::span<const Kind> kinds, Type type) {
    for (const Kind& kind : kinds)
        if (kind.type == type) return kind;
    LEDGER_CHECK(false);
}

}  // namespace

std::span<const Area> areas() { return kAreas; }

std::span<const CommandKind> command_kinds() { return kCommandKinds; }

std::span<const EventKind> event_kinds() { return kEventKinds; }

const CommandKind& kind_of(fb::CommandBody type) { return kind_among(command_kinds(), type); }

const EventKind& kind_of(fb::Event type) { return kind_among(event_kinds(), type); }

}  // namespace ledger
