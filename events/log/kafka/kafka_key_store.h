// Data keys in a compacted topic beside the ledger, <prefix>.keys.v1 of one partition.
//
// A record is one key: its key "<subject>/<key id in hex>", its value the wrapped key, or
// "destroyed", which stays for ever; and one record "ledger:<id in hex>" says whose topic it is.
// The whole topic is kept in memory, by subject and by id, and read further at each call. find(id)
// reads to the topic's end before it says that a key isn't there: an entry comes after the key that
// it was sealed with. find(subject) tells what has arrived: a key that another node puts this very
// moment may be missed, and then the subject has two, which the port allows; the one that stands
// first is found by every node.
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
    Result<bool> was_destroyed(Id128 id) override;
    Result<void> put_all(std::span<const NewKey> keys) override;
    Result<void> destroy(std::string_view subject) override;
    void stop_waiting() override;
    Result<void> each(const Visit& visit) override;
    Result<void> each_destroyed(const VisitDestroyed& visit) override;
    Result<void> put_destroyed(Id128 id) override;
    std::optional<KeyChange> newest() const override;
    Result<bool> has(const KeyChange& change) override;
    std::optional<Error> doubt() const override;
    void cast_doubt(const Error& why) override;

private:
    struct Inside;
    explicit KafkaKeyStore(std::unique_ptr<Inside> inside);
    friend Result<std::unique_ptr<KafkaKeyStore>> open_kafka_keys(const KafkaOptions& options,
                                                                  Id128 ledger);
    friend Result<void> claim_kafka_keys(const KafkaOptions& options, Id128 ledger);

    std::unique_ptr<Inside> inside_;
};

// Reads the whole topic once. One that doesn't exist, was truncated or is another ledger's is
// opened all the same, with a doubt(): nothing is put into it. Error: no broker answers, or the
// topic wouldn't keep keys.
Result<std::unique_ptr<KafkaKeyStore>> open_kafka_keys(const KafkaOptions& options, Id128 ledger);

// Marks the topic, which create_kafka_topics has made, as this ledger's; may be called again.
// Error: it holds keys of another one.
Result<void> claim_kafka_keys(const KafkaOptions& options, Id128 ledger);

}  // namespace ledger::log
