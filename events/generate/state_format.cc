#include <cstdint>
#include <iomanip>
#include <set>
#include <sstream>

#include "events/generate/generated.h"

namespace ledger::generate {
namespace {

// The tables whose packed bytes stand in the views' rows.
constexpr const char* kRoots[] = {"PartnerState", "Receipt", "PartitionMeta"};

// What the bytes of a table depend on, and of all that stands in it: names, numbers and types of
// fields, names and values of enums. Comments and other attributes change no byte.
class FormatWriter {
public:
    explicit FormatWriter(const reflection::Schema& schema) : schema_(schema) {}

    void write(const Object& object) {
        if (!written_.insert(&object).second) return;
        out_ << object.name()->str() << " " << object.is_struct() << "\n";
        for (const reflection::Field* field : fields_of(object)) {
            const reflection::Type& type = *field->type();
            out_ << field->name()->str() << " " << field->id() << " " << field->offset() << " "
                 << type.base_type() << " " << type.element() << " " << field->default_integer()
                 << " " << field->required() << field->optional() << field->deprecated() << "\n";
        }
        for (const reflection::Field* field : fields_of(object)) write(*field->type());
    }

    std::string text() const { return out_.str(); }

private:
    void write(const reflection::Type& type) {
        if (type.index() < 0) return;
        const auto index = static_cast<flatbuffers::uoffset_t>(type.index());
        const reflection::BaseType base =
            type.base_type() == reflection::Vector ? type.element() : type.base_type();
        if (base == reflection::Obj) return write(*schema_.objects()->Get(index));
        const Enum& values = *schema_.enums()->Get(index);
        if (!written_.insert(&values).second) return;
        for (const reflection::EnumVal* value : *values.values())
            out_ << value->name()->str() << " " << value->value() << "\n";
    }

    const reflection::Schema& schema_;
    std::set<const void*> written_;
    std::ostringstream out_;
};

// FNV-1a: it only has to differ where the text does.
std::uint64_t hash_of(std::string_view text) {
    std::uint64_t hash = 14'695'981'039'346'656'037u;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1'099'511'628'211u;
    return hash;
}

}  // namespace

std::string state_format(const reflection::Schema& schema) {
    FormatWriter writer(schema);
    for (const char* root : kRoots) writer.write(*find_object(schema, root));
    std::ostringstream out;
    out << "#include <string_view>\n\nnamespace ledger {\n\n"
        << "// Another one: rows packed before can't be read as they are.\n"
        << "inline constexpr std::string_view kStateFormat = \"" << std::hex << std::setw(16)
        << std::setfill('0') << hash_of(writer.text()) << "\";\n\n}  // namespace ledger\n";
    return out.str();
}

}  // namespace ledger::generate
