#include "events/log/embedded/create_embedded.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "events/log/embedded/embedded_key_store.h"

namespace ledger::log {
namespace {

// A new file's name is on disk only when its folder is.
Result<void> sync_folder(const std::filesystem::path& folder) {
    const int file = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool synced = file >= 0 && ::fsync(file) == 0;
    const int failure = errno;
    if (file >= 0) ::close(file);
    if (synced) return {};
    return error(fmt::format("the folder {} can't be synced to disk: {}; name another place",
                             folder.string(), std::strerror(failure)),
                 Effect::unknown);
}

}  // namespace

Result<CreateOutcome> create_embedded(const std::string& folder, const fb::GenesisT& proposal,
                                      const EmbeddedOptions& options) {
    auto log = EmbeddedLog::create(folder, proposal.partitions, options);
    if (!log) return log.error();
    // The log's lock keeps other creators out until this one is through. Keys come before genesis:
    // a ledger that is one has a key store.
    const auto first_end = (*log)->end(PartitionId{0});
    if (!first_end) return first_end.error();
    if (number(*first_end) == 0) {
        const auto keys = EmbeddedKeyStore::create(folder);
        if (!keys) return keys.error();
    }
    fb::GenesisT fitting = proposal;
    fitting.partitions = (*log)->partitions();
    auto outcome = ensure_genesis(**log, fitting);
    if (!outcome) return outcome.error();
    const std::filesystem::path path = std::filesystem::absolute(folder);
    for (const auto& each : {path, path.parent_path()}) {
        const auto synced = sync_folder(each);
        if (!synced) return synced.error();
    }
    return outcome;
}

}  // namespace ledger::log
