#include "consumers/folder_kind.h"

#include <filesystem>

#include "projections/generations.h"

namespace ledger {
namespace {

bool holds_embedded_log(const std::string& directory) {
    std::error_code unknown;
    for (const char* name : {"/log", "/tail", "/keys"})
        if (std::filesystem::exists(directory + name, unknown)) return true;
    return false;
}

}  // namespace

Result<void> check_folder_kind(const LedgerPlace& place) {
    const std::string& directory = place.directory;
    const bool embedded = holds_embedded_log(directory);
    if (!place.brokers.empty() && embedded)
        return error(kOtherKindOfFolder,
                     directory +
                         " holds an embedded ledger, and --kafka names one on Kafka: leave " +
                         "--kafka away, or give this node a --ledger folder of its own");
    std::error_code unknown;
    if (place.brokers.empty() && !embedded &&
        std::filesystem::exists(views::views_in(directory), unknown))
        return error(
            kOtherKindOfFolder,
            directory + " holds views and no log, as the folder of a node on Kafka does: " +
                "name the brokers with --kafka; if it was an embedded ledger's, put its log " +
                "back from a backup");
    return {};
}

}  // namespace ledger
