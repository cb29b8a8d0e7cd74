#include "aggregates/sentence.h"

#include <algorithm>

#include "events/check.h"
#include "refusals_generated.h"

namespace ledger {
namespace {

// The key itself of a word that there isn't.
std::string_view word_in(std::string_view key, Language language) {
    for (const WordRow& word : kWords)
        if (word.key == key) return said_in(word.said, language);
    return key;
}

// "global_admin,partner_admin" -> "global_admin or partner_admin"
std::string roles_in(std::string_view roles, Language language) {
    std::string out;
    while (!roles.empty()) {
        const std::size_t end = std::min(roles.find(','), roles.size());
        if (!out.empty()) out.append(" ").append(word_in("between-roles", language)).append(" ");
        out += word_in("role." + std::string(roles.substr(0, end)), language);
        roles.remove_prefix(std::min(end + 1, roles.size()));
    }
    return out;
}

// "1:kim,2:" -> "1 (kim), 2 (nobody)"
std::string seats_in(std::string_view seats, Language language) {
    std::string out;
    while (!seats.empty()) {
        const std::string_view seat = seats.substr(0, seats.find(','));
        const std::size_t colon = seat.find(':');
        const std::string_view person = seat.substr(colon + 1);
        out.append(out.empty() ? "" : ", ").append(seat.substr(0, colon)).append(" (");
        out.append(person.empty() ? word_in("nobody", language) : person).append(")");
        seats.remove_prefix(std::min(seat.size() + 1, seats.size()));
    }
    return out;
}

std::string value_in(const NamedValue& value, ValueKind kind, Language language) {
    switch (kind) {
        case ValueKind::number:
        case ValueKind::date:
        case ValueKind::text:
            return value.text;
        case ValueKind::word:
            return std::string(word_in(value.text, language));
        case ValueKind::roles:
            return roles_in(value.text, language);
        case ValueKind::seats:
            return seats_in(value.text, language);
    }
    return value.text;
}

// A name without a value stays as it stands in the table.
std::string named(const Said& said, std::string_view name, Language language) {
    for (const ValueName& known : said.row().values)
        for (const NamedValue& value : said.values)
            if (known.name == name && value.name == name)
                return value_in(value, known.kind, language);
    return "{" + std::string(name) + "}";
}

}  // namespace

DateText::DateText(Date date) : text(to_string(date)) {}
WordText::WordText(Word word) : text(kWords[static_cast<std::size_t>(word)].key) {}

RolesText::RolesText(fb::Role roles) {
    for (const fb::Role role : fb::EnumValuesRole()) {
        if ((roles & role) == fb::Role::NONE) continue;
        if (!text.empty()) text += ',';
        text += fb::EnumNameRole(role);
    }
}

void SeatsText::add(std::uint32_t seat, std::string_view person) {
    text.append(text.empty() ? "" : ",").append(std::to_string(seat)).append(":").append(person);
}

const SentenceRow& Said::row() const { return row_of(sentence); }

std::span<const SentenceRow> sentence_rows() { return kSentences; }

const SentenceRow& row_of(Sentence sentence) {
    const auto at = static_cast<std::size_t>(sentence);
    LEDGER_CHECK(at < std::size(kSentences));
    return kSentences[at];
}

const SentenceRow* find_sentence(std::string_view key) {
    const auto* const at = std::find_if(std::begin(kSentences), std::end(kSentences),
                                        [&](const SentenceRow& row) { return row.key == key; });
    return at == std::end(kSentences) ? nullptr : at;
}

std::span<const WordRow> word_rows() { return kWords; }

std::string sentence_of(const Said& said, Language language) {
    std::string_view left = said_in(said.row().said, language);
    std::string out;
    for (std::size_t at = 0; (at = left.find('{')) != std::string_view::npos;) {
        const std::size_t end = std::min(left.find('}', at), left.size());
        out += left.substr(0, at);
        out += named(said, left.substr(at + 1, end - at - 1), language);
        left.remove_prefix(std::min(end + 1, left.size()));
    }
    return out + std::string(left);
}

}  // namespace ledger
