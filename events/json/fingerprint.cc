#include "events/json/fingerprint.h"

#include "events/check.h"
#include "events/json/walk.h"
#include "events/seal.h"

namespace ledger::json {
namespace {

constexpr std::uint16_t kEndOfTable = 0xFFFF;
constexpr std::size_t kUsualBytes = 256;  // of most commands, so that the bytes are allocated once

class BodyWriter {
public:
    explicit BodyWriter(Bytes& out) : out_(out) {}

    void table(const Table& type, const std::uint8_t* at) {
        for (const Field& field : type.fields) {
            if (field.kind == Kind::variant)
                variant(field, at);
            else if (const std::uint8_t* place = place_of(type, field, at))
                member(field, place);
        }
        integer(kEndOfTable);
    }

    void byte(std::uint8_t value) { out_.push_back(value); }

private:
    template <typename Integer>
    void integer(Integer value) {
        std::uint8_t bytes[sizeof value];
        for (std::size_t i = 0; i < sizeof value; ++i) {
            bytes[i] = static_cast<std::uint8_t>(value);
            if constexpr (sizeof value > 1) value = static_cast<Integer>(value >> 8);
        }
        out_.insert(out_.end(), bytes, bytes + sizeof value);
    }

    void append(BytesView bytes) {
        integer(static_cast<std::uint32_t>(bytes.size()));
        out_.insert(out_.end(), bytes.begin(), bytes.end());
    }

    void member(const Field& field, const std::uint8_t* place) {
        if (field.list) return list(field, follow(place));
        if (field.width != 0) {
            if (!field.optional && read_scalar(field, place) == field.otherwise) return;
        } else if (field.kind == Kind::text && !field.required &&
                   read_bytes(follow(place)).empty()) {
            return;
        }
        integer(field.id);
        value(field, place);
    }

    void list(const Field& field, const std::uint8_t* vector) {
        const List elements = read_list(field, vector);
        if (elements.count == 0 && !field.required) return;
        integer(field.id);
        integer(elements.count);
        for (std::uint32_t i = 0; i < elements.count; ++i)
            value(field, elements.first + std::size_t{i} * elements.stride);
    }

    void variant(const Field& field, const std::uint8_t* at) {
        const Choice* choice = read_variant(field, at);
        if (!choice) return;
        const auto* table = reinterpret_cast<const flatbuffers::Table*>(at);
        integer(field.id);
        byte(static_cast<std::uint8_t>(choice->value));
        this->table(*choice->table, follow(table->GetAddressOf(field.offset)));
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
                return scalar(field.width, read_scalar(field, place));
            case Kind::text:
            case Kind::bytes:
            case Kind::nested:
                return append(read_bytes(follow(place)));
            case Kind::sealed:
                return sealed(read_bytes(follow(place)));
            case Kind::table:
                return table(*field.table, follow(place));
            case Kind::hash:
            case Kind::structure:
                return structure(*field.table, place);
            case Kind::variant:
                break;
        }
        LEDGER_CHECK(false);  // a union is a member, never a value of its own
    }

    void scalar(std::uint8_t width, std::int64_t value) {
        switch (width) {
            case 1:
                return integer(static_cast<std::uint8_t>(value));
            case 2:
                return integer(static_cast<std::uint16_t>(value));
            case 4:
                return integer(static_cast<std::uint32_t>(value));
            default:
                return integer(static_cast<std::uint64_t>(value));
        }
    }

    // A struct's fields are always there.
    void structure(const Table& type, const std::uint8_t* at) {
        for (const Field& field : type.fields) value(field, at + field.offset);
    }

    // Bytes that are no sealed text stand for themselves.
    void sealed(BytesView bytes) {
        const std::optional<Id128> hash = lookup_of(bytes);
        if (!hash) return append(bytes);
        integer(hash->high);
        integer(hash->low);
    }

    Bytes& out_;
};

}  // namespace

Bytes fingerprint_bytes(const fb::Command& command) {
    static const Field& body = *table_named("Command").field("body");
    const Choice* type = body.choice(static_cast<std::int64_t>(command.body_type()));
    LEDGER_CHECK(type);
    Bytes bytes;
    bytes.reserve(kUsualBytes);
    BodyWriter writer(bytes);
    writer.byte(static_cast<std::uint8_t>(type->value));
    writer.table(*type->table, static_cast<const std::uint8_t*>(command.body()));
    return bytes;
}

}  // namespace ledger::json
