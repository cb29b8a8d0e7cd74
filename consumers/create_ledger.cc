#include "consumers/create_ledger.h"

#include <filesystem>

#include "aggregates/catalogue/catalogue.h"
#include "aggregates/policy/policy.h"
#include "consumers/folder_kind.h"
#include "consumers/ledger.h"
#include "consumers/master_key.h"
#include "consumers/start.h"
#include "consumers/unlock.h"
#include "events/crash_point.h"
#include "events/fresh_folder.h"
#include "events/log/embedded/create_embedded.h"
#include "events/log/genesis.h"
#include "events/log/kafka/kafka_create.h"
#include "events/log/kafka/kafka_key_store.h"
#include "events/log/kafka/kafka_log.h"
#include "events/record.h"
#include "events/seal.h"

namespace ledger {
namespace {

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
    auto policies = settings.policies.empty() ? policy::initial_policies() : settings.policies;
    if (!policies) return policies.error();
    auto catalogues =
        settings.catalogues.empty() ? catalogue::initial_catalogues() : settings.catalogues;
    if (!catalogues) return catalogues.error();
    genesis.policies = std::move(*policies);
    genesis.catalogues = std::move(*catalogues);
    const std::size_t bytes = encode_genesis(genesis).size();
    if (bytes > limits::kRecordMaxBytes)
        return error("the policies and catalogues that the ledger is to begin with take " +
                     std::to_string(bytes) + " bytes, more than the " +
                     std::to_string(limits::kRecordMaxBytes) +
                     " of a record; publish the later ones instead");
    return genesis;
}

std::string made_in_words(Id128 id, const LedgerPlace& place, const CreateSettings& settings) {
    return "created " + std::string(settings.sandbox ? "sandbox " : "") + "ledger " + to_hex(id) +
           " at " + name_of(place) + " with " + std::to_string(settings.partitions) + " partitions";
}

std::string completed_in_words(Id128 id, const LedgerPlace& place) {
    return "completed ledger " + to_hex(id) + " at " + name_of(place) +
           ", which was left half made";
}

Error stands_already(Id128 id, const LedgerPlace& place) {
    return error(kLedgerExists, "ledger " + to_hex(id) + " stands at " + name_of(place) +
                                    " already; use it, or choose another place");
}

// Only what opens with the key of its folder is said to be made.
Result<Id128> open_made(const LedgerPlace& place) {
    const auto opened = open_log_only(place);
    const std::optional<Error> why = opened ? opened->no_key : opened.error();
    if (why)
        return error(
            why->code,
            "a ledger was made at " + name_of(place) + ", but it can't be opened: " + why->message,
            Effect::unknown);
    return opened->id;
}

Result<log::CreateOutcome> fill_with_ledger(const std::string& directory, const std::string& path,
                                            const CreateSettings& settings) {
    const auto key = has_master_key(directory) ? read_master_key(directory) : make_master_key(path);
    if (!key) return key.error();
    const auto genesis = proposal(settings, *key);
    if (!genesis) return genesis.error();
    return log::create_embedded(path, *genesis);
}

Result<std::string> create_in_folder(const LedgerPlace& place, const CreateSettings& settings) {
    const std::string& directory = place.directory;
    const auto settled = settle_folder(directory);
    if (!settled) return settled.error();
    if (std::filesystem::exists(directory + "/log")) {
        const auto found = open_log_only(place);
        if (!found) return found.error();
        if (settled->empty()) return stands_already(found->id, place);
        return completed_in_words(found->id, place);
    }
    const Filling filling{
        "making a ledger in " + directory, "run 'benefits create' again", {kMasterKeyName}};
    const auto created = fill_folder(directory, filling, [&](const std::string& path) {
        return fill_with_ledger(directory, path, settings);
    });
    if (!created) return created.error();
    const auto id = open_made(place);
    if (!id) return id.error();
    return made_in_words(*id, place, settings);
}

// The folder of a Kafka ledger's node, locked, with a master key in it.
class KeyFolder {
public:
    static Result<KeyFolder> prepare(const std::string& directory) {
        auto folder = MadeFolder::make(directory);
        if (!folder) return folder.error();
        auto lock = FolderLock::take(directory);
        if (!lock) return lock.error();
        KeyFolder prepared(directory, std::move(*folder), std::move(*lock));
        const bool makes = !has_master_key(directory);
        const auto key = makes ? make_master_key(directory) : read_master_key(directory);
        if (!key) return key.error();
        prepared.key_ = *key;
        prepared.made_ = makes;
        if (makes) LEDGER_CRASH_POINT(key_made);
        return prepared;
    }
    KeyFolder(KeyFolder&& other) noexcept = default;
    KeyFolder& operator=(KeyFolder&&) = delete;

    const Key256& key() const { return key_; }
    // A genesis record may have been made with the key, now or before.
    void keep() { folder_.keep(); }
    // None was: the folder is as it was found.
    void undo() {
        if (made_) unmake_master_key(directory_);
    }

private:
    KeyFolder(std::string directory, MadeFolder folder, FolderLock lock)
        : directory_(std::move(directory)), folder_(std::move(folder)), lock_(std::move(lock)) {}

    std::string directory_;
    MadeFolder folder_;
    FolderLock lock_;
    Key256 key_{};
    bool made_ = false;
};

// Whether a partition has nothing but genesis records: the one that counts, and those of creators
// who came later.
Result<bool> is_untouched(log::Log& log, PartitionId partition) {
    constexpr std::uint64_t kCreatorsMax = 64;
    const auto end = log.end(partition);
    if (!end) return end.error();
    if (number(*end) > kCreatorsMax) return false;
    for (std::uint64_t at = 1; at < number(*end); ++at) {
        const auto record = record_at(log, partition, Position{at});
        if (!record) return record.error();
        if (*record && !decode_record(**record).genesis) return false;
    }
    return true;
}

// Makes the keys' topic this ledger's while nobody has worked on it: later a topic that isn't was
// lost, and a new one in its place would hide that.
Result<void> claim_keys(const LedgerPlace& place, Id128 ledger) {
    const auto log = log::open_kafka(kafka_options(place));
    if (!log) return log.error();
    for (std::uint32_t i = 0; i < (*log)->partitions(); ++i) {
        const auto untouched = is_untouched(**log, PartitionId{i});
        if (!untouched) return untouched.error();
        if (!*untouched) return {};
    }
    return log::claim_kafka_keys(kafka_options(place), ledger);
}

Result<log::CreateOutcome> make_on_kafka(const LedgerPlace& place, const CreateSettings& settings,
                                         const fb::GenesisT& genesis) {
    const auto topics = log::create_kafka_topics(kafka_options(place), settings.partitions);
    // Topics without a genesis record are no ledger.
    if (!topics) return error(topics.error().code, topics.error().message);
    const auto log = log::open_kafka(kafka_options(place));
    if (!log) return error(log.error().code, log.error().message);
    return log::ensure_genesis(**log, genesis);
}

Result<std::string> create_on_kafka(const LedgerPlace& place, const CreateSettings& settings) {
    auto folder = KeyFolder::prepare(place.directory);
    if (!folder) return folder.error();
    const auto genesis = proposal(settings, folder->key());
    if (!genesis) return genesis.error();
    const auto created = make_on_kafka(place, settings, *genesis);
    if (!created) {
        if (created.error().effect == Effect::none) {
            folder->undo();
            return created.error();
        }
        folder->keep();
        return error(created.error().code,
                     created.error().message +
                         "; a ledger may have been made with the master key " + "in " +
                         place.directory + ", which stays there: run the same again",
                     Effect::unknown);
    }
    const fb::Genesis& canonical = *decode_record(created->genesis).genesis;
    const Id128 id = id_of(*canonical.ledger());
    if (key_check(Sealer(folder->key(), nullptr), id) != id_of(*canonical.key_check())) {
        // The record that counts was made with another key, so none can count that was with ours.
        folder->undo();
        return error(
            kLedgerExists,
            "ledger " + to_hex(id) + " stands at " + name_of(place) + ", and the master key in " +
                place.directory +
                " is not its own; copy master.key from a folder of this ledger that has it, "
                "or choose another place");
    }
    folder->keep();
    if (const auto claimed = claim_keys(place, id); !claimed)
        return error(claimed.error().code, claimed.error().message + "; run the same again",
                     Effect::unknown);
    if (!created->ours && !created->completed) return stands_already(id, place);
    const auto opened = open_made(place);
    if (!opened) return opened.error();
    return created->ours ? made_in_words(id, place, settings) : completed_in_words(id, place);
}

}  // namespace

Result<std::string> create_ledger(const LedgerPlace& place, const CreateSettings& settings) {
    if (settings.partitions < 1 || settings.partitions > limits::kPartitionsMax)
        return error("--partitions takes a number from 1 to " +
                     std::to_string(limits::kPartitionsMax));
    if (settings.sandbox && settings.clock < kFirstDate)
        return error("a ledger's clock starts on " + to_string(kFirstDate) + " or later, not on " +
                     to_string(settings.clock));
    if (const auto checked = check_folder_kind(place); !checked) return checked.error();
    return place.brokers.empty() ? create_in_folder(place, settings)
                                 : create_on_kafka(place, settings);
}

}  // namespace ledger
