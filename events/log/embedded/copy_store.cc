#include "events/log/embedded/copy_store.h"

#include <fmt/format.h>
#include <rocksdb/utilities/checkpoint.h>

#include <memory>

namespace ledger::log {

Result<void> copy_store(rocksdb::DB& db, const std::string& what, const std::string& place) {
    rocksdb::Checkpoint* made = nullptr;
    auto status = rocksdb::Checkpoint::Create(&db, &made);
    const std::unique_ptr<rocksdb::Checkpoint> checkpoint(made);
    if (status.ok()) status = checkpoint->CreateCheckpoint(place);
    if (status.ok()) return {};
    if (status.IsNoSpace())
        return error(
            fmt::format("the disk of {} is full, the {} can't be copied to it: make room or name "
                        "another place, and do it again",
                        place, what));
    return error(fmt::format("the {} can't be copied to {}: {}", what, place, status.ToString()));
}

}  // namespace ledger::log
