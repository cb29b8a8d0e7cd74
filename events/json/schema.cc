#include "events/json/schema.h"

#include <flatbuffers/reflection.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <memory>

#include "events/bytes.h"
#include "events/check.h"
#include "ledger_bfbs_generated.h"

namespace ledger::json {
namespace {

constexpr std::string_view kNamespace = "ledger.fb.";

std::string_view without_namespace(std::string_view name) {
    return name.starts_with(kNamespace) ? name.substr(kNamespace.size()) : name;
}

// What begins the last line of a command's doc comment; it stands in events/actions.h.
constexpr std::string_view kExample = "Example: ";

using Lines = flatbuffers::Vector<flatbuffers::Offset<flatbuffers::String>>;

std::string joined(const Lines* lines) {
    std::string text;
    if (!lines) return text;
    for (const flatbuffers::String* line : *lines) {
        std::string_view words = line->string_view();
        if (words.starts_with(' ')) words.remove_prefix(1);
        if (words.starts_with(kExample)) break;
        if (!text.empty()) text += '\n';
        text += words;
    }
    return text;
}

// "version,time", "PurchaseOffer, RenewOrder"
std::vector<std::string> divided(std::string_view text) {
    std::vector<std::string> names;
    while (!text.empty()) {
        if (text.starts_with(' ')) text.remove_prefix(1);
        const std::size_t end = std::min(text.find(','), text.size());
        names.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return names;
}

// "1..64"
Bounds parse_bounds(std::string_view text) {
    Bounds bounds;
    const std::size_t dots = text.find("..");
    LEDGER_CHECK(dots != std::string_view::npos);
    const char* end = text.data() + text.size();
    const auto least = std::from_chars(text.data(), text.data() + dots, bounds.least);
    const auto most = std::from_chars(text.data() + dots + 2, end, bounds.most);
    LEDGER_CHECK(least.ec == std::errc() && most.ec == std::errc() && most.ptr == end);
    return bounds;
}

std::uint8_t width_of(reflection::BaseType type) {
    switch (type) {
        case reflection::UType:
        case reflection::Bool:
        case reflection::Byte:
        case reflection::UByte:
            return 1;
        case reflection::Short:
        case reflection::UShort:
            return 2;
        case reflection::Int:
        case reflection::UInt:
            return 4;
        case reflection::Long:
        case reflection::ULong:
            return 8;
        default:
            return 0;
    }
}

bool is_signed(reflection::BaseType type) {
    return type == reflection::Byte || type == reflection::Short || type == reflection::Int ||
           type == reflection::Long;
}

std::uint32_t parse_number(std::string_view text) {
    std::uint32_t number = 0;
    const char* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    LEDGER_CHECK(read.ec == std::errc() && read.ptr == end);
    return number;
}

bool is_flags(const reflection::Enum& type) {
    if (!type.attributes()) return false;
    for (const reflection::KeyValue* attribute : *type.attributes())
        if (attribute->key()->string_view() == "bit_flags") return true;
    return false;
}

// Fills in the tables one by one; their addresses stand from the start, so fields may point to any
// of them.
class Loader {
public:
    explicit Loader(const reflection::Schema& schema) : schema_(schema) {
        for (std::size_t i = 0; i < schema.objects()->size(); ++i)
            tables_.push_back(std::make_unique<Table>());
    }

    std::vector<std::unique_ptr<Table>> load() {
        for (std::size_t i = 0; i < tables_.size(); ++i)
            fill(*tables_[i], *schema_.objects()->Get(static_cast<flatbuffers::uoffset_t>(i)));
        mark_sealed();
        for (auto& table : tables_)
            if (table->columns.empty()) table->columns = all_columns(*table);
        return std::move(tables_);
    }

private:
    // From the tables that have a sealed text to those that they may stand in.
    void mark_sealed() {
        const auto holds = [](const Field& field) {
            const auto choice_holds = [](const Choice& choice) {
                return choice.table && choice.table->holds_sealed;
            };
            return field.kind == Kind::sealed || (field.table && field.table->holds_sealed) ||
                   std::any_of(field.choices.begin(), field.choices.end(), choice_holds);
        };
        for (bool found = true; found;) {
            found = false;
            for (const auto& table : tables_) {
                if (table->holds_sealed ||
                    !std::any_of(table->fields.begin(), table->fields.end(), holds))
                    continue;
                table->holds_sealed = found = true;
            }
        }
    }

    // Of a table in it each column stands alone; of what is joined by its own name.
    static std::vector<std::string> all_columns(const Table& table) {
        std::vector<std::string> columns;
        for (const Field& field : table.fields) {
            if (field.kind == Kind::variant) columns.emplace_back("type");
            if (field.kind != Kind::table || field.list) {
                columns.push_back(field.name);
                continue;
            }
            const std::string prefix = field.joined ? "" : field.name + ".";
            for (const std::string& inner :
                 field.table->columns.empty() ? all_columns(*field.table) : field.table->columns)
                columns.push_back(prefix + inner);
        }
        return columns;
    }

    void fill(Table& table, const reflection::Object& object) {
        table.name = without_namespace(object.name()->string_view());
        table.documentation = joined(object.documentation());
        table.is_struct = object.is_struct();
        table.width = static_cast<std::uint32_t>(object.bytesize());
        table.alignment = static_cast<std::uint32_t>(object.minalign());
        if (object.attributes())
            for (const reflection::KeyValue* attribute : *object.attributes()) {
                if (attribute->key()->string_view() == "often")
                    table.often = parse_number(attribute->value()->string_view());
                if (attribute->key()->string_view() == "columns")
                    table.columns = divided(attribute->value()->string_view());
                if (attribute->key()->string_view() == "asked_by")
                    table.asked_by = divided(attribute->value()->string_view());
            }
        for (const reflection::Field* field : *object.fields())
            if (field->type()->base_type() != reflection::UType)
                table.fields.push_back(read(*field));
        std::sort(table.fields.begin(), table.fields.end(),
                  [](const Field& a, const Field& b) { return a.id < b.id; });
        if (object.attributes())
            for (const reflection::KeyValue* attribute : *object.attributes())
                if (attribute->key()->string_view() == "subject")
                    table.subject = attribute->value()->str();
        // A union stands in JSON as "type" beside its field: one in a table, and no other "type"
        // there.
        const auto is_variant = [](const Field& field) { return field.kind == Kind::variant; };
        const auto variants = std::count_if(table.fields.begin(), table.fields.end(), is_variant);
        LEDGER_CHECK(variants == 0 || (variants == 1 && !table.field("type")));
    }

    Field read(const reflection::Field& from) {
        Field field;
        field.name = from.name()->str();
        field.documentation = joined(from.documentation());
        field.id = from.id();
        field.offset = from.offset();
        field.required = from.required();
        field.optional = from.optional();
        field.otherwise = from.default_integer();
        const reflection::Type& type = *from.type();
        field.list = type.base_type() == reflection::Vector;
        const reflection::BaseType base = field.list ? type.element() : type.base_type();
        field.width = base == reflection::Union ? 1 : width_of(base);
        field.is_signed = is_signed(base);
        field.kind = kind_of(field, base, type.index());
        if (from.attributes())
            for (const reflection::KeyValue* attribute : *from.attributes())
                take(field, attribute->key()->string_view(),
                     attribute->value() ? attribute->value()->string_view() : std::string_view{});
        // A list of bare bytes is always bytes.
        if (field.list && base == reflection::UByte && field.kind == Kind::integer)
            field.kind = Kind::bytes;
        if (field.kind == Kind::bytes || field.kind == Kind::sealed || field.kind == Kind::nested) {
            field.list = false;
            field.width = 0;
        }
        return field;
    }

    Kind kind_of(Field& field, reflection::BaseType base, int index) {
        if (base == reflection::String) return Kind::text;
        if (base == reflection::Obj) {
            field.table = tables_[static_cast<std::size_t>(index)].get();
            const reflection::Object& object =
                *schema_.objects()->Get(static_cast<flatbuffers::uoffset_t>(index));
            if (!object.is_struct()) return Kind::table;
            const std::string_view name = without_namespace(object.name()->string_view());
            return name == "Id128" || name == "Hash256" ? Kind::hash : Kind::structure;
        }
        if (base == reflection::Union) {
            LEDGER_CHECK(!field.list);
            read_choices(field, index);
            return Kind::variant;
        }
        LEDGER_CHECK(width_of(base) != 0);  // the schema has no floating-point numbers
        if (base == reflection::Bool) return Kind::boolean;
        if (index < 0) return Kind::integer;
        read_choices(field, index);
        const auto at = static_cast<flatbuffers::uoffset_t>(index);
        return is_flags(*schema_.enums()->Get(at)) ? Kind::flags : Kind::choice;
    }

    void read_choices(Field& field, int index) {
        const reflection::Enum& type =
            *schema_.enums()->Get(static_cast<flatbuffers::uoffset_t>(index));
        field.choices_of = without_namespace(type.name()->string_view());
        for (const reflection::EnumVal* value : *type.values()) {
            if (type.is_union() && value->value() == 0) continue;
            Choice choice;
            choice.name = value->name()->str();
            choice.value = value->value();
            choice.documentation = joined(value->documentation());
            if (type.is_union())
                choice.table =
                    tables_[static_cast<std::size_t>(value->union_type()->index())].get();
            field.choices.push_back(std::move(choice));
        }
    }

    void take(Field& field, std::string_view key, std::string_view value) {
        if (key == "date") field.kind = Kind::date;
        if (key == "time") field.kind = Kind::time;
        if (key == "until") field.kind = Kind::until;
        if (key == "sealed") field.kind = Kind::sealed;
        if (key == "name") field.identifier = true;
        if (key == "unsent") field.unsent = true;
        if (key == "folded") field.folded = true;
        if (key == "email") field.email = true;
        if (key == "made") field.made = true;
        if (key == "ticked") field.ticked = true;
        if (key == "moment") field.moment = true;
        if (key == "asked_as") field.asked_as = divided(value);
        if (key == "by_name") {
            LEDGER_CHECK(field.list && field.kind == Kind::table);
            field.by_name = true;
        }
        if (key == "joined") {
            LEDGER_CHECK(field.kind == Kind::table && !field.list);
            field.joined = true;
        }
        if (key == "range") field.range = parse_bounds(value);
        if (key == "length") field.length = parse_bounds(value);
        if (key == "nested_flatbuffer") {
            field.kind = Kind::nested;
            field.table = nested_table(without_namespace(value));
        }
    }

    const Table* nested_table(std::string_view name) {
        for (std::size_t i = 0; i < tables_.size(); ++i) {
            const auto& object = *schema_.objects()->Get(static_cast<flatbuffers::uoffset_t>(i));
            if (without_namespace(object.name()->string_view()) == name) return tables_[i].get();
        }
        LEDGER_CHECK(false);
    }

    const reflection::Schema& schema_;
    std::vector<std::unique_ptr<Table>> tables_;
};

struct Tables {
    Tables() {
        Bytes scratch;
        const BytesView bytes =
            aligned({fb::RecordBinarySchema::data(), fb::RecordBinarySchema::size()}, scratch);
        all = Loader(*reflection::GetSchema(bytes.data())).load();
        for (const auto& table : all) by_name.emplace(table->name, table.get());
    }

    std::vector<std::unique_ptr<Table>> all;
    std::map<std::string_view, const Table*> by_name;
};

template <typename Named>
const Named* find_named(const std::vector<Named>& among, std::string_view name) {
    for (const Named& each : among)
        if (each.name == name) return &each;
    return nullptr;
}

}  // namespace

const Choice* Field::choice(std::string_view named) const { return find_named(choices, named); }

const Choice* Field::choice(std::int64_t valued) const {
    for (const Choice& each : choices)
        if (each.value == valued) return &each;
    return nullptr;
}

const Field* Table::field(std::string_view named) const { return find_named(fields, named); }

const Table* find_table(std::string_view name) {
    static const Tables tables;
    const auto found = tables.by_name.find(without_namespace(name));
    return found == tables.by_name.end() ? nullptr : found->second;
}

const Table& table_named(std::string_view name) {
    const Table* table = find_table(name);
    LEDGER_CHECK(table);
    return *table;
}

}  // namespace ledger::json
