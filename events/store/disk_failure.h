// The end of the process after a failed write or fsync. What the kernel then still holds in memory
// is unknown and a second fsync would lie, so nothing is answered any more: a new process recovers
// from what is on disk. A full disk is no such failure.
#pragma once

#include <string>

namespace ledger::store {

[[noreturn]] void end_process_after_disk_failure(const std::string& place, const std::string& why);

}  // namespace ledger::store
