// refusals OUT.h IN.txt...: makes C++ of what the areas say when they refuse, when there is nothing
// to do, and when they tell what is coming or which rules there are. How a file is written is told
// in aggregates/refusals.txt, and what is wrong with one in word_table.h. Fails also for a code or
// number that is there twice.
//
// Of each row a struct is made whose members are its values, none of which can be left out: a
// sentence that isn't given what it names doesn't compile.
#include <algorithm>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <utility>

#include "events/generate/quoted.h"
#include "events/generate/word_table.h"

namespace {

using namespace ledger::generate;

// What the rows of such a file are: name, and whether what it says is a sentence with values.
const std::set<std::string> kRowKinds{"refused", "nothing", "tells", "word"};

// A kind of value, and the C++ type that takes one.
const std::map<std::string, std::string> kKinds{{"number", "NumberText"}, {"date", "DateText"},
                                                {"text", "PlainText"},    {"word", "WordText"},
                                                {"roles", "RolesText"},   {"seats", "SeatsText"}};

std::string code_of(const std::string& key) { return key.substr(0, key.find('/')); }
bool is_variant(const Row& row) { return row.key.find('/') != std::string::npos; }

// "seat.none-left" -> "SeatNoneLeft"
std::string type_name(const std::string& key) {
    std::string name;
    bool begins = true;
    for (const char c : identifier(key)) {
        if (c != '_') name += begins && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        begins = c == '_';
    }
    return name;
}

std::vector<Row> rows_of(const std::vector<Row>& all, const std::string& kind) {
    std::vector<Row> rows;
    for (const Row& row : all)
        if (row.kind == kind) rows.push_back(row);
    return rows;
}

// Refusals by their number, each followed by its variants.
std::vector<Row> in_order(const std::vector<Row>& all) {
    std::map<std::string, const Row*> codes;
    std::map<int, std::string> numbers;
    std::vector<Row> rows = rows_of(all, "refused");
    for (const Row& row : rows) {
        if (is_variant(row)) continue;
        if (row.number == 0 || row.rule.empty())
            fail(row.place, row.key + " has no number or no rule");
        if (!codes.emplace(row.key, &row).second) fail(row.place, row.key + " stands twice");
        if (const auto at = numbers.emplace(row.number, row.key); !at.second)
            fail(row.place, row.key + " has the number of " + at.first->second);
    }
    std::vector<std::pair<int, Row>> ordered;
    for (const Row& row : rows) {
        const auto code = codes.find(code_of(row.key));
        if (code == codes.end()) fail(row.place, row.key + " is a variant of no code");
        ordered.emplace_back(code->second->number, row);
        if (row.rule.empty()) ordered.back().second.rule = code->second->rule;
    }
    std::stable_sort(ordered.begin(), ordered.end(), [](const auto& a, const auto& b) {
        return a.first != b.first ? a.first < b.first
                                  : !is_variant(a.second) && is_variant(b.second);
    });
    rows.clear();
    for (auto& [number, row] : ordered) rows.push_back(std::move(row));
    return rows;
}

void write_enum(std::ostream& out, const std::string& name, const std::vector<std::string>& keys) {
    out << "\nenum class " << name << " : std::uint8_t {\n";
    for (const std::string& key : keys) out << "    " << identifier(key) << ",\n";
    out << "};\n";
}

void write_kinds(std::ostream& out, const std::vector<Row>& rows) {
    for (const Row& row : rows) {
        if (row.values.empty()) continue;
        out << "inline constexpr ValueName kValuesOf" << type_name(row.key) << "[] = {";
        for (const Value& value : row.values)
            out << "{" << quoted(value.name) << ", ValueKind::" << value.kind << "}, ";
        out << "};\n";
    }
}

void write_table(std::ostream& out, const std::vector<Row>& rows) {
    out << "\ninline constexpr SentenceRow kSentences[] = {\n";
    for (const Row& row : rows) {
        out << "    {Sentence::" << identifier(row.key) << ", " << quoted(row.key) << ", "
            << quoted(code_of(row.key)) << ", " << quoted(row.rule)
            << ", SentenceKind::" << row.kind << ", "
            << (row.values.empty() ? "{}" : "kValuesOf" + type_name(row.key)) << ",\n     {{";
        for (const char* language : kLanguages) out << quoted(row.said.at(language)) << ",\n      ";
        out << "}}},\n";
    }
    out << "};\n";
}

void write_words(std::ostream& out, const std::vector<Row>& words) {
    out << "\ninline constexpr WordRow kWords[] = {\n";
    for (const Row& row : words) {
        out << "    {" << quoted(row.key) << ", {{";
        for (const char* language : kLanguages) out << quoted(row.said.at(language)) << ", ";
        out << "}}},\n";
    }
    out << "};\n";
}

void write_codes(std::ostream& out, const std::vector<Row>& refused) {
    out << "\ninline constexpr RefusalKind kRefusalKinds[] = {\n";
    for (const Row& row : refused)
        if (!is_variant(row))
            out << "    {RefusalCode::" << identifier(row.key) << ", " << quoted(row.key) << ", "
                << quoted(row.rule) << ", Sentence::" << identifier(row.key) << "},\n";
    out << "};\n";
}

void write_struct(std::ostream& out, const Row& row) {
    out << "\n// " << row.said.at("en") << (row.rule.empty() ? "" : " [" + row.rule + "]")
        << "\nstruct " << type_name(row.key) << " {\n"
        << "    static constexpr Sentence kSentence = Sentence::" << identifier(row.key) << ";\n";
    if (row.kind == "refused")
        out << "    static constexpr RefusalCode kCode = RefusalCode::"
            << identifier(code_of(row.key)) << ";\n";
    for (const Value& value : row.values)
        out << "    " << kKinds.at(value.kind) << " " << value.name << ";\n";
    out << "    std::vector<NamedValue> values() && {\n"
        << "        std::vector<NamedValue> given;\n"
        << "        given.reserve(" << row.values.size() << ");\n";
    for (const Value& value : row.values)
        out << "        given.push_back({" << quoted(value.name) << ", std::move(" << value.name
            << ".text)});\n";
    out << "        return given;\n    }\n};\n";
}

std::vector<std::string> keys_of(const std::vector<Row>& rows, bool variants) {
    std::vector<std::string> keys;
    for (const Row& row : rows)
        if (variants || !is_variant(row)) keys.push_back(row.key);
    return keys;
}

}  // namespace

int main(int argc, char* argv[]) {
    if (argc < 3) fail("refusals", "usage: refusals OUT.h IN.txt...");
    std::vector<Row> all;
    std::set<std::string> value_kinds;
    for (const auto& [kind, type] : kKinds) value_kinds.insert(kind);
    for (int i = 2; i < argc; ++i) read_rows(argv[i], {kRowKinds, value_kinds}, all);
    check(all);
    const std::vector<Row> refused = in_order(all);
    const std::vector<Row> words = rows_of(all, "word");
    std::vector<Row> sentences = refused;
    for (const char* kind : {"nothing", "tells"})
        for (const Row& row : rows_of(all, kind)) sentences.push_back(row);

    std::ofstream out(argv[1], std::ios::trunc);
    out << "// Generated by events/generate/refusals.cc from the areas' refusals.txt.\n"
           "#pragma once\n\n#include \"aggregates/sentence.h\"\n\nnamespace ledger {\n";
    write_enum(out, "RefusalCode", keys_of(refused, false));
    write_enum(out, "Sentence", keys_of(sentences, true));
    write_enum(out, "Word", keys_of(words, true));
    out << "\n";
    write_kinds(out, sentences);
    write_table(out, sentences);
    write_words(out, words);
    write_codes(out, refused);
    out << "\nnamespace say {\n";
    for (const Row& row : sentences) write_struct(out, row);
    out << "\n}  // namespace say\n\n}  // namespace ledger\n";
    out.close();
    if (!out) fail(argv[1], "could not be written");
    return 0;
}
