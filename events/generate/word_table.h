// Files of what is said to people, each thing in every language, as aggregates/refusals.txt tells
// it:
//
//   KIND [NUMBER] KEY [RULE] VALUE...
//     en ...
//     ko ...
//
// A build ends here, naming the line, where a language is missing or doesn't use exactly the values
// that the row declares, and where a key is there twice.
#pragma once

#include <array>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace ledger::generate {

inline constexpr std::array<const char*, 2> kLanguages{"en", "ko"};

struct Value {
    std::string name;
    std::string kind;  // empty where a file has none
};

struct Row {
    std::string place;  // "aggregates/refusals.txt:17"
    std::string kind;   // "refused"
    std::string key;    // "seat.unknown", "version.conflict/since"
    std::string rule;
    int number = 0;  // 0: none
    std::vector<Value> values;
    std::map<std::string, std::string> said;  // by language
};

// What a file may have. Without kinds of values they are written as names alone.
struct RowForm {
    std::set<std::string> kinds;
    std::set<std::string> value_kinds;
};

// Ends the program, and with it the build.
[[noreturn]] void fail(const std::string& place, const std::string& what);

void read_rows(const std::string& file, const RowForm& form, std::vector<Row>& rows);

// All rows of all files.
void check(const std::vector<Row>& rows);

// "aggregates/refusals.txt" of a path that ends so.
std::string short_path(const std::string& path);

// "seat.none-left" -> "seat_none_left"
std::string identifier(std::string key);

}  // namespace ledger::generate
