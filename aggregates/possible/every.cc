#include "aggregates/possible/every.h"

#include "aggregates/possible/stand_in.h"

namespace ledger::possible {
namespace {

using json::Field;

// A body that is being filled, and what its fields have named so far.
struct Partial {
    std::vector<json::Value> body;
    std::vector<Chosen> chosen;
    Named named;
};

class Filler {
public:
    Filler(fb::CommandBody type, const Standing& standing) : choices_(standing, type, texts_) {}

    // All longer by that field; empty: the partner has nothing for it.
    std::vector<Partial> longer(const std::vector<Partial>& partials, const Field& field,
                                bool& more) {
        std::vector<Partial> next;
        for (const Partial& partial : partials)
            for (const Choice& choice : sensible(field, partial.named, false)) {
                if (next.size() == kEveryMax) {
                    more = true;
                    return next;
                }
                Partial& longer = next.emplace_back(partial);
                if (choice.value) longer.body.push_back(*choice.value);
                if (!choice.words.empty()) longer.chosen.push_back({&field, choice.words});
                longer.named = longer.named.with(choice.names);
            }
        return next;
    }

private:
    // Inside a table something must stand, sensible or not: a SKU that is published names none.
    std::vector<Choice> sensible(const Field& field, const Named& named, bool inside_table) {
        Offered offered = choices_.of(field, named, false);
        if (inside_table && offered.sensible.empty())
            offered.sensible =
                offered.others.empty() ? std::move(offered.wrong) : std::move(offered.others);
        if (field.kind != json::Kind::table || !offered.sensible.empty())
            return std::move(offered.sensible);
        json::Value value;
        value.field = &field;
        Named inside = named;
        inside.inside = field.name;
        if (field.list) value.parts.emplace_back().field = &field;
        (field.list ? value.parts.front() : value).parts = table(*field.table, inside);
        return {{std::move(value), {}, {}}};
    }

    // One of it.
    std::vector<json::Value> table(const json::Table& table, Named named) {
        std::vector<json::Value> parts;
        for (const Field& field : table.fields) {
            if (field.unsent) continue;
            std::vector<Choice> choices = sensible(field, named, true);
            if (!choices.front().value) continue;
            if (field.name == "id") named.id = choices.front().value->text;
            parts.push_back(*std::move(choices.front().value));
        }
        return parts;
    }

    Texts texts_;
    Choices choices_;
};

}  // namespace

Every every_command(fb::CommandBody type, const Standing& standing, const Envelope& envelope) {
    Every every;
    const json::Choice& command = command_named(type);
    Filler filler(type, standing);
    std::vector<Partial> partials(1);
    for (const Field& field : command.table->fields) {
        partials = filler.longer(partials, field, every.more);
        if (!partials.empty()) continue;
        every.missing = field.name;
        return every;
    }
    for (Partial& partial : partials)
        every.commands.push_back(
            {packed(envelope, command, std::move(partial.body), stand_in_seal()),
             std::move(partial.chosen)});
    return every;
}

}  // namespace ledger::possible
