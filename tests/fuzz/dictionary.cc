// fuzz_dictionary: the words of the schema as JSON has them, in the form of libFuzzer's
// dictionaries: names of fields, of enum values, of types of commands, and a date and a time.
#include <iostream>
#include <set>
#include <string>

#include "events/json/schema.h"

namespace ledger::fuzz {
namespace {

void collect(const json::Table& table, std::set<std::string>& words,
             std::set<const json::Table*>& met) {
    if (!met.insert(&table).second) return;
    for (const json::Field& field : table.fields) {
        words.insert(field.name);
        for (const json::Choice& choice : field.choices) {
            words.insert(choice.name);
            if (choice.table) collect(*choice.table, words, met);
        }
        if (field.table) collect(*field.table, words, met);
    }
}

}  // namespace
}  // namespace ledger::fuzz

int main() {
    std::set<std::string> words = {"2021-02-01", "2021-02-01T10:00:00Z", "type", "clock"};
    std::set<const ledger::json::Table*> met;
    for (const char* name : {"Command", "CatalogueVersion", "PolicyVersion"})
        ledger::fuzz::collect(ledger::json::table_named(name), words, met);
    for (const std::string& word : words) std::cout << "\"\\\"" << word << "\\\"\"\n";
    return 0;
}
