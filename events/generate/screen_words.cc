// screen_words IN.bfbs WORDS.txt NAMES.txt WORDS.h NAMES.h: makes C++ of what screens say. How the
// files are written is told in tools/benefits/screens, in each of them.
//
// Of each row of words a function is made whose arguments are its values. Of each enum whose values
// are named, a function `named`. The build ends, naming the line, for a phrase that lacks a
// language (word_table.h), for a field or a value that people are shown and that has no name, and
// for a name of nothing that there is.
#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>
#include <string>

#include "events/generate/schema.h"
#include "events/generate/word_table.h"

namespace {

using namespace ledger::generate;

// The file, split by what its lines begin with: "field" and "value".
struct Names {
    std::map<std::string, std::map<std::string, std::string>> of;  // kind -> name -> Korean
    std::string file;
};

std::string content(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) fail(path, "can't be read");
    return {std::istreambuf_iterator<char>(in), {}};
}

Names read_names(const std::string& file) {
    Names names;
    names.file = short_path(file);
    std::istringstream in(content(file));
    std::string line;
    for (int at = 1; std::getline(in, line); ++at) {
        if (line.empty() || line[0] == '#') continue;
        const std::string place = names.file + ":" + std::to_string(at);
        std::istringstream words(line);
        std::string kind;
        std::string name;
        std::string korean;
        words >> kind >> name >> std::ws;
        std::getline(words, korean);
        if ((kind != "field" && kind != "value") || korean.empty())
            fail(place, "expected field or value, a name, and the name in Korean");
        if (!names.of[kind].emplace(name, korean).second) fail(place, name + " stands twice");
    }
    return names;
}

// What people are shown by its name.
struct Shown {
    std::set<std::string> fields;
    std::set<std::string> enums;
};

const Enum* enum_of(const reflection::Schema& schema, const reflection::Field& field) {
    const reflection::BaseType base = field.type()->base_type();
    const bool scalar = reflection::Byte <= base && base <= reflection::ULong;
    if (!scalar || field.type()->index() < 0) return nullptr;
    return schema.enums()->Get(static_cast<flatbuffers::uoffset_t>(field.type()->index()));
}

// `names` of its fields are shown as well as their values; what stands in it is told in turn. An
// amount of money isn't told by its fields, nor is what has an id, but for the values.
void add_shown(const reflection::Schema& schema, const Object& table, bool names, Shown& shown) {
    for (const reflection::Field* field : fields_of(table)) {
        if (names) shown.fields.insert(field->name()->str());
        if (const Enum* type = enum_of(schema, *field))
            shown.enums.insert(std::string(short_name(type->name())));
        if (field->type()->base_type() != reflection::Obj) continue;
        const Object& inner =
            *schema.objects()->Get(static_cast<flatbuffers::uoffset_t>(field->type()->index()));
        if (short_name(inner.name()) == "Money") continue;
        add_shown(schema, inner, names && !find_field(inner, "id"), shown);
    }
}

// Of an event that has words of its own, its values; of any other, and of commands, the names too.
Shown shown_of(const reflection::Schema& schema) {
    Shown shown;
    for (const Member& event : members_of(schema, "Event"))
        add_shown(schema, *event.table, !attribute(event.table->attributes(), "words"), shown);
    for (const Member& command : members_of(schema, "CommandBody"))
        for (const reflection::Field* field : fields_of(*command.table)) {
            shown.fields.insert(field->name()->str());
            if (const Enum* type = enum_of(schema, *field))
                shown.enums.insert(std::string(short_name(type->name())));
        }
    return shown;
}

std::string enum_in(const std::string& value) { return value.substr(0, value.find('.')); }

// All that the file must name: the fields that are shown, and every value of an enum that
// is shown or that it names a value of.
std::map<std::string, std::set<std::string>> wanted(const reflection::Schema& schema,
                                                    const Names& names) {
    std::map<std::string, std::set<std::string>> all;
    Shown shown = shown_of(schema);
    all["field"] = shown.fields;
    for (const auto& [value, korean] : names.of.at("value")) shown.enums.insert(enum_in(value));
    for (const std::string& name : shown.enums)
        if (const Enum* type = find_enum(schema, name))
            for (const reflection::EnumVal* value : *type->values())
                all["value"].insert(name + "." + value->name()->str());
    return all;
}

// Every fault is told before the build ends.
void check_names(const reflection::Schema& schema, const Names& names) {
    bool right = true;
    for (const auto& [kind, all] : wanted(schema, names)) {
        const auto& known = names.of.at(kind);
        for (const std::string& name : all)
            if (!known.count(name)) {
                std::cerr << names.file << ": " << kind << " " << name
                          << " has no name in Korean\n";
                right = false;
            }
        for (const auto& [name, korean] : known)
            if (!all.count(name)) {
                std::cerr << names.file << ": nobody is shown a " << kind << " " << name << "\n";
                right = false;
            }
    }
    if (!right) fail(names.file, "doesn't name what people are shown");
}

void write_phrase(std::ostream& out, const Row& row) {
    out << "\n// " << row.said.at("en") << "\ninline std::string " << identifier(row.key) << "(";
    for (const Value& value : row.values) out << "std::string_view " << value.name << ", ";
    out << "Language in = language()) {\n    return phrase({{";
    for (const char* language : kLanguages) out << quoted(row.said.at(language)) << ", ";
    out << "}}, {";
    for (const Value& value : row.values)
        out << "{" << quoted(value.name) << ", " << value.name << "}, ";
    out << "}, in);\n}\n";
}

std::string words_header(const std::vector<Row>& rows, const Names& names) {
    std::ostringstream out;
    out << "#include \"tools/benefits/screens/names.h\"\n"
           "#include \"tools/benefits/screens/phrase.h\"\n\nnamespace ledger::tools {\n\n";
    std::set<std::string> enums;
    for (const auto& [value, korean] : names.of.at("value")) enums.insert(enum_in(value));
    for (const std::string& name : enums)
        out << "inline std::string named(fb::" << name << " value, Language in = language()) {\n"
            << "    return value_name(" << quoted(name) << ", fb::EnumName" << name
            << "(value), in);\n}\n";
    out << "\nnamespace words {\n";
    for (const Row& row : rows) write_phrase(out, row);
    out << "\n}  // namespace words\n\n}  // namespace ledger::tools\n";
    return out.str();
}

std::string names_header(const Names& names) {
    std::ostringstream out;
    out << "#include \"tools/benefits/screens/names.h\"\n\nnamespace ledger::tools {\n";
    for (const auto& [kind, table] :
         std::map<std::string, std::string>{{"field", "kFieldNames"}, {"value", "kValueNames"}}) {
        out << "\ninline constexpr KoreanName " << table << "[] = {\n";
        for (const auto& [name, korean] : names.of.at(kind))
            out << "    {" << quoted(name) << ", " << quoted(korean) << "},\n";
        out << "};\n";
    }
    out << "\n}  // namespace ledger::tools\n";
    return out.str();
}

// What says the same as before stays as old as it was: nothing is built again for it.
void write(const std::string& path, const std::string& text) {
    const std::string whole =
        "// Generated by events/generate/screen_words.cc from words.txt and names.txt.\n"
        "#pragma once\n\n" +
        text;
    if (std::ifstream(path) && content(path) == whole) return;
    std::ofstream out(path, std::ios::trunc);
    out << whole;
    out.close();
    if (!out) fail(path, "could not be written");
}

}  // namespace

int main(int argc, char* argv[]) {
    if (argc != 6)
        fail("screen_words", "usage: screen_words IN.bfbs WORDS.txt NAMES.txt WORDS.h NAMES.h");
    const std::string bytes = content(argv[1]);
    flatbuffers::Verifier verifier(reinterpret_cast<const std::uint8_t*>(bytes.data()),
                                   bytes.size());
    if (!reflection::VerifySchemaBuffer(verifier)) fail(argv[1], "is not a binary schema");
    std::vector<Row> rows;
    read_rows(argv[2], {{"says"}, {}}, rows);
    check(rows);
    const Names names = read_names(argv[3]);
    for (const char* kind : {"field", "value"})
        if (!names.of.count(kind)) fail(names.file, std::string("names no ") + kind);
    check_names(*reflection::GetSchema(bytes.data()), names);
    write(argv[4], words_header(rows, names));
    write(argv[5], names_header(names));
    return 0;
}
