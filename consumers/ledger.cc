#include "consumers/ledger.h"

#include <algorithm>
#include <filesystem>

#include "consumers/backup_list.h"
#include "consumers/clock_guard.h"
#include "consumers/folder_kind.h"
#include "consumers/folder_mark.h"
#include "consumers/newest_entry.h"
#include "consumers/stores_witness.h"
#include "consumers/unlock.h"
#include "consumers/views_identity.h"
#include "consumers/wall_clock.h"
#include "events/fresh_folder.h"
#include "events/json/fingerprint.h"
#include "events/log/embedded/embedded_key_store.h"
#include "events/log/embedded/embedded_log.h"
#include "events/log/genesis.h"
#include "events/log/kafka/kafka_key_store.h"
#include "events/log/kafka/kafka_log.h"
#include "events/store/unwritable.h"
#include "projections/answers/ledger_moment.h"
#include "projections/generations.h"
#include "projections/layered_rows.h"
#include "projections/map_rows.h"
#include "projections/rocks_rows.h"

namespace ledger {
namespace {

// What a start may take for it: some 50 ms.
constexpr std::size_t kRefusalsDroppedAtStart = 10'000;

class SystemRandom : public Random {
public:
    Id128 fresh_id() override { return random_id(); }
    std::uint64_t between(std::uint64_t low, std::uint64_t high) override {
        return low + random_id().low % (high - low + 1);
    }
};

// What is in the folder of an embedded ledger may not be a ledger, or not all of one.
Result<void> check_folder(const std::string& directory) {
    const auto unfinished = find_unfinished(directory);
    if (!unfinished) return unfinished.error();
    if (*unfinished && !std::filesystem::exists(directory + "/log"))
        return error(kFolderUnfinished, **unfinished);
    if (std::filesystem::exists(directory + "/" + kBackupListName))
        return error(kLedgerIsBackup, directory +
                                          " is a backup and stays as it is; 'benefits restore " +
                                          directory + " DIR' makes a ledger of it");
    return {};
}

// Names and addresses of companies stand in a ledger's files in clear.
std::string others_may_read(const std::string& directory) {
    constexpr auto kOthers = std::filesystem::perms::group_all | std::filesystem::perms::others_all;
    constexpr const char* kParts[] = {"", "/log", "/keys", "/views", "/refusals", "/tail"};
    const auto open_to_others = [&](const char* part) {
        std::error_code failed;
        const auto facts = std::filesystem::status(directory + part, failed);
        return !failed && std::filesystem::exists(facts) &&
               (facts.permissions() & kOthers) != std::filesystem::perms::none;
    };
    if (!open_to_others("") ||
        std::none_of(std::begin(kParts) + 1, std::end(kParts), open_to_others))
        return {};
    return "other users of this machine may read what is in " + directory +
           "; run: chmod -R go= " + directory;
}

// What was opened stays readable; the next opening may find room, or the right to write.
Error only_read(const std::string& why) {
    return error(kLedgerOnlyRead,
                 why +
                     ": questions are answered and nothing is written; make room, or see to the "
                     "rights or the mount, and send it again");
}

Result<void> open_embedded(Ledger& ledger) {
    const std::string& directory = ledger.place.directory;
    const auto settled = settle_folder(directory);
    if (!settled) return settled.error();
    if (const auto checked = check_folder(directory); !checked) return checked;
    for (const FolderMark mark : {FolderMark::moving, FolderMark::moved}) {
        auto sentence = find_mark(directory, mark);
        if (!sentence) return sentence.error();
        if (*sentence) ledger.closed = closed_by(mark, std::move(**sentence));
    }
    auto log = log::EmbeddedLog::open(directory);
    if (!log) return log.error();
    if ((*log)->read_only()) ledger.closed = only_read((*log)->why_read_only());
    ledger.notes = (*log)->notes();
    if (!settled->empty()) ledger.notes.push_back(*settled);
    if (std::string others = others_may_read(directory); !others.empty())
        ledger.notes.push_back(std::move(others));
    ledger.log = std::move(*log);
    return {};
}

Result<void> open_embedded_keys(Ledger& ledger) {
    auto opened = log::EmbeddedKeyStore::open(ledger.place.directory, ledger.id);
    if (!opened) return opened.error();
    const std::shared_ptr<log::EmbeddedKeyStore> keys = std::move(*opened);
    ledger.notes.insert(ledger.notes.end(), keys->notes().begin(), keys->notes().end());
    const auto* log = static_cast<const log::EmbeddedLog*>(ledger.log.get());
    // Log before keys: no entry of the copy lacks its key.
    ledger.copy_log_and_keys = [log, keys](const std::string& folder) {
        if (const auto copied = log->copy_to(folder); !copied) return copied;
        return keys->copy_to(folder);
    };
    ledger.keys = keys;
    ledger.key_list = keys;
    return {};
}

Result<void> open_the_log(Ledger& ledger) {
    if (const auto checked = check_folder_kind(ledger.place); !checked) return checked;
    if (ledger.place.brokers.empty()) return open_embedded(ledger);
    auto log = log::open_kafka(kafka_options(ledger.place));
    if (!log) return log.error();
    ledger.log = std::move(*log);
    return {};
}

// A key store that is not the one others have seen is said at once, and takes no more keys: those
// would be missing when the right one is put back.
void heed_keys(Ledger& ledger) {
    const auto doubt = ledger.key_list->doubt();
    if (!doubt) return;
    ledger.notes.push_back(doubt->message);
    if (!ledger.closed) ledger.closed = doubt;
}

Result<void> open_keys(Ledger& ledger) {
    if (ledger.place.brokers.empty()) return open_embedded_keys(ledger);
    auto opened = log::open_kafka_keys(kafka_options(ledger.place), ledger.id);
    if (!opened) return opened.error();
    const std::shared_ptr<log::KafkaKeyStore> keys = std::move(*opened);
    ledger.keys = keys;
    ledger.key_list = keys;
    return {};
}

Result<void> open_rows(Ledger& ledger) {
    const std::string views = views::views_in(ledger.place.directory);
    std::error_code unknown;
    // Where they can't be made they are made in memory.
    if (std::string why = store::why_unwritable(views);
        !why.empty() && !std::filesystem::exists(views, unknown)) {
        if (!ledger.closed) ledger.closed = only_read(why);
        ledger.rows = std::make_unique<views::MapRows>();
        ledger.copy_rows = [why](const std::string&) -> Result<void> {
            return error(why + ": there are no views to copy");
        };
        return {};
    }
    auto opened = views::RocksRows::open(views);
    if (!opened) return opened.error();
    views::RocksRows* const rows = opened->get();
    ledger.copy_rows = [rows](const std::string& folder) { return rows->copy_to(folder); };
    if (rows->read_only()) {
        if (!ledger.closed) ledger.closed = only_read(rows->why_read_only());
        ledger.rows = std::make_unique<views::LayeredRows>(std::move(*opened));
    } else {
        ledger.rows = std::move(*opened);
    }
    return {};
}

// A clock that can't be looked at is in doubt too.
std::string doubt_at_start(const Ledger& ledger, ClockGuard& clock) {
    const auto newest = newest_entry(ledger);
    if (!newest) return newest.error().message;
    const auto doubt = clock.look(read_clocks(), *newest);
    return doubt ? *doubt : doubt.error().message;
}

// Partitions that somebody has added are no part of the ledger, and Kafka can't take them away.
// What the ledger was made with is read as ever.
Result<void> leave_out_added(Ledger& ledger) {
    if (ledger.place.brokers.empty()) return {};
    auto& kafka = static_cast<log::KafkaLog&>(*ledger.log);
    const std::uint32_t found = kafka.partitions();
    const auto made_with = log::partitions_made_with(kafka);
    if (!made_with) return made_with.error();
    if (*made_with >= found) return {};
    const auto filled = kafka.keep_first(*made_with);
    if (!filled) return filled.error();
    ledger.closed =
        error(kPartitionsAdded, "topic " + kafka.topic() + " has " + std::to_string(found) +
                                    " partitions and this " + "ledger was made with " +
                                    std::to_string(*made_with) + ": partitions were added, which " +
                                    "Kafka can't undo, so nothing more is written here; stop every "
                                    "node, bring the ledger to "
                                    "a topic of its own with 'benefits log copy --to-kafka BROKERS "
                                    "--to-topics NAME', and go "
                                    "on there");
    for (const PartitionId partition : *filled)
        ledger.notes.push_back("partition " + std::to_string(number(partition)) + " of topic " +
                               kafka.topic() +
                               " is no part of this ledger and holds records: "
                               "nobody reads them; find out who writes there");
    return {};
}

Result<void> read_geneses(Ledger& ledger) {
    if (const auto left_out = leave_out_added(ledger); !left_out) return left_out;
    auto genesis = log::read_every_genesis(*ledger.log);
    if (!genesis) return genesis.error();
    ledger.genesis = std::move(*genesis);
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

Result<Ledger> open_log_only(const LedgerPlace& place) {
    Ledger ledger;
    ledger.place = place;
    if (const auto opened = open_the_log(ledger); !opened) return opened.error();
    if (const auto read = read_geneses(ledger); !read) return read.error();
    if (const auto opened = open_keys(ledger); !opened) return opened.error();
    heed_keys(ledger);
    if (const auto unlocked = unlock(ledger); !unlocked) return unlocked.error();
    return ledger;
}

Result<Ledger> open_ledger(const LedgerPlace& place) {
    auto ledger = open_log_only(place);
    if (!ledger) return ledger;
    const auto settled = views::settle_generations(place.directory);
    if (!settled) return settled.error();
    if (!settled->empty()) ledger->notes.push_back(*settled);
    if (const auto opened = open_rows(*ledger); !opened) return opened.error();
    if (const auto checked =
            check_views(*ledger->rows, place.directory, ledger->id, ledger->genesis);
        !checked)
        return checked.error();
    if (!ledger->key_list->doubt()) {
        const auto compared = compare_keys(*ledger->rows, place.directory, *ledger->key_list);
        if (!compared) return compared.error();
        heed_keys(*ledger);
    }
    auto refusals = views::Refusals::open(place.directory + "/refusals", ledger->id);
    if (!refusals) return refusals.error();
    ledger->refusals = std::move(*refusals);
    auto gone = compare_refusals(*ledger->rows->snapshot(), place.directory, *ledger->refusals);
    if (!gone) return gone.error();
    if (*gone) ledger->notes.push_back(std::move(**gone));
    return ledger;
}

namespace {

// By the partition that is least far in time. Views that say nothing of it yet leave all in place.
void drop_old_refusals(Ledger& ledger) {
    const auto rows = ledger.rows->snapshot();
    const auto moment =
        answers::ledger_moment(*rows, ledger.log->partitions(), date_of(wall_clock()));
    if (!moment) return;
    if (const auto dropped = ledger.refusals->drop_old(moment->first_day, kRefusalsDroppedAtStart);
        !dropped)
        ledger.notes.push_back(dropped.error().message);
}

}  // namespace

Result<std::unique_ptr<Node>> start_node(Ledger& ledger, WriterSettings settings,
                                         std::vector<Listener> listeners) {
    static SystemRandom random;  // stateless
    std::optional<ClockGuard> clock;
    std::string doubt;
    if (!ledger.sandbox && !ledger.closed) {
        clock = clock_guard_of(ledger);
        doubt = doubt_at_start(ledger, *clock);
    }
    // By a clock that is in doubt nothing is deleted.
    if (doubt.empty() && !ledger.closed && ledger.refusals) drop_old_refusals(ledger);
    NodeParts parts{*ledger.log,
                    *ledger.rows,
                    ledger.refusals.get(),
                    random,
                    [sealer = ledger.sealer.get()](const fb::Command& command) {
                        return sealer->keyed_hash(json::fingerprint_bytes(command));
                    },
                    ledger.sealer.get(),
                    ledger.genesis,
                    ledger.closed,
                    std::move(clock),
                    std::move(doubt),
                    ledger.key_list->doubt() ? nullptr : ledger.key_list.get()};
    // Counts that can't be read or kept stop nobody.
    if (const auto before = read_tried_again(ledger.place.directory))
        parts.on_tried_again = [directory = ledger.place.directory,
                                before = *before](const TriedAgain& now) {
            static_cast<void>(write_tried_again(directory, sum_of(before, now)));
        };
    parts.listeners = std::move(listeners);
    return Node::start(std::move(parts), std::move(settings));
}

}  // namespace ledger
