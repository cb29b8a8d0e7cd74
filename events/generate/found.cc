#include <set>
#include <sstream>

#include "events/generate/generated.h"

namespace ledger::generate {
namespace {

// Writes find_in for a table after those for the tables that stand in it.
class FoundWriter {
public:
    FoundWriter(const reflection::Schema& schema, Faults& faults)
        : schema_(schema), faults_(faults) {}

    void write(const Object& object) {
        if (object.is_struct() || !written_.insert(&object).second) return;
        for (const reflection::Field* field : fields_of(object))
            if (const Object* table = table_in(*field)) write(*table);
        std::ostringstream body;
        for (const reflection::Field* field : fields_of(object)) write(body, object, *field);
        const bool empty = body.str().empty();
        if (!empty) finds_.insert(&object);
        out_ << "\ntemplate <class Finder>\nvoid find_in(const fb::" << short_name(object.name())
             << "&" << (empty ? "" : " of") << ", const Finder&" << (empty ? "" : " finder")
             << ") {" << (empty ? "" : "\n") << body.str() << "}\n";
    }

    std::string text() const { return out_.str(); }

private:
    // What the field, or each of its elements, holds; null for anything but a table.
    const Object* table_in(const reflection::Field& field) const {
        const reflection::Type& type = *field.type();
        const bool is_list = type.base_type() == reflection::Vector;
        if ((is_list ? type.element() : type.base_type()) != reflection::Obj) return nullptr;
        return schema_.objects()->Get(static_cast<flatbuffers::uoffset_t>(type.index()));
    }

    void write(std::ostream& body, const Object& object, const reflection::Field& field) {
        const std::string name = field.name()->str();
        const std::string unless = field.required() ? "" : "if (of." + name + "()) ";
        const bool is_list = field.type()->base_type() == reflection::Vector;
        if (const Object* table = table_in(field); table && finds_.count(table))
            body << "    " << unless
                 << (is_list ? "for (const auto* each : *of." + name + "()) find_in(*each, finder)"
                             : "find_in(*of." + name + "(), finder)")
                 << ";\n";
        const auto* as = attribute(field.attributes(), "found_as");
        if (!as) return;
        const bool sealed = attribute(field.attributes(), "sealed") != nullptr;
        if (sealed && !find_field(object, "id"))
            faults_.push_back(object.name()->str() + "." + name +
                              ": what is sealed leads to the id beside it, and there is none");
        body << "    " << unless << "finder." << as->str() << "("
             << (sealed ? "*of." + name + "(), of.id()" : "of." + name + "()") << ");\n";
    }

    const reflection::Schema& schema_;
    Faults& faults_;
    std::set<const Object*> written_;
    std::set<const Object*> finds_;
    std::ostringstream out_;
};

}  // namespace

std::string found(const reflection::Schema& schema, Faults& faults) {
    FoundWriter writer(schema, faults);
    for (const Member& event : members_of(schema, "Event")) writer.write(*event.table);
    return "#include \"record_generated.h\"\n\nnamespace ledger {\n" + writer.text() +
           "\n}  // namespace ledger\n";
}

}  // namespace ledger::generate
