#include <sstream>

#include "events/generate/generated.h"

namespace ledger::generate {
namespace {

// One pair of functions to write: `visit`(const fb::`table`& , f) over the union `type` in the
// field `field` of that table, and `is_own`(fb::`type`).
struct Visitor {
    const char* visit;
    const char* is_own;
    const char* table;
    const char* field;
    const char* type;
};

constexpr Visitor kVisitors[] = {
    {"visit_event", "is_ledger_event", "Body", "event", "Event"},
    {"visit_command", "is_ledger_command", "Command", "body", "CommandBody"}};

void write_visitor(std::ostream& out, const Visitor& of, const std::vector<Member>& members) {
    out << "\n// The type must be one that this program knows.\n"
        << "template <class F>\n"
        << "decltype(auto) " << of.visit << "(const fb::" << of.table << "& of, F&& f) {\n"
        << "    switch (of." << of.field << "_type()) {\n"
        << "        case fb::" << of.type << "::NONE:\n            break;\n";
    for (const Member& member : members)
        out << "        case fb::" << of.type << "::" << member.name << ":\n"
            << "            return f(*of." << of.field << "_as_" << member.name << "());\n";
    out << "    }\n    LEDGER_CHECK(false);\n}\n";
}

void write_is_own(std::ostream& out, const Visitor& of, const std::vector<Member>& members) {
    out << "\n// The ledger's own; any other is a partner's.\n"
        << "constexpr bool " << of.is_own << "(fb::" << of.type << " type) {\n    return false";
    for (const Member& member : members)
        if (attribute(member.table->attributes(), "of_ledger"))
            out << " || type == fb::" << of.type << "::" << member.name;
    out << ";\n}\n";
}

}  // namespace

std::string visitors(const reflection::Schema& schema) {
    std::ostringstream out;
    out << "#include \"command_generated.h\"\n#include \"events/check.h\"\n\nnamespace ledger {\n";
    for (const Visitor& visitor : kVisitors) {
        const std::vector<Member> members = members_of(schema, visitor.type);
        write_visitor(out, visitor, members);
        write_is_own(out, visitor, members);
    }
    out << "\n}  // namespace ledger\n";
    return out.str();
}

}  // namespace ledger::generate
