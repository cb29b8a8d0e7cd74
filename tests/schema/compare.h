// What separates two versions of the schema, table by table and id by id. Records are kept for ever
// and read by older programs too, so a released schema only grows: optional fields with new ids,
// tables, enum values, union members. flatc --conform passes most breaks (a removed last field, a
// changed `required`, a renamed value), so this is ours.
#pragma once

#include <flatbuffers/reflection.h>

#include <string>
#include <vector>

namespace ledger::schema {

// One sentence for each break; empty when everything written under `older` reads the same under
// `newer`, and the other way round but for what is new.
std::vector<std::string> breaks(const reflection::Schema& older, const reflection::Schema& newer);

}  // namespace ledger::schema
