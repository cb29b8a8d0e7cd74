#include "events/store/status_of.h"

namespace ledger::store {
namespace {

// RocksDB's words where it gives no code.
bool is_about_lock(const std::string& why) {
    return why.find("lock hold by current process") != std::string::npos ||
           why.find("/LOCK") != std::string::npos;
}

Status::Kind kind_of(const rocksdb::Status& status, const std::string& why) {
    using Kind = Status::Kind;
    if (status.IsNotFound()) return Kind::missing;
    if (status.IsNoSpace()) return Kind::full;
    if (status.IsCorruption()) return Kind::damaged;
    if (status.IsIOError() && is_about_lock(why))
        return why.find("denied") == std::string::npos ? Kind::locked : Kind::denied;
    return Kind::failed;
}

}  // namespace

Status status_of(const rocksdb::Status& status) {
    if (status.ok()) return {};
    std::string why = status.ToString();
    const Status::Kind kind = kind_of(status, why);
    return {kind, std::move(why)};
}

}  // namespace ledger::store
