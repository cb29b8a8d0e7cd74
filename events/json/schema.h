// The schema as the program knows it, read once from the binary schema that is compiled in: tables
// and their fields in the order of their ids, what a field holds, and what its attributes say about
// it (see schema/common.fbs). The JSON codec, fingerprints and the help texts of the command line
// all walk over this, so a new table needs no code there. Immutable after the first use, so any
// thread may read it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ledger::json {

// What a field, or each element of a list, holds.
enum class Kind {
    boolean,
    integer,
    date,    // days since 1970-01-01
    time,    // milliseconds since 1970-01-01 UTC
    until,   // the same; a bare date in JSON means its last millisecond
    choice,  // an enum
    flags,   // an enum with bit_flags
    text,
    sealed,  // bytes that only the key store opens
    bytes,
    nested,  // bytes that are a FlatBuffer of `table`
    table,
    hash,       // a struct of 64-bit words, in JSON hex digits: Id128, Hash256
    structure,  // any other struct
    variant,    // a union: one of several tables
};

struct Table;

struct Choice {
    std::string name;
    std::int64_t value = 0;
    const Table* table = nullptr;  // of a union's member
    std::string documentation;
};

struct Bounds {
    std::int64_t least = 0;
    std::int64_t most = 0;
};

struct Field {
    std::string name;
    std::string documentation;
    Kind kind = Kind::integer;
    bool list = false;                  // a vector of that kind
    bool required = false;              // for texts, tables and lists
    bool optional = false;              // a scalar that may be absent (`= null`)
    bool identifier = false;            // attribute `name`
    bool unsent = false;                // never comes from a caller
    bool folded = false;                // attribute `folded`
    bool email = false;                 // attribute `email`
    bool made = false;                  // attribute `made`
    bool ticked = false;                // attribute `ticked`
    bool moment = false;                // attribute `moment`
    bool joined = false;                // attribute `joined`
    bool by_name = false;               // attribute `by_name`
    std::vector<std::string> asked_as;  // attribute `asked_as`: FIELD, or COMMAND.FIELD
    bool is_signed = false;             // of a scalar
    std::uint8_t width = 0;             // bytes of a scalar, or of a union's type
    std::uint16_t id = 0;
    std::uint16_t offset = 0;      // in the table's vtable, or from a struct's first byte
    std::int64_t otherwise = 0;    // a scalar's default
    std::optional<Bounds> range;   // attribute `range`
    std::optional<Bounds> length;  // attribute `length`
    const Table* table = nullptr;
    std::vector<Choice> choices;  // of an enum or a union, without NONE
    std::string choices_of;       // the name of that

    // Where a union's type stands in the vtable.
    std::uint16_t type_offset() const { return static_cast<std::uint16_t>(offset - 2); }
    // The choice of that name or value, or null.
    const Choice* choice(std::string_view named) const;
    const Choice* choice(std::int64_t valued) const;
};

struct Table {
    std::string name;  // without its namespace
    std::string documentation;
    std::string subject;  // attribute `subject`; empty: no text of its own is sealed
    bool is_struct = false;
    bool holds_sealed = false;          // it, or what may stand in it, has a sealed text
    std::uint32_t width = 0;            // bytes of a struct
    std::uint32_t alignment = 0;        // of a struct
    std::uint32_t often = 10;           // attribute `often` of a command
    std::vector<std::string> asked_by;  // attribute `asked_by` of an event
    std::vector<Field> fields;          // by id; a union's type has no place of its own here
    // Of csv: names of fields, or of fields inside them ("after.left"). Attribute `columns`, else
    // every field, and of a table in it that one's columns.
    std::vector<std::string> columns;

    const Field* field(std::string_view named) const;
};

// The table or struct of that name, with or without the namespace "ledger.fb."; null when there is
// none.
const Table* find_table(std::string_view name);

// The same for a name that stands in our own code: that there is such a table is checked.
const Table& table_named(std::string_view name);

}  // namespace ledger::json
