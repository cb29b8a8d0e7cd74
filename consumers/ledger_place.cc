#include "consumers/ledger_place.h"

namespace ledger {

log::KafkaOptions kafka_options(const LedgerPlace& place) {
    log::KafkaOptions options;
    options.brokers = place.brokers;
    options.topic_prefix = place.topic_prefix;
    options.patience = place.patience;
    options.keys_patience = place.keys_patience;
    return options;
}

std::string name_of(const LedgerPlace& place) {
    if (place.brokers.empty()) return place.directory;
    return "topic " + log::ledger_topic(kafka_options(place)) + " at " + place.brokers;
}

}  // namespace ledger
