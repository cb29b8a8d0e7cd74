// refusals OUT.h IN.txt...: makes C++ of what the areas say when they refuse, or when there is nothing
// to do. How a file is written is told in aggregates/refusals.txt. Fails, naming the line, for one
// that lacks a language, or whose languages don't use exactly the values that it declares, and for a
// code or number that is there twice.
//
// Of each row a struct is made whose members are its values, none of which can be left out: a
// refusal that doesn't give what its sentence names doesn't compile.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace {

constexpr std::array<const char*, 2> kLanguages{"en", "ko"};
// A kind of value, and the C++ type that takes one.
const std::map<std::string, std::string> kKinds{{"number", "NumberText"},
                                                {"date", "DateText"},
                                                {"text", "PlainText"},
                                                {"word", "WordText"},
                                                {"roles", "RolesText"}};

struct Value {
    std::string name;
    std::string kind;
};

struct Row {
    std::string place;  // "aggregates/refusals.txt:17"
    std::string kind;   // refused, nothing, word
    std::string key;    // "seat.unknown", "version.conflict/since"
    std::string rule;
    int number = 0;  // of a refused code itself, not of its variants
    std::vector<Value> values;
    std::map<std::string, std::string> said;  // by language
};

[[noreturn]] void fail(const std::string& place, const std::string& what) {
    std::cerr << place << ": " << what << "\n";
    std::exit(1);
}

std::string code_of(const std::string& key) { return key.substr(0, key.find('/')); }
bool is_variant(const Row& row) { return row.key.find('/') != std::string::npos; }

// "seat.none-left" -> "seat_none_left"
std::string identifier(std::string key) {
    for (char& c : key)
        if (c == '.' || c == '-' || c == '/') c = '_';
    return key;
}

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

bool is_rule(const std::string& text) { return text.size() == 6 && text[3] == '-'; }

// What stands behind the kind of a row: number, key, rule, values.
Row head_of(const std::string& place, std::istringstream words) {
    Row row;
    row.place = place;
    words >> row.kind;
    if (row.kind != "refused" && row.kind != "nothing" && row.kind != "word")
        fail(place, "expected refused, nothing or word, found '" + row.kind + "'");
    std::string word;
    while (words >> word) {
        const std::size_t colon = word.find(':');
        if (row.key.empty() && word.find_first_not_of("0123456789") == std::string::npos)
            row.number = std::stoi(word);
        else if (row.key.empty())
            row.key = word;
        else if (is_rule(word) && row.values.empty())
            row.rule = word;
        else if (colon != std::string::npos && kKinds.count(word.substr(colon + 1)))
            row.values.push_back({word.substr(0, colon), word.substr(colon + 1)});
        else
            fail(place, "'" + word + "' is neither a rule nor name:kind");
    }
    if (row.key.empty()) fail(place, "a code is missing");
    return row;
}

void read(const std::string& file, std::vector<Row>& rows) {
    std::ifstream in(file);
    if (!in) fail(file, "can't be read");
    const std::size_t folder = file.find("aggregates/");
    const std::string name = folder == std::string::npos ? file : file.substr(folder);
    std::string line;
    for (int at = 1; std::getline(in, line); ++at) {
        const std::string place = name + ":" + std::to_string(at);
        const std::size_t begin = line.find_first_not_of(' ');
        if (begin == std::string::npos || line[0] == '#') continue;
        if (begin == 0) {
            rows.push_back(head_of(place, std::istringstream(line)));
            continue;
        }
        const std::string language = line.substr(begin, 2);
        if (rows.empty() || line.size() < begin + 4 || line[begin + 2] != ' ' ||
            std::find(kLanguages.begin(), kLanguages.end(), language) == kLanguages.end())
            fail(place, "expected a language and what it says");
        if (!rows.back().said.emplace(language, line.substr(begin + 3)).second)
            fail(place, language + " is said twice");
    }
}

// The names in braces.
std::set<std::string> names_in(const std::string& place, const std::string& sentence) {
    std::set<std::string> names;
    for (std::size_t at = 0; (at = sentence.find('{', at)) != std::string::npos;) {
        const std::size_t end = sentence.find('}', at);
        if (end == std::string::npos) fail(place, "a brace is not closed");
        names.insert(sentence.substr(at + 1, end - at - 1));
        at = end;
    }
    return names;
}

void check(const Row& row) {
    std::set<std::string> declared;
    for (const Value& value : row.values)
        if (!declared.insert(value.name).second) fail(row.place, value.name + " stands twice");
    for (const char* language : kLanguages) {
        const auto said = row.said.find(language);
        if (said == row.said.end())
            fail(row.place, row.key + " is not said in " + std::string(language));
        if (names_in(row.place, said->second) != declared)
            fail(row.place, row.key + " doesn't use exactly its values in " + language);
    }
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

std::string quoted(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + '"';
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
            << quoted(code_of(row.key)) << ", " << quoted(row.rule) << ", "
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
    for (int i = 2; i < argc; ++i) read(argv[i], all);
    std::set<std::string> keys;
    for (const Row& row : all) {
        check(row);
        if (!keys.insert(row.key).second) fail(row.place, row.key + " stands twice");
    }
    const std::vector<Row> refused = in_order(all);
    const std::vector<Row> words = rows_of(all, "word");
    std::vector<Row> sentences = refused;
    for (const Row& row : rows_of(all, "nothing")) sentences.push_back(row);

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
