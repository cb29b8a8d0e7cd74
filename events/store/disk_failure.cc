#include "events/store/disk_failure.h"

#include <cstdio>
#include <cstdlib>

#include "events/printable.h"

namespace ledger::store {

void end_process_after_disk_failure(const std::string& place, const std::string& why) {
    std::fprintf(
        stderr,
        "%s can't be written: %s. The process ends, so that nothing is answered that isn't "
        "on disk; see that the disk works and start it again.\n",
        printable(place).c_str(), printable(why).c_str());
    std::abort();
}

}  // namespace ledger::store
