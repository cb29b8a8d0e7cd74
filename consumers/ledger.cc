#include "consumers/ledger.h"

#include <filesystem>

#include "aggregates/catalogue/catalogue.h"
#include "aggregates/policy/policy.h"
#include "consumers/master_key.h"
#include "events/json/fingerprint.h"
#include "events/log/embedded/create_embedded.h"
#include "events/log/embedded/embedded_key_store.h"
#include "events/log/embedded/embedded_log.h"
#include "events/log/genesis.h"
#include "events/log/kafka/kafka_create.h"
#include "events/log/kafka/kafka_key_store.h"
#include "events/log/kafka/kafka_log.h"

namespace ledger {
namespace {

// Grows when rows change their meaning; views of another format are made again.
constexpr std::string_view kViewsFormat = "1";

class SystemRandom : public Random {
public:
    Id128 fresh_id() override { return random_id(); }
    std::uint64_t between(std::uint64_t low, std::uint64_t high) override {
        return low + random_id().low % (high - low + 1);
    }
};

log::KafkaOptions kafka_options(const LedgerPlace& place) {
    log::KafkaOptions options;
    options.brokers = place.brokers;
    options.topic_prefix = place.topic_prefix;
    options.patience = place.patience;
    return options;
}

std::string name_of(const LedgerPlace& place) {
    if (place.brokers.empty()) return place.directory;
    return "topic " + log::ledger_topic(kafka_options(place)) + " at " + place.brokers;
}

// A keyed hash of the ledger's id: the same on every node that has the right master key.
Id128 key_check(const Sealer& sealer, Id128 ledger) {
    return sealer.keyed_hash(view_of("ledger " + to_hex(ledger)));
}

Result<std::unique_ptr<log::Log>> open_the_log(const LedgerPlace& place,
                                               std::vector<std::string>& notes) {
    if (!place.brokers.empty()) {
        auto kafka = log::open_kafka(kafka_options(place));
        if (!kafka) return kafka.error();
        return std::unique_ptr<log::Log>(std::move(*kafka));
    }
    auto embedded = log::EmbeddedLog::open(place.directory);
    if (!embedded) return embedded.error();
    notes = (*embedded)->notes();
    return std::unique_ptr<log::Log>(std::move(*embedded));
}

Result<std::shared_ptr<KeyStore>> open_keys(const LedgerPlace& place) {
    if (!place.brokers.empty()) {
        auto kafka = log::open_kafka_keys(kafka_options(place));
        if (!kafka) return kafka.error();
        return std::shared_ptr<KeyStore>(std::move(*kafka));
    }
    auto embedded = log::EmbeddedKeyStore::open(place.directory);
    if (!embedded) return embedded.error();
    return std::shared_ptr<KeyStore>(std::move(*embedded));
}

Result<fb::GenesisT> proposal(const CreateSettings& settings, const Key256& master) {
    fb::GenesisT genesis;
    const Id128 id = random_id();
    // The hash needs no data keys, so the sealer gets no store.
    const Sealer sealer(master, nullptr);
    genesis.ledger = std::make_unique<fb::Id128>(to_fb(id));
    genesis.key_check = std::make_unique<fb::Id128>(to_fb(key_check(sealer, id)));
    genesis.partitions = settings.partitions;
    genesis.sandbox = settings.sandbox;
    genesis.clock = settings.sandbox ? settings.clock.days : 0;
    auto policies = policy::initial_policies();
    if (!policies) return policies.error();
    auto catalogues = catalogue::initial_catalogues();
    if (!catalogues) return catalogues.error();
    genesis.policies = std::move(*policies);
    genesis.catalogues = std::move(*catalogues);
    return genesis;
}

// The views carry the ledger's id and their format: views of anything else are not touched.
Result<void> check_views(views::RocksRows& rows, const LedgerPlace& place, Id128 ledger) {
    const auto id = rows.get(views::Family::meta, views::kLedgerKey);
    if (!id) return id.error();
    const auto format = rows.get(views::Family::meta, views::kFormatKey);
    if (!format) return format.error();
    if (!*id)
        return rows.write({{views::Family::meta, views::kLedgerKey, to_hex(ledger)},
                           {views::Family::meta, views::kFormatKey, kViewsFormat}});
    if (**id != to_hex(ledger))
        return error("the views in " + place.directory + "/views belong to ledger " + **id +
                     ", the log is of ledger " + to_hex(ledger) +
                     "; give this ledger a --ledger folder of its own, or delete those views");
    if (!*format || **format != kViewsFormat)
        return error("the views in " + place.directory +
                     "/views have another format; delete them: they are made again from the log");
    return {};
}

Result<void> read_geneses(Ledger& ledger) {
    for (std::uint32_t i = 0; i < ledger.log->partitions(); ++i) {
        auto genesis = log::read_genesis(*ledger.log, PartitionId{i});
        if (!genesis) return genesis.error();
        ledger.genesis.push_back(std::move(*genesis));
    }
    const fb::Genesis& first = *decode_record(ledger.genesis.front()).genesis;
    ledger.id = id_of(*first.ledger());
    ledger.sandbox = first.sandbox();
    return {};
}

}  // namespace

Ledger::Ledger() = default;
Ledger::Ledger(Ledger&&) noexcept = default;
Ledger& Ledger::operator=(Ledger&&) noexcept = default;
Ledger::~Ledger() = default;

Result<std::string> create_ledger(const LedgerPlace& place, const CreateSettings& settings) {
    if (settings.partitions < 1 || settings.partitions > limits::kPartitionsMax)
        return error("--partitions takes a number from 1 to " +
                     std::to_string(limits::kPartitionsMax));
    std::error_code failed;
    std::filesystem::create_directories(place.directory, failed);
    if (failed)
        return error("the folder " + place.directory + " can't be made: " + failed.message());
    const auto master = find_or_make_master_key(place.directory);
    if (!master) return master.error();
    const auto created = [&]() -> Result<log::CreateOutcome> {
        const auto genesis = proposal(settings, master->key);
        if (!genesis) return genesis.error();
        if (place.brokers.empty()) return log::create_embedded(place.directory, *genesis);
        const auto topics = log::create_kafka_topics(kafka_options(place), settings.partitions);
        if (!topics) return topics.error();
        const auto log = log::open_kafka(kafka_options(place));
        if (!log) return log.error();
        return log::ensure_genesis(**log, *genesis);
    }();
    if (!created || !created->ours) {
        // A key that no ledger knows would only confuse the next one who looks.
        if (master->made) remove_master_key(place.directory);
        if (!created) return created.error();
    }
    const std::string id = to_hex(id_of(*decode_record(created->genesis).genesis->ledger()));
    if (!created->ours && created->completed)
        return "completed ledger " + id + " at " + name_of(place) + ", which was left half made";
    if (!created->ours)
        return error("ledger " + id + " stands at " + name_of(place) +
                     " already; use it, or choose another place");
    return "created " + std::string(settings.sandbox ? "sandbox " : "") + "ledger " + id + " at " +
           name_of(place) + " with " + std::to_string(settings.partitions) + " partitions";
}

Result<Ledger> open_log_only(const LedgerPlace& place) {
    Ledger ledger;
    ledger.place = place;
    auto log = open_the_log(place, ledger.notes);
    if (!log) return log.error();
    ledger.log = std::move(*log);
    if (const auto read = read_geneses(ledger); !read) return read.error();
    const auto master = read_master_key(place.directory);
    if (!master) return master.error();
    auto keys = open_keys(place);
    if (!keys) return keys.error();
    ledger.sealer = std::make_unique<Sealer>(*master, std::move(*keys));
    const Id128 check = id_of(*decode_record(ledger.genesis.front()).genesis->key_check());
    if (key_check(*ledger.sealer, ledger.id) != check)
        return error("the master key in " + place.directory + " is not the one of ledger " +
                     to_hex(ledger.id) +
                     "; copy master.key from a folder of this ledger that has it");
    return ledger;
}

Result<Ledger> open_ledger(const LedgerPlace& place) {
    auto ledger = open_log_only(place);
    if (!ledger) return ledger;
    auto rows = views::RocksRows::open(place.directory + "/views");
    if (!rows) return rows.error();
    ledger->rows = std::move(*rows);
    if (const auto checked = check_views(*ledger->rows, place, ledger->id); !checked)
        return checked.error();
    auto refusals = views::Refusals::open(place.directory + "/refusals");
    if (!refusals) return refusals.error();
    ledger->refusals = std::move(*refusals);
    return ledger;
}

Result<std::unique_ptr<Node>> start_node(Ledger& ledger, WriterSettings settings) {
    static SystemRandom random;  // stateless
    return Node::start(NodeParts{*ledger.log, *ledger.rows, ledger.refusals.get(), random,
                                 [sealer = ledger.sealer.get()](const fb::Command& command) {
                                     return sealer->keyed_hash(json::fingerprint_bytes(command));
                                 },
                                 ledger.genesis},
                       std::move(settings));
}

}  // namespace ledger
