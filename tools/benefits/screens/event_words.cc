#include "tools/benefits/screens/event_words.h"

#include "events/actions.h"
#include "events/date.h"
#include "events/json/words.h"
#include "events/money.h"
#include "events/record.h"
#include "screen_words_generated.h"
#include "tools/benefits/screens/event_text.h"
#include "tools/benefits/screens/role_names.h"

namespace ledger::tools {
namespace {

std::string text(const flatbuffers::String* words) { return std::string(text_of(words)); }

std::string role_words(fb::ActorKind kind, fb::Role held) {
    const std::string roles = kind == fb::ActorKind::user ? names_of(held) : "";
    return roles.empty() ? named(kind) : roles;
}

std::string in_korean(const json::Field& field, const json::Choice& choice) {
    return value_name(field.choices_of, choice.name, Language::korean);
}

// The event's template and what tells its values.
std::string told(const EventKind& kind, const fb::Body& body, Language in) {
    const json::Table& type = json::table_named(kind.type_name);
    const auto* event = static_cast<const std::uint8_t*>(body.event());
    switch (in) {
        case Language::english:
            return json::in_words(type, event, kind.words, {money});
        case Language::korean:
            return json::in_words(type, event, kind.words_ko, {money, in_korean});
    }
    return {};
}

}  // namespace

std::string event_words(const fb::Body& body, const json::Style& style, Language in) {
    const EventKind& kind = kind_of(body.event_type());
    return kind.words.empty() ? event_in_words(body, style, in) : told(kind, body, in);
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
