// What the writers of generated code read the binary schema with. It was verified; a fault of the
// schema itself is noted and ends the build with a sentence.
#pragma once

#include <flatbuffers/reflection.h>

#include <string>
#include <string_view>
#include <vector>

#include "events/generate/quoted.h"

namespace ledger::generate {

using Object = reflection::Object;
using Enum = reflection::Enum;
using Strings = flatbuffers::Vector<flatbuffers::Offset<flatbuffers::String>>;
using Attributes = flatbuffers::Vector<flatbuffers::Offset<reflection::KeyValue>>;

// What is wrong with the schema, one sentence each.
using Faults = std::vector<std::string>;

// "Person" of "ledger.fb.Person"
std::string_view short_name(const flatbuffers::String* name);

// Null when the schema has none of that short name.
const Object* find_object(const reflection::Schema& schema, std::string_view name);
const Enum* find_enum(const reflection::Schema& schema, std::string_view name);
const reflection::Field* find_field(const Object& object, std::string_view name);

// The value of an attribute, empty when it has none; null when it isn't there.
const flatbuffers::String* attribute(const Attributes* among, const char* name);

// The members of a union, without NONE, in the order of their numbers.
struct Member {
    std::string name;
    const Object* table;
};
std::vector<Member> members_of(const reflection::Schema& schema, std::string_view union_name);

// The lines of a doc comment, without the blanks in front.
std::vector<std::string> lines_of(const Strings* documentation);

// The fields in the order of their ids.
std::vector<const reflection::Field*> fields_of(const Object& object);

}  // namespace ledger::generate
