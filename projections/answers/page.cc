#include "projections/answers/page.h"

namespace ledger::answers {

bool fits(const Page& page, std::string_view type, fb::ActorKind kind, std::string_view actor) {
    if (!page.type.empty() && page.type != type) return false;
    return page.actor.empty() || page.actor == actor ||
           (kind != fb::ActorKind::user && page.actor == fb::EnumNameActorKind(kind));
}

}  // namespace ledger::answers
