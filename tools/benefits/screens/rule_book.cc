#include "tools/benefits/screens/rule_book.h"

#include <algorithm>
#include <array>

namespace ledger::tools {
namespace {

constexpr std::size_t kRuleBookColumns = 4;

std::string_view trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(' ');
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

// "VSS-03"
bool is_rule_id(std::string_view text) {
    const auto capital = [](char c) { return c >= 'A' && c <= 'Z'; };
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    return text.size() == 6 && std::all_of(text.begin(), text.begin() + 3, capital) &&
           text[3] == '-' && std::all_of(text.begin() + 4, text.end(), digit);
}

void add_refusal(Rule& rule, const RefusalKind& kind) {
    if (std::find(rule.refusals.begin(), rule.refusals.end(), &kind) == rule.refusals.end())
        rule.refusals.push_back(&kind);
}

// Refusals whose own rule it is, and the codes that the file names beside it.
void add_refusals(Rule& rule, std::string_view further) {
    for (const RefusalKind& kind : kRefusalKinds)
        if (kind.rule == rule.id) add_refusal(rule, kind);
    while (!further.empty()) {
        const std::size_t end = std::min(further.find(','), further.size());
        if (const auto code = find_refusal_code(trimmed(further.substr(0, end))))
            add_refusal(rule, kind_of(*code));
        further.remove_prefix(std::min(end + 1, further.size()));
    }
}

// A row of the file's tables: | id | sentence | source | further codes |
bool read_row(std::string_view line, std::array<std::string_view, kRuleBookColumns>& cells) {
    if (!line.starts_with('|')) return false;
    for (std::string_view& cell : cells) {
        line.remove_prefix(1);
        const std::size_t end = line.find('|');
        if (end == std::string_view::npos) return false;
        cell = trimmed(line.substr(0, end));
        line.remove_prefix(end);
    }
    return is_rule_id(cells[0]);
}

std::vector<Rule> read_rules(std::string_view text) {
    std::vector<Rule> rules;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::array<std::string_view, kRuleBookColumns> cells;
        if (read_row(text.substr(0, end), cells)) {
            Rule& rule = rules.emplace_back();
            rule.id = cells[0];
            rule.sentence = cells[1];
            rule.source = cells[2];
            add_refusals(rule, cells[3]);
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return rules;
}

}  // namespace

const std::vector<Rule>& rule_book() {
    static const std::vector<Rule> rules = read_rules(rules_text());
    return rules;
}

}  // namespace ledger::tools
