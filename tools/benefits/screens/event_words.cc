#include "tools/benefits/screens/event_words.h"

#include "events/actions.h"
#include "events/date.h"
#include "events/json/words.h"
#include "events/money.h"
#include "events/record.h"
#include "tools/benefits/screens/days_text.h"
#include "tools/benefits/screens/event_text.h"
#include "tools/benefits/screens/role_names.h"

namespace ledger::tools {
namespace {

std::string text(const flatbuffers::String* words) { return std::string(text_of(words)); }

std::string role_words(fb::ActorKind kind, fb::Role held) {
    if (kind != fb::ActorKind::user) return fb::EnumNameActorKind(kind);
    const std::string roles = names_of(held);
    return roles.empty() ? "user" : spaced(roles);
}

}  // namespace

std::string event_words(const fb::Body& body, const json::Style& style) {
    const EventKind& kind = kind_of(body.event_type());
    if (kind.words.empty()) return event_in_words(body, style);
    return json::in_words(json::table_named(kind.type_name),
                          static_cast<const std::uint8_t*>(body.event()), kind.words, money);
}

std::string who_acted(const fb::Entry& entry) { return text(entry.actor()->id()); }

std::string acted_as(const fb::Actor& actor) { return role_words(actor.kind(), actor.roles()); }

std::string acted_as(const fb::ActorT& actor) { return role_words(actor.kind, actor.roles); }

std::string shown_time(std::int64_t milliseconds) {
    const Time time{milliseconds};
    const std::string date = to_string(date_of(time));
    return time == start_of(date_of(time)) ? date : date + " " + to_string(time).substr(11, 8);
}

}  // namespace ledger::tools
