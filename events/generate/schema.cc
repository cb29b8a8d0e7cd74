#include "events/generate/schema.h"

#include <algorithm>

namespace ledger::generate {
namespace {

template <typename Named>
const Named* find_named(const flatbuffers::Vector<flatbuffers::Offset<Named>>& among,
                        std::string_view name) {
    for (const Named* each : among)
        if (short_name(each->name()) == name) return each;
    return nullptr;
}

}  // namespace

std::string_view short_name(const flatbuffers::String* name) {
    const std::string_view full{name->c_str(), name->size()};
    return full.substr(full.rfind('.') + 1);
}

const Object* find_object(const reflection::Schema& schema, std::string_view name) {
    return find_named(*schema.objects(), name);
}

const Enum* find_enum(const reflection::Schema& schema, std::string_view name) {
    return find_named(*schema.enums(), name);
}

const reflection::Field* find_field(const Object& object, std::string_view name) {
    return find_named(*object.fields(), name);
}

const flatbuffers::String* attribute(const Attributes* among, const char* name) {
    if (!among) return nullptr;
    for (const reflection::KeyValue* each : *among)
        if (each->key()->str() == name) return each->value() ? each->value() : each->key();
    return nullptr;
}

std::vector<Member> members_of(const reflection::Schema& schema, std::string_view union_name) {
    std::vector<Member> members;
    for (const reflection::EnumVal* value : *find_enum(schema, union_name)->values()) {
        if (value->value() == 0) continue;
        const auto index = static_cast<flatbuffers::uoffset_t>(value->union_type()->index());
        members.push_back({value->name()->str(), schema.objects()->Get(index)});
    }
    return members;
}

std::vector<std::string> lines_of(const Strings* documentation) {
    std::vector<std::string> lines;
    if (!documentation) return lines;
    for (const flatbuffers::String* line : *documentation) {
        const std::string text = line->str();
        lines.push_back(text.substr(std::min(text.find_first_not_of(' '), text.size())));
    }
    return lines;
}

std::vector<const reflection::Field*> fields_of(const Object& object) {
    std::vector<const reflection::Field*> fields(object.fields()->begin(), object.fields()->end());
    std::sort(fields.begin(), fields.end(),
              [](const auto* a, const auto* b) { return a->id() < b->id(); });
    return fields;
}

}  // namespace ledger::generate
