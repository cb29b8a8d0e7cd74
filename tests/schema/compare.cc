#include "tests/schema/compare.h"

#include <algorithm>
#include <map>
#include <string_view>

namespace ledger::schema {
namespace {

using flatbuffers::uoffset_t;
using reflection::Enum;
using reflection::EnumVal;
using reflection::Field;
using reflection::Object;
using reflection::Schema;

// Attributes that say what a field's bits mean. The others (range, length, name) only say what a
// caller may send.
constexpr const char* kMeanings[] = {"date",   "time",   "until",
                                     "sealed", "unsent", "nested_flatbuffer"};

template <typename Named>
const Named* named(const flatbuffers::Vector<flatbuffers::Offset<Named>>& among,
                   const flatbuffers::String& name) {
    for (const Named* each : among)
        if (each->name()->string_view() == name.string_view()) return each;
    return nullptr;
}

template <typename Attributed>
const reflection::KeyValue* find(const Attributed& of, std::string_view attribute) {
    if (!of.attributes()) return nullptr;
    for (const reflection::KeyValue* each : *of.attributes())
        if (each->key()->string_view() == attribute) return each;
    return nullptr;
}

// flatc writes an attribute without a value as "0", or as nothing.
std::string attribute(const Field& field, std::string_view name) {
    const reflection::KeyValue* found = find(field, name);
    if (!found) return "absent";
    const flatbuffers::String* value = found->value();
    return value && value->size() > 0 && value->str() != "0" ? value->str() : "present";
}

std::string type_name(const Schema& schema, reflection::BaseType base, int index) {
    if (index < 0) return reflection::EnumNameBaseType(base);
    if (base == reflection::Obj)
        return schema.objects()->Get(static_cast<uoffset_t>(index))->name()->str();
    const Enum& type = *schema.enums()->Get(static_cast<uoffset_t>(index));
    return type.name()->str() + " " + reflection::EnumNameBaseType(base);
}

std::string type_name(const Schema& schema, const reflection::Type& type) {
    if (type.base_type() == reflection::Vector)
        return "[" + type_name(schema, type.element(), type.index()) + "]";
    std::string name = type_name(schema, type.base_type(), type.index());
    if (type.base_type() != reflection::Array) return name;
    return "[" + type_name(schema, type.element(), type.index()) + ":" +
           std::to_string(type.fixed_length()) + "]";
}

std::string default_of(const Field& field) {
    if (field.optional()) return "null";
    if (field.default_real() != 0.0) return std::to_string(field.default_real());
    return std::to_string(field.default_integer());
}

bool is_scalar(const Field& field) { return field.type()->base_type() <= reflection::Double; }

using Fields = std::map<std::uint16_t, const Field*>;

Fields by_id(const Object& table) {
    Fields fields;
    for (const Field* field : *table.fields()) fields.emplace(field->id(), field);
    return fields;
}

class Comparison {
public:
    Comparison(const Schema& older, const Schema& newer) : older_(older), newer_(newer) {}

    std::vector<std::string> run() {
        for (const Object* table : *older_.objects()) compare_object(*table);
        for (const Enum* type : *older_.enums()) compare_enum(*type);
        compare_root();
        return std::move(found_);
    }

private:
    void found(const std::string& where, const std::string& what) {
        found_.push_back(where + " " + what);
    }

    void compare_object(const Object& old) {
        const std::string name = old.name()->str();
        const Object* now = named(*newer_.objects(), *old.name());
        if (!now) return found(name, "was removed");
        if (old.is_struct() != now->is_struct())
            return found(name, "changed between table and struct");
        if (old.is_struct()) return compare_struct(old, *now);
        const Fields before = by_id(old), after = by_id(*now);
        for (const auto& [id, field] : before) {
            const auto same = after.find(id);
            if (same != after.end() && same->second->name()->str() == field->name()->str())
                compare_field(name, *field, *same->second);
            else
                compare_lost(name, *field, *now, same == after.end() ? nullptr : same->second);
        }
        for (const auto& [id, field] : after)
            if (!before.count(id) && field->required())
                found(name + "." + field->name()->str(),
                      "is new and required: records that exist don't have it");
    }

    // A field whose name no longer stands at its id.
    void compare_lost(const std::string& table, const Field& old, const Object& now,
                      const Field* in_its_place) {
        const std::string name = table + "." + old.name()->str();
        if (const Field* moved = named(*now.fields(), *old.name()))
            return found(name, "was renumbered from id " + std::to_string(old.id()) + " to " +
                                   std::to_string(moved->id()));
        if (in_its_place)
            return found(name, "was renamed or replaced: id " + std::to_string(old.id()) +
                                   " is now " + in_its_place->name()->str());
        found(name, "was removed");
    }

    void compare_field(const std::string& table, const Field& old, const Field& now) {
        const std::string name = table + "." + old.name()->str();
        const std::string before = type_name(older_, *old.type());
        const std::string after = type_name(newer_, *now.type());
        if (before != after) found(name, "was retyped from " + before + " to " + after);
        if (!old.required() && now.required()) found(name, "became required");
        if (old.required() && !now.required()) found(name, "is no longer required");
        if (!old.deprecated() && now.deprecated()) found(name, "was deprecated, which removes it");
        if (is_scalar(old) && is_scalar(now) && default_of(old) != default_of(now))
            found(name, "changed its default from " + default_of(old) + " to " + default_of(now));
        for (const char* meaning : kMeanings)
            if (attribute(old, meaning) != attribute(now, meaning))
                found(name, std::string("changed its attribute ") + meaning + " from " +
                                attribute(old, meaning) + " to " + attribute(now, meaning));
    }

    // Structs have no vtable: not even an addition at the end is possible.
    void compare_struct(const Object& old, const Object& now) {
        const Fields before = by_id(old), after = by_id(now);
        const auto same = [this](const auto& a, const auto& b) {
            return a.second->name()->str() == b.second->name()->str() &&
                   a.second->offset() == b.second->offset() &&
                   type_name(older_, *a.second->type()) == type_name(newer_, *b.second->type());
        };
        if (before.size() != after.size() || old.bytesize() != now.bytesize() ||
            !std::equal(before.begin(), before.end(), after.begin(), same))
            found(old.name()->str(), "is a struct and changed");
    }

    void compare_enum(const Enum& old) {
        const std::string name = old.name()->str();
        const Enum* now = named(*newer_.enums(), *old.name());
        if (!now) return found(name, "was removed");
        if (old.is_union() != now->is_union()) return found(name, "changed between enum and union");
        if (old.underlying_type()->base_type() != now->underlying_type()->base_type())
            found(name, "changed its underlying type");
        if (!find(old, "bit_flags") != !find(*now, "bit_flags"))
            return found(name, "changed between enum and bit_flags");
        for (const EnumVal* value : *old.values()) compare_value(name, *value, *now);
    }

    void compare_value(const std::string& type, const EnumVal& old, const Enum& now) {
        const std::string name = type + "." + old.name()->str();
        const EnumVal* same = nullptr;
        const EnumVal* moved = nullptr;
        for (const EnumVal* value : *now.values()) {
            if (value->value() == old.value()) same = value;
            if (value->name()->str() == old.name()->str()) moved = value;
        }
        if (moved && moved != same)
            return found(name, "was renumbered from " + std::to_string(old.value()) + " to " +
                                   std::to_string(moved->value()));
        if (!same) return found(name, "was removed");
        if (!moved)
            return found(name, "was renamed or replaced: " + std::to_string(old.value()) +
                                   " is now " + same->name()->str());
        if (!now.is_union() || old.value() == 0) return;
        const std::string before = type_name(older_, *old.union_type());
        const std::string after = type_name(newer_, *same->union_type());
        if (before != after) found(name, "was retyped from " + before + " to " + after);
    }

    void compare_root() {
        const auto root = [](const Schema& schema) {
            return schema.root_table() ? schema.root_table()->name()->str() : "none";
        };
        const auto identifier = [](const Schema& schema) {
            return schema.file_ident() ? schema.file_ident()->str() : "none";
        };
        if (root(older_) != root(newer_))
            found("the root type", "changed from " + root(older_) + " to " + root(newer_));
        if (identifier(older_) != identifier(newer_))
            found("the file identifier",
                  "changed from " + identifier(older_) + " to " + identifier(newer_));
    }

    const Schema& older_;
    const Schema& newer_;
    std::vector<std::string> found_;
};

}  // namespace

std::vector<std::string> breaks(const Schema& older, const Schema& newer) {
    return Comparison(older, newer).run();
}

}  // namespace ledger::schema
