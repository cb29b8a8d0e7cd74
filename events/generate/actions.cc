#include <algorithm>
#include <cctype>
#include <iterator>
#include <set>
#include <sstream>

#include "events/generate/generated.h"

namespace ledger::generate {
namespace {

constexpr std::string_view kExample = "Example: ";

bool is_rule_id(const std::string& text) {
    return text.size() == 6 && std::isupper(text[0]) && std::isupper(text[1]) &&
           std::isupper(text[2]) && text[3] == '-' && std::isdigit(text[4]) &&
           std::isdigit(text[5]);
}

// "a, b" in two.
std::vector<std::string> split(const std::string& list) {
    std::vector<std::string> parts;
    std::istringstream in(list);
    for (std::string part; std::getline(in, part, ',');)
        parts.push_back(part.substr(part.find_first_not_of(' ')));
    return parts;
}

// The rules in the brackets of the doc comment.
std::vector<std::string> rules_of(const Member& member, Faults& faults) {
    std::vector<std::string> rules;
    for (const std::string& line : lines_of(member.table->documentation())) {
        if (line.starts_with(kExample)) break;
        for (std::size_t at = line.find('['); at != std::string::npos; at = line.find('[', at + 1))
            for (std::string& rule : split(line.substr(at + 1, line.find(']', at) - at - 1)))
                rules.push_back(std::move(rule));
    }
    for (const std::string& rule : rules)
        if (!is_rule_id(rule)) faults.push_back(member.name + ": [" + rule + "] is no rule's id");
    if (rules.empty())
        faults.push_back(member.name + ": its doc comment names no rule in brackets");
    return rules;
}

std::string example_of(const Member& member, Faults& faults) {
    const std::vector<std::string> lines = lines_of(member.table->documentation());
    if (!lines.empty() && lines.back().starts_with(kExample))
        return lines.back().substr(kExample.size());
    faults.push_back(member.name + ": its doc comment doesn't end with a line 'Example: '");
    return {};
}

// The attribute of a command or event; a fault when it isn't there but must be.
std::string text_of(const Member& member, const char* name, Faults& faults) {
    if (const auto* value = attribute(member.table->attributes(), name)) return value->str();
    faults.push_back(member.name + ": it has no attribute '" + name + "'");
    return {};
}

bool is_of(const Enum& type, const std::string& name) {
    for (const reflection::EnumVal* value : *type.values())
        if (value->name()->str() == name) return true;
    return false;
}

// "any" is all of them.
std::vector<std::string> benefits_of(const reflection::Schema& schema, const Member& member,
                                     Faults& faults) {
    const Enum& kinds = *find_enum(schema, "BenefitKind");
    const auto* named = attribute(member.table->attributes(), "benefits");
    const bool names_one = find_field(*member.table, "sku") != nullptr;
    if (names_one != (named != nullptr))
        faults.push_back(member.name + ": a command with a sku, and no other, has 'benefits'");
    if (!named) return {};
    std::vector<std::string> found = split(named->str());
    if (named->str() == "any") {
        found.clear();
        for (const reflection::EnumVal* value : *kinds.values())
            found.push_back(value->name()->str());
    }
    for (const std::string& kind : found)
        if (!is_of(kinds, kind))
            faults.push_back(member.name + ": there is no kind of benefit '" + kind + "'");
    return found;
}

// `constexpr TYPE NAME[] = {...}`, or an empty std::array, which can be made a span as well.
void write_list(std::ostream& out, std::string_view type, const std::string& name,
                const std::vector<std::string>& values) {
    out << "constexpr std::array<" << type << ", " << values.size() << "> " << name << "{";
    for (const std::string& value : values) out << value << ", ";
    out << "};\n";
}

void write_rules(std::ostream& out, const Member& member, Faults& faults) {
    std::vector<std::string> literals;
    for (const std::string& rule : rules_of(member, faults)) literals.push_back(quoted(rule));
    write_list(out, "std::string_view", "kRulesOf" + member.name, literals);
}

void write_areas(std::ostream& out, const Enum& areas, Faults& faults) {
    out << "\nconstexpr Area kAreas[] = {\n";
    for (const reflection::EnumVal* area : *areas.values()) {
        const std::vector<std::string> about = lines_of(area->documentation());
        if (about.size() != 1)
            faults.push_back("Area." + area->name()->str() + ": it has no doc comment of one line");
        else
            out << "    {" << quoted(area->name()->str()) << ", " << quoted(about.front())
                << "},\n";
    }
    out << "};\n\n";
}

void write_commands(std::ostream& out, const reflection::Schema& schema, Faults& faults) {
    const Enum& areas = *find_enum(schema, "Area");
    const std::vector<Member> commands = members_of(schema, "CommandBody");
    for (const Member& command : commands) {
        write_rules(out, command, faults);
        std::vector<std::string> kinds;
        for (const std::string& kind : benefits_of(schema, command, faults))
            kinds.push_back("fb::BenefitKind::" + kind);
        write_list(out, "fb::BenefitKind", "kBenefitsOf" + command.name, kinds);
        if (!is_of(areas, text_of(command, "area", faults)))
            faults.push_back(command.name + ": its area doesn't stand in the enum Area");
    }
    out << "\nconstexpr CommandKind kCommandKinds[] = {\n";
    // In the order of the areas, then of the numbers: as help lists them.
    for (const reflection::EnumVal* area : *areas.values())
        for (const Member& command : commands)
            if (text_of(command, "area", faults) == area->name()->str())
                out << "    {fb::CommandBody::" << command.name << ", " << quoted(command.name)
                    << ", " << quoted(area->name()->str()) << ", "
                    << quoted(text_of(command, "verb", faults)) << ",\n     "
                    << quoted(example_of(command, faults)) << ",\n     kRulesOf" << command.name
                    << ", kBenefitsOf" << command.name << ", "
                    << quoted(text_of(command, "ko", faults)) << "},\n";
    out << "};\n\n";
}

// Where the brace that stands at `at` is closed; the end where it isn't.
std::size_t closing(const std::string& text, std::size_t at) {
    std::size_t depth = 0;
    for (; at < text.size(); ++at) {
        if (text[at] == '{') ++depth;
        if (text[at] == '}' && --depth == 0) break;
    }
    return at;
}

// What the braces of an event's words name: "order", "keys.units",
// "refund_ends_with=anything_used".
void add_named(const std::string& words, std::set<std::string>& named) {
    for (std::size_t at = words.find('{'); at < words.size();) {
        const std::size_t end = closing(words, at);
        const std::string inside = words.substr(at + 1, end - at - 1);
        const std::string name = inside.substr(0, inside.find_first_of(":?!"));
        named.insert(name.starts_with('+') ? name.substr(1) : name);
        if (name.size() < inside.size()) add_named(inside.substr(name.size()), named);
        at = words.find('{', end);
    }
}

// In both languages, of the same fields, or in none: then it is told field by field.
std::vector<std::string> words_of(const Member& event, Faults& faults) {
    std::vector<std::string> words;
    std::vector<std::set<std::string>> named(2);
    for (const char* name : {"words", "words_ko"}) {
        const auto* value = attribute(event.table->attributes(), name);
        words.push_back(value ? value->str() : "");
        add_named(words.back(), named[words.size() - 1]);
    }
    if (words[0].empty() != words[1].empty())
        faults.push_back(event.name + ": 'words' and 'words_ko' stand both or neither");
    std::vector<std::string> differ;
    std::set_symmetric_difference(named[0].begin(), named[0].end(), named[1].begin(),
                                  named[1].end(), std::back_inserter(differ));
    for (const std::string& name : differ)
        faults.push_back(event.name + ": one alone of 'words' and 'words_ko' names {" + name + "}");
    return words;
}

void write_events(std::ostream& out, const reflection::Schema& schema, Faults& faults) {
    const std::vector<Member> events = members_of(schema, "Event");
    for (const Member& event : events) write_rules(out, event, faults);
    out << "\nconstexpr EventKind kEventKinds[] = {\n";
    for (const Member& event : events) {
        const std::vector<std::string> words = words_of(event, faults);
        out << "    {fb::Event::" << event.name << ", " << quoted(event.name) << ", "
            << quoted(text_of(event, "ko", faults)) << ", kRulesOf" << event.name << ",\n     "
            << quoted(words[0]) << ",\n     " << quoted(words[1]) << "},\n";
    }
    out << "};\n";
}

}  // namespace

std::string actions(const reflection::Schema& schema, Faults& faults) {
    std::ostringstream out;
    out << "#include <array>\n\n#include \"events/actions.h\"\n\nnamespace ledger {\n";
    write_areas(out, *find_enum(schema, "Area"), faults);
    write_commands(out, schema, faults);
    write_events(out, schema, faults);
    out << "\n}  // namespace ledger\n";
    return out.str();
}

}  // namespace ledger::generate
