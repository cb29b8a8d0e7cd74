#include "events/json/build.h"

#include <flatbuffers/flatbuffers.h>

#include <algorithm>
#include <optional>
#include <string>

#include "events/folded.h"
#include "events/json/copy.h"

namespace ledger::json {
namespace {

using flatbuffers::FlatBufferBuilder;
using flatbuffers::Offset;
using flatbuffers::uoffset_t;

// Bytes that a field takes in a table, by which flatc sorts them; a struct counts as an offset
// there.
std::size_t slot_bytes(const Field& field) {
    if (field.width == 0 || field.list || field.kind == Kind::variant) return sizeof(uoffset_t);
    return field.width;
}

class Builder {
public:
    Builder(std::string_view owner, const SealText& seal) : owner_(owner), seal_(seal) {}

    Result<Bytes> build(const Table& table, const std::vector<Value>& parts,
                        const char* identifier) {
        const Offset<void> root = this->table(table, parts);
        if (error_) return *error_;
        out_.Finish(root, identifier);
        return Bytes(out_.GetBufferPointer(), out_.GetBufferPointer() + out_.GetSize());
    }

private:
    Offset<void> table(const Table& table, const std::vector<Value>& parts) {
        std::vector<Offset<void>> children;
        children.reserve(parts.size());
        const std::string subject =
            std::string(owner_) + '/' + table.subject + '/' + std::string(text_in(parts, "id"));
        for (const Value& part : parts) {
            LEDGER_CHECK(part.field->kind != Kind::sealed || !table.subject.empty());
            children.push_back(child(part, subject));
        }
        const uoffset_t start = out_.StartTable();
        for (std::size_t bytes = sizeof(std::uint64_t); bytes > 0; bytes /= 2) {
            for (std::size_t i = parts.size(); i-- > 0;) {
                if (slot_bytes(*parts[i].field) == bytes) add(parts[i], children[i]);
                if (bytes == 1 && parts[i].field->kind == Kind::variant) add_type(parts[i]);
            }
        }
        LEDGER_CHECK(!table.is_struct);
        return Offset<void>(out_.EndTable(start));
    }

    // What is not in the table itself, written before it.
    Offset<void> child(const Value& value, std::string_view subject) {
        if (error_) return 0;
        if (value.field->list) return list(value);
        switch (value.field->kind) {
            case Kind::text:
                return out_.CreateString(value.text.data(), value.text.size()).Union();
            case Kind::sealed:
                return sealed(value, subject);
            case Kind::bytes:
                return bytes(view_of(value.bytes));
            case Kind::table:
                return table(*value.field->table, value.parts);
            case Kind::variant:
                return table(*value.choice->table, value.parts);
            case Kind::boolean:
            case Kind::integer:
            case Kind::date:
            case Kind::time:
            case Kind::until:
            case Kind::choice:
            case Kind::flags:
            case Kind::hash:
                return 0;
            case Kind::nested:
            case Kind::structure:
                break;
        }
        LEDGER_CHECK(false);  // never read from JSON
    }

    Offset<void> list(const Value& value) {
        if (value.field->width != 0) return numbers(value);
        std::vector<Offset<void>> elements;
        elements.reserve(value.parts.size());
        for (const Value& part : value.parts) {
            if (part.field->kind == Kind::text)
                elements.push_back(out_.CreateString(part.text.data(), part.text.size()).Union());
            else
                elements.push_back(table(*part.field->table, part.parts));
        }
        return out_.CreateVector(elements).Union();
    }

    Offset<void> numbers(const Value& value) {
        switch (value.field->width) {
            case 1:
                return numbers_as<std::uint8_t>(value);
            case 2:
                return numbers_as<std::uint16_t>(value);
            case 4:
                return numbers_as<std::uint32_t>(value);
            default:
                return numbers_as<std::uint64_t>(value);
        }
    }

    template <typename Bits>
    Offset<void> numbers_as(const Value& value) {
        std::vector<Bits> numbers;
        numbers.reserve(value.parts.size());
        for (const Value& part : value.parts) numbers.push_back(static_cast<Bits>(part.number));
        return out_.CreateVector(numbers).Union();
    }

    Offset<void> bytes(BytesView view) {
        return out_.CreateVector(view.data(), view.size()).Union();
    }

    Offset<void> sealed(const Value& value, std::string_view subject) {
        const Result<Bytes> bytes =
            seal_(subject, value.text,
                  value.field->folded ? folded(value.text) : std::string(value.text));
        if (bytes) return this->bytes(*bytes);
        error_ = bytes.error();
        return 0;
    }

    void add(const Value& value, Offset<void> child) {
        const Field& field = *value.field;
        if (field.kind == Kind::hash) {
            out_.Align(field.table->alignment);
            out_.PushBytes(view_of(value.bytes).data(), value.bytes.size());
            out_.AddStructOffset(field.offset, out_.GetSize());
        } else if (field.width == 0 || field.list || field.kind == Kind::variant) {
            out_.AddOffset(field.offset, child);
        } else {
            put_scalar(out_, field, value.number);
        }
    }

    void add_type(const Value& value) {
        out_.AddElement<std::uint8_t>(value.field->type_offset(),
                                      static_cast<std::uint8_t>(value.choice->value), 0);
    }

    FlatBufferBuilder out_{512};
    std::string_view owner_;
    const SealText& seal_;
    std::optional<Error> error_;
};

}  // namespace

Result<Bytes> build(const Table& table, const std::vector<Value>& parts, std::string_view owner,
                    const SealText& seal, const char* file_identifier) {
    return Builder(owner, seal).build(table, parts, file_identifier);
}

bool has_sealed(const std::vector<Value>& parts) {
    return std::any_of(parts.begin(), parts.end(), [](const Value& part) {
        return part.field->kind == Kind::sealed || has_sealed(part.parts);
    });
}

std::string_view text_in(const std::vector<Value>& parts, std::string_view field) {
    for (const Value& part : parts)
        if (part.field->kind == Kind::text && !part.field->list && part.field->name == field)
            return part.text;
    return {};
}

}  // namespace ledger::json
