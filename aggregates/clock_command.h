// The ledger's own command to move a sandbox's clock; the same in every partition and wherever it is
// made.
#pragma once

#include <string>

#include "events/bytes.h"
#include "events/date.h"

namespace ledger {

// "clock-2021-02-01"
std::string clock_command_id(Date to);
// Packed, by the system's actor "clock".
Bytes clock_command(Date to);

}  // namespace ledger
