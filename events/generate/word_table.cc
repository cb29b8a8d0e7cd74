#include "events/generate/word_table.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>

namespace ledger::generate {
namespace {

bool is_rule(const std::string& text) {
    return text.size() == 6 && text[3] == '-' && std::isupper(static_cast<unsigned char>(text[0]));
}

bool is_number(const std::string& text) {
    return text.find_first_not_of("0123456789") == std::string::npos;
}

// "until:date", or "until" where values have no kinds; false: it is neither.
bool take_value(const std::string& word, const RowForm& form, Row& row) {
    const std::size_t colon = word.find(':');
    if (form.value_kinds.empty() && colon == std::string::npos) {
        row.values.push_back({word, {}});
        return true;
    }
    if (colon == std::string::npos || !form.value_kinds.count(word.substr(colon + 1))) return false;
    row.values.push_back({word.substr(0, colon), word.substr(colon + 1)});
    return true;
}

// The line above what a row says.
Row head_of(const std::string& place, std::istringstream words, const RowForm& form) {
    Row row;
    row.place = place;
    words >> row.kind;
    if (!form.kinds.count(row.kind)) {
        std::string known;
        for (const std::string& kind : form.kinds) known += (known.empty() ? "" : ", ") + kind;
        fail(place, "expected one of " + known + ", found '" + row.kind + "'");
    }
    std::string word;
    while (words >> word) {
        if (row.key.empty() && is_number(word))
            row.number = std::stoi(word);
        else if (row.key.empty())
            row.key = word;
        else if (is_rule(word) && row.values.empty())
            row.rule = word;
        else if (!take_value(word, form, row))
            fail(place, "'" + word + "' is neither a rule nor name:kind");
    }
    if (row.key.empty()) fail(place, "a key is missing");
    return row;
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

void check_row(const Row& row) {
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

}  // namespace

void fail(const std::string& place, const std::string& what) {
    std::cerr << place << ": " << what << "\n";
    std::exit(1);
}

std::string short_path(const std::string& path) {
    for (const char* folder : {"aggregates/", "tools/"})
        if (const std::size_t at = path.rfind(folder); at != std::string::npos)
            return path.substr(at);
    return path;
}

std::string identifier(std::string key) {
    for (char& c : key)
        if (c == '.' || c == '-' || c == '/') c = '_';
    return key;
}

void read_rows(const std::string& file, const RowForm& form, std::vector<Row>& rows) {
    std::ifstream in(file);
    if (!in) fail(file, "can't be read");
    std::string line;
    for (int at = 1; std::getline(in, line); ++at) {
        const std::string place = short_path(file) + ":" + std::to_string(at);
        const std::size_t begin = line.find_first_not_of(' ');
        if (begin == std::string::npos || line[0] == '#') continue;
        if (begin == 0) {
            rows.push_back(head_of(place, std::istringstream(line), form));
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

void check(const std::vector<Row>& rows) {
    std::set<std::string> keys;
    for (const Row& row : rows) {
        check_row(row);
        if (!keys.insert(row.key).second) fail(row.place, row.key + " stands twice");
    }
}

}  // namespace ledger::generate
