// Data keys in a compacted topic beside the ledger, <prefix>.keys.v1 of one partition.
//
// A record is one key: its key "<subject>/<key id in hex>", its value the wrapped key; a tombstone
// destroys it. The whole topic is kept in memory, by subject and by id, and read further at each
// call. find(id) reads to the topic's end before it says that a key isn't there: an entry comes
// after the key that it was sealed with, so nothing means destroyed. find(subject) tells what has
// arrived: a key that another node puts this very moment may be missed, and then the subject has
// two, which the port allows; the one that stands first is found by every node.
//
// Thread-safe; a put or destroy waits for the brokers without holding up the others.
#pragma once

#include <memory>

#include "events/key_list.h"
#include "events/log/kafka/kafka_options.h"
#include "events/seal.h"

namespace ledger::log {

class KafkaKeyStore : public KeyStore, public KeyList {
public:
    ~KafkaKeyStore() override;

    Result<std::optional<WrappedKey>> find(std::string_view subject) override;
    Result<std::optional<WrappedKey>> find(Id128 id) override;
    Result<void> put(std::string_view subject, const WrappedKey& key) override;
    Result<void> destroy(std::string_view subject) override;
    Result<void> each(const Visit& visit) override;

private:
    struct Inside;
    explicit KafkaKeyStore(std::unique_ptr<Inside> inside);
    friend Result<std::unique_ptr<KafkaKeyStore>> open_kafka_keys(const KafkaOptions& options);

    std::unique_ptr<Inside> inside_;
};

// Reads the whole topic once. Error: no broker answers, no such topic (create_kafka_topics makes
// it), or one that wouldn't keep keys.
Result<std::unique_ptr<KafkaKeyStore>> open_kafka_keys(const KafkaOptions& options);

}  // namespace ledger::log
