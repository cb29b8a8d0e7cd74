#include "events/log/embedded/create_embedded.h"

#include <filesystem>

#include "events/durable_file.h"
#include "events/log/embedded/embedded_key_store.h"
#include "events/record.h"

namespace ledger::log {
Result<CreateOutcome> create_embedded(const std::string& folder, const fb::GenesisT& proposal,
                                      const EmbeddedOptions& options) {
    auto log = EmbeddedLog::create(folder, proposal.partitions, options);
    if (!log) return log.error();
    // The log's lock keeps other creators out until this one is through. Keys come before genesis:
    // a ledger that is one has a key store.
    const auto first_end = (*log)->end(PartitionId{0});
    if (!first_end) return first_end.error();
    if (number(*first_end) == 0) {
        const auto keys = EmbeddedKeyStore::create(folder, id_of(*proposal.ledger));
        if (!keys) return keys.error();
    }
    fb::GenesisT fitting = proposal;
    fitting.partitions = (*log)->partitions();
    auto outcome = ensure_genesis(**log, fitting);
    if (!outcome) return outcome.error();
    const std::filesystem::path path = std::filesystem::absolute(folder);
    for (const auto& each : {path, path.parent_path()}) {
        // A new file's name is on disk only when its folder is.
        const auto synced = sync_folder(each.string());
        if (!synced) return error(synced.error().code, synced.error().message, Effect::unknown);
    }
    return outcome;
}

}  // namespace ledger::log
