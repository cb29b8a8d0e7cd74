// What is said of a command that is refused, or that has nothing to do, and what is told of a day
// that comes or a rule, as a row of the table of sentences and the values that it names. Nothing
// below the edge makes a sentence of it: that is done where somebody reads it, in a language of
// theirs. The rows stand in the areas' refusals.txt.
#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common_generated.h"
#include "events/date.h"

namespace ledger {

// In the order of the table's columns.
enum class Language { english, korean };
inline constexpr std::size_t kLanguageCount = 2;

// Generated: a row of the table, a code of a refusal, a word that a value stands for.
enum class Sentence : std::uint8_t;
enum class RefusalCode : std::uint8_t;
enum class Word : std::uint8_t;

// Why it is said: a command is refused, there is nothing to do, or a day or a rule is told.
enum class SentenceKind { refused, nothing, tells };

enum class ValueKind { number, date, text, word, roles, seats };

struct ValueName {
    std::string_view name;
    ValueKind kind;
};

// By Language.
using InLanguages = std::array<std::string_view, kLanguageCount>;
constexpr std::string_view said_in(const InLanguages& said, Language language) {
    return said[static_cast<std::size_t>(language)];
}

struct SentenceRow {
    Sentence sentence;
    std::string_view key;   // "version.conflict/since": a code, and a variant where it has some
    std::string_view code;  // "version.conflict"
    std::string_view rule;  // of a refusal, which may name a closer one, and of what is told
    SentenceKind kind;
    std::span<const ValueName> values;
    InLanguages said;  // with {name} where a value goes
};

struct WordRow {
    std::string_view key;
    InLanguages said;
};

struct RefusalKind {
    RefusalCode code;
    std::string_view text;  // "seat.reassign-too-early"
    std::string_view rule;  // "VSS-03"
    Sentence sentence;      // the first of those that it is said with
};

// The value in the form that programs read: 42, 2021-02-28, an id, the key of a word, or roles or
// seats with commas between them. Never a person's name or address.
struct NamedValue {
    std::string_view name;  // as in the table
    std::string text;

    friend bool operator==(const NamedValue&, const NamedValue&) = default;
};

// What a row's struct (namespace say) takes, so that no value can be left out or be of another
// kind.
struct NumberText {
    template <std::integral Number>
    NumberText(Number number)  // NOLINT(google-explicit-constructor)
        : text(std::to_string(number)) {}
    std::string text;
};
struct DateText {
    DateText(Date date);  // NOLINT(google-explicit-constructor)
    std::string text;
};
struct PlainText {
    PlainText(std::string_view plain) : text(plain) {}        // NOLINT(google-explicit-constructor)
    PlainText(std::string plain) : text(std::move(plain)) {}  // NOLINT(google-explicit-constructor)
    std::string text;
};
struct WordText {
    WordText(Word word);  // NOLINT(google-explicit-constructor)
    std::string text;
};
struct RolesText {
    RolesText(fb::Role roles);  // NOLINT(google-explicit-constructor)
    std::string text;
};

struct SeatsText {
    // Empty: nobody has it.
    void add(std::uint32_t seat, std::string_view person);
    std::string text;  // "1:kim,2:"
};

struct Said {
    Sentence sentence{};
    std::vector<NamedValue> values;

    const SentenceRow& row() const;

    friend bool operator==(const Said&, const Said&) = default;
};

// All rows: refusals in the order in which they are checked, then what there is nothing to do for,
// then what is told.
std::span<const SentenceRow> sentence_rows();
const SentenceRow& row_of(Sentence sentence);
// What is told, of a struct of namespace say.
template <typename Row>
Said tell(Row row) {
    return {Row::kSentence, std::move(row).values()};
}

// Null when there is none of this key.
const SentenceRow* find_sentence(std::string_view key);

// The words of roles, each with the key "role." and its name; and what stands between them,
// "between-roles".
std::span<const WordRow> word_rows();

// The sentence for people.
std::string sentence_of(const Said& said, Language language);

}  // namespace ledger
