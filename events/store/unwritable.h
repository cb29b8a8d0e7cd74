// Whether files may be written at a place at all: a read-only mount, or no right to.
#pragma once

#include <string>

namespace ledger::store {

// Why nothing may be written in the folder, or where it would be made: "DIR can't be written
// (Read-only file system)"; empty: it may.
std::string why_unwritable(const std::string& place);

}  // namespace ledger::store
