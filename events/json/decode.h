// From JSON to FlatBuffers: commands as callers give them, and tables of policy and catalogue data.
// Everything is checked; an error is one sentence that starts with the place, and the caller puts
// the line before it:
//   c.jsonl:17: body.quantity: expected a number from 1 to 100000, found "ten"
// A command is {"id": "c1", "partner": "contoso", "actor": {"kind": "user", "id": "kim"}, "type":
// "AssignSeat", "body": {...}} with the other fields of table Command beside them, in any order;
// null counts as absent.
#pragma once

#include <flatbuffers/flatbuffers.h>

#include <string_view>
#include <vector>

#include "events/bytes.h"
#include "events/json/build.h"
#include "events/json/read.h"
#include "events/result.h"
#include "events/seal.h"

namespace ledger::json {

SealText seal_with(Sealer& sealer);

// A verified buffer of table Command with its file identifier. Personal texts are sealed when all
// else is known to be right, so that a broken command makes no data key; their subjects are those
// of build.h. An error of the sealing has another form, and perhaps an unknown effect; all others
// are as above.
Result<Bytes> command_from_json(std::string_view json, const SealText& seal,
                                Callers callers = Callers::partners);
Result<Bytes> command_from_json(std::string_view json, Sealer& sealer,
                                Callers callers = Callers::partners);
// The same of one that stands as values already.
Result<Bytes> command_from(const Node& given, const SealText& seal,
                           Callers callers = Callers::partners);

// A buffer whose root is that table, from a JSON object. A table with sealed texts is refused.
Result<Bytes> table_from_json(std::string_view table_name, std::string_view json);

// Of one that stands as values already, with all that is wrong with it.
Result<Bytes> table_from(std::string_view table_name, const Node& given,
                         std::vector<Error>& faults);

// One buffer for each element of a JSON list; places in errors are like [2].grants[0].sku.
Result<std::vector<Bytes>> tables_from_json(std::string_view table_name, std::string_view json);

// The same as native objects: natives_from_json<fb::PolicyVersion>(text).
template <typename Generated>
Result<std::vector<typename Generated::NativeTableType>> natives_from_json(std::string_view json) {
    const auto tables = tables_from_json(Generated::GetFullyQualifiedName(), json);
    if (!tables) return tables.error();
    std::vector<typename Generated::NativeTableType> natives(tables->size());
    for (std::size_t i = 0; i < natives.size(); ++i)
        flatbuffers::GetRoot<Generated>((*tables)[i].data())->UnPackTo(&natives[i]);
    return natives;
}

}  // namespace ledger::json
