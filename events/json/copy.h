// What one FlatBuffer holds, copied into another that is being built, by the schema: texts, sealed
// ones too, tables and lists of either come out as they are. No union is copied, nor a list of
// scalars.
#pragma once

#include <flatbuffers/flatbuffers.h>

#include <cstdint>

#include "events/json/schema.h"

namespace ledger::json {

// What of a field lies outside its table, and so must be written before the table is begun; 0 for
// what lies in it. `place` is that of walk.h, aligned and verified, not null.
flatbuffers::Offset<void> copy_outside(flatbuffers::FlatBufferBuilder& out, const Field& field,
                                       const std::uint8_t* place);

// Into the table that was begun: the field `to`, which is of the same kind as `from`. `outside` is
// what copy_outside gave.
void copy_inside(flatbuffers::FlatBufferBuilder& out, const Field& to, const Field& from,
                 const std::uint8_t* place, flatbuffers::Offset<void> outside);

// A scalar of that field; one that is not optional is left out while it is the default.
void put_scalar(flatbuffers::FlatBufferBuilder& out, const Field& field, std::int64_t number);

}  // namespace ledger::json
