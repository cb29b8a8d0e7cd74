#include "events/json/encode.h"

#include "events/check.h"
#include "events/date.h"
#include "events/json/forms.h"
#include "events/json/text_writer.h"
#include "events/json/walk.h"

namespace ledger::json {
namespace {

class JsonWriter : private TextWriter {
public:
    JsonWriter(std::string& out, const Style& style)
        : TextWriter(out, style.pretty), style_(style) {}

    void table(const Table& type, const std::uint8_t* at) {
        open('{');
        members(type, at);
        close('}');
    }

    // Up to the first element of its last field, a list.
    void open_list(const Table& type, const std::uint8_t* at) {
        open('{');
        const Field& last = type.fields.back();
        LEDGER_CHECK(last.list && last.kind == Kind::table && !last.by_name);
        members(type, at, &last);
        name(last.name);
        open('[');
    }

    void element(const Table& type, const std::uint8_t* at) {
        next();
        table(type, at);
    }

    void close_list() {
        close(']');
        close('}');
    }

    // A value of its own, that is not a table's member.
    void value_at(const Field& field, const std::uint8_t* place) {
        if (field.list)
            list(field, follow(place));
        else
            value(field, place);
    }

private:
    void members(const Table& type, const std::uint8_t* at, const Field* left_out = nullptr) {
        for (const Field& field : type.fields) {
            if (&field == left_out) continue;
            if (field.kind == Kind::variant)
                variant(field, at);
            else if (const std::uint8_t* place = place_of(type, field, at); !field.joined)
                member(field, place);
            else if (place)
                members(*field.table, follow(place));
        }
    }

    void member(const Field& field, const std::uint8_t* place) {
        if (!place) {
            if (field.width == 0 || field.list || field.optional) return;
            if (field.unsent && field.otherwise == 0) return;
            name(field.name);
            scalar(field, field.otherwise);
        } else if (field.list) {
            name(field.name);
            list(field, follow(place));
        } else {
            if (field.unsent && field.width && read_scalar(field, place) == 0) return;
            name(field.name);
            value(field, place);
        }
    }

    void variant(const Field& field, const std::uint8_t* at) {
        const auto* table = reinterpret_cast<const flatbuffers::Table*>(at);
        const auto type = table->GetField<std::uint8_t>(field.type_offset(), 0);
        if (type == 0) return;
        name("type");
        const Choice* choice = read_variant(field, at);
        if (!choice) return number(type);
        text(choice->name);
        const std::uint8_t* place = table->GetAddressOf(field.offset);
        if (!place) return;
        name(field.name);
        this->table(*choice->table, follow(place));
    }

    // The first field behind the name that is there; a number that isn't is its default.
    void named_value(const Table& type, const std::uint8_t* at) {
        for (const Field& field : type.fields) {
            const std::uint8_t* place = place_of(type, field, at);
            if (field.id == 0 || (!place && (field.width == 0 || field.optional))) continue;
            if (!place) return scalar(field, field.otherwise);
            return value_at(field, place);
        }
        null();
    }

    // Elements are tables of a name and a value.
    void list_by_name(const Field& field, const std::uint8_t* vector) {
        const List elements = read_list(field, vector);
        const Field& named = field.table->fields.at(0);
        open('{');
        for (std::uint32_t i = 0; i < elements.count; ++i) {
            const auto* at = follow(elements.first + std::size_t{i} * elements.stride);
            name(text_of(read_bytes(follow(place_of(*field.table, named, at)))));
            named_value(*field.table, at);
        }
        close('}');
    }

    void list(const Field& field, const std::uint8_t* vector) {
        if (field.by_name) return list_by_name(field, vector);
        const List elements = read_list(field, vector);
        open('[');
        for (std::uint32_t i = 0; i < elements.count; ++i) {
            next();
            value(field, elements.first + std::size_t{i} * elements.stride);
        }
        close(']');
    }

    void value(const Field& field, const std::uint8_t* place) {
        switch (field.kind) {
            case Kind::boolean:
            case Kind::integer:
            case Kind::date:
            case Kind::time:
            case Kind::until:
            case Kind::choice:
            case Kind::flags:
                return scalar(field, read_scalar(field, place));
            case Kind::text:
                return text(text_of(read_bytes(follow(place))));
            case Kind::sealed:
                return sealed(read_bytes(follow(place)));
            case Kind::bytes:
                return hex(read_bytes(follow(place)));
            case Kind::nested:
                return nested(*field.table, read_bytes(follow(place)));
            case Kind::table:
                return table(*field.table, follow(place));
            case Kind::hash:
                return hash(*field.table, place);
            case Kind::structure:
                return table(*field.table, place);
            case Kind::variant:
                break;
        }
        LEDGER_CHECK(false);  // a union is a member, never a value of its own
    }

    void scalar(const Field& field, std::int64_t value) {
        const bool unset = value == 0 && !field.optional;
        switch (field.kind) {
            case Kind::boolean:
                return boolean(value != 0);
            case Kind::date:
            case Kind::time:
            case Kind::until:
                if (unset) return null();
                [[fallthrough]];
            case Kind::choice:
                if (const auto words = text_of_scalar(field, value)) return text(*words);
                return whole(field, value);
            case Kind::flags:
                return flags(field, value);
            case Kind::integer:
            case Kind::text:
            case Kind::sealed:
            case Kind::bytes:
            case Kind::nested:
            case Kind::table:
            case Kind::hash:
            case Kind::structure:
            case Kind::variant:
                return whole(field, value);
        }
    }

    void flags(const Field& field, std::int64_t value) {
        open('[');
        for (const Choice& choice : field.choices) {
            if ((value & choice.value) == 0) continue;
            next();
            text(choice.name);
            value &= ~choice.value;
        }
        if (value != 0) {
            next();
            whole(field, value);
        }
        close(']');
    }

    void whole(const Field& field, std::int64_t value) {
        if (field.width == 8 && !field.is_signed) return number(static_cast<std::uint64_t>(value));
        number(value);
    }

    void sealed(BytesView bytes) {
        if (style_.in_words) return text(words_of_sealed(bytes, style_.open));
        if (style_.open) {
            const auto opened = style_.open(bytes);
            if (opened.ok() && *opened) return text(**opened);
            if (opened.ok()) return null();
            return sealed_as(bytes, opened.error().key_lost);
        }
        sealed_as(bytes, false);
    }

    void sealed_as(BytesView bytes, bool key_lost) {
        open('{');
        name("sealed");
        const std::optional<Id128> hash = lookup_of(bytes);
        if (hash)
            text(to_hex(*hash));
        else
            null();
        if (key_lost) {
            name("key");
            text("lost");
        }
        close('}');
    }

    void hex(BytesView bytes) {
        std::string digits;
        append_hex(digits, bytes);
        text(digits);
    }

    void hash(const Table& type, const std::uint8_t* at) {
        std::string digits;
        append_hash(digits, type, at);
        text(digits);
    }

    void nested(const Table& type, BytesView bytes) {
        Bytes scratch;
        bytes = aligned(bytes, scratch);
        table(type, reinterpret_cast<const std::uint8_t*>(
                        flatbuffers::GetRoot<flatbuffers::Table>(bytes.data())));
    }

    const Style& style_;
};

}  // namespace

OpenText open_with(Sealer& sealer) {
    return [&sealer](BytesView sealed) { return sealer.open(sealed); };
}

std::string words_of_sealed(BytesView sealed, const OpenText& open) {
    if (sealed.empty()) return {};
    if (!open) return "sealed";
    const auto opened = open(sealed);
    if (!opened) return opened.error().key_lost ? "key lost" : "unreadable";
    return opened->value_or("erased");
}

std::string value_json(const Field& field, const std::uint8_t* place, const Style& style) {
    std::string out;
    JsonWriter(out, style).value_at(field, place);
    return out;
}

std::string to_json(const TableView& table, const Style& style) {
    return to_json(*table.type, table.at, style);
}

std::string to_json(const Table& type, const std::uint8_t* table, const Style& style) {
    std::string out;
    JsonWriter(out, style).table(type, table);
    return out;
}

std::string to_json(std::string_view table_name, BytesView bytes, const Style& style) {
    LEDGER_CHECK(is_aligned(bytes));
    return to_json(table_named(table_name),
                   reinterpret_cast<const std::uint8_t*>(
                       flatbuffers::GetRoot<flatbuffers::Table>(bytes.data())),
                   style);
}

struct LongDocument::Inside {
    Inside(const TableView& head, Style the_style)
        : style(std::move(the_style)), writer(text, style) {
        writer.open_list(*head.type, head.at);
    }

    Style style;
    std::string text;
    JsonWriter writer;
};

LongDocument::LongDocument(const TableView& head, Style style)
    : inside_(std::make_unique<Inside>(head, std::move(style))) {}

LongDocument::~LongDocument() = default;

void LongDocument::add(const TableView& element) {
    inside_->writer.element(*element.type, element.at);
}

void LongDocument::end() { inside_->writer.close_list(); }

std::string& LongDocument::text() { return inside_->text; }

}  // namespace ledger::json
