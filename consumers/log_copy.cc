#include "consumers/log_copy.h"

#include "consumers/folder_mark.h"
#include "consumers/ledger_place.h"
#include "consumers/master_key.h"
#include "events/crash_point.h"
#include "events/durable_file.h"
#include "events/fresh_folder.h"
#include "events/limits.h"
#include "events/log/embedded/embedded_key_store.h"
#include "events/log/embedded/embedded_log.h"
#include "events/log/kafka/kafka_create.h"
#include "events/log/kafka/kafka_key_store.h"
#include "events/log/kafka/kafka_log.h"
#include "events/log/span.h"

namespace ledger {
namespace {

constexpr std::chrono::milliseconds kPollPatience{200};

class LogCopy {
public:
    LogCopy(log::Log& source, log::Log& target, const CopySettings& settings, KeyCheck* keys)
        : source_(source), target_(target), settings_(settings), keys_(keys) {}

    Result<LogFacts> run();

private:
    using Clock = std::chrono::steady_clock;

    Result<void> copy_partition(PartitionId partition, Position end);
    Result<void> take(const log::ReadBatch& batch);
    Result<void> hand_over();
    Result<void> check_back(const log::ReadBatch& batch);
    Result<void> check_doubt();
    Error in_partition(const std::string& what) const {
        return error("partition " + std::to_string(number(partition_)) + " " + what);
    }

    log::Log& source_;
    log::Log& target_;
    const CopySettings& settings_;
    KeyCheck* keys_;
    std::uint64_t done_ = 0;
    std::uint64_t all_ = 0;
    PartitionId partition_{};
    std::uint64_t next_ = 0;    // position of the first of `chunk_`
    std::vector<Bytes> chunk_;  // handed over in one go
    std::size_t chunk_bytes_ = 0;
    std::size_t checked_ = 0;  // of `chunk_`, read back
    std::unique_ptr<log::Cursor> back_;
};

Result<LogFacts> LogCopy::run() {
    if (target_.partitions() != source_.partitions())
        return error("the ledger has " + std::to_string(source_.partitions()) +
                     " partitions and the target has " + std::to_string(target_.partitions()) +
                     "; name a target that isn't there yet");
    std::vector<Position> ends;
    for (std::uint32_t i = 0; i < source_.partitions(); ++i) {
        const auto end = source_.end(PartitionId{i});
        if (!end) return end.error();
        ends.push_back(*end);
        all_ += number(*end);
        const auto target_end = target_.end(PartitionId{i});
        if (!target_end) return target_end.error();
        if (number(*target_end) > 0)
            return error(kTargetTaken, "the target is not empty: its partition " +
                                           std::to_string(i) + " has " +
                                           std::to_string(number(*target_end)) +
                                           " records; name a target that isn't there yet");
    }
    // Partition 0 makes a log a ledger, so it comes last.
    for (std::uint32_t i = source_.partitions(); i-- > 0;)
        if (const auto copied = copy_partition(PartitionId{i}, ends[i]); !copied)
            return copied.error();
    const auto expected = read_facts(source_);
    if (!expected) return expected.error();
    const auto found = read_facts(target_, {}, keys_);
    if (!found)
        return error(found.error().code, "the copy can't be read: " + found.error().message);
    if (const auto same = compare_facts(*expected, *found); !same)
        return error(same.error().code, "the copy is not what was copied: " + same.error().message);
    return *found;
}

Result<void> LogCopy::copy_partition(PartitionId partition, Position end) {
    partition_ = partition;
    next_ = 0;
    const log::ReadFrom from{partition, Position{0}};
    auto back = target_.read({&from, 1});
    if (!back) return back.error();
    back_ = std::move(*back);
    const auto take_all = [this](const log::ReadBatch& batch) -> Result<bool> {
        const auto taken = take(batch);
        if (!taken) return taken.error();
        return true;
    };
    // The first record alone: a new producer's first hand-over must land before its second.
    const Position first = std::min(end, Position{1});
    auto copied = log::read_span(
        source_, {.partition = partition, .from = {}, .end = first, .most_at_once = 1}, take_all);
    if (copied) copied = log::read_span(source_, {partition, first, end}, take_all);
    back_.reset();
    return copied;
}

Result<void> LogCopy::take(const log::ReadBatch& batch) {
    for (const log::StoredRecord& record : batch.records) {
        if (number(record.position) != next_ + chunk_.size())
            return in_partition("has no record at position " +
                                std::to_string(next_ + chunk_.size()) +
                                ", so what follows can't keep its positions in another log");
        chunk_bytes_ += record.bytes.size();
        chunk_.emplace_back(record.bytes.begin(), record.bytes.end());
        if (chunk_bytes_ + limits::kRecordMaxBytes > limits::kBatchMaxBytes || next_ == 0)
            if (const auto handed = hand_over(); !handed) return handed;
    }
    return hand_over();
}

// Hands the chunk over and waits until all of it was read back, each record as it was sent.
Result<void> LogCopy::hand_over() {
    if (chunk_.empty()) return {};
    if (const auto appended = target_.append(partition_, chunk_); !appended)
        return appended.error();
    const auto give_up = Clock::now() + log::kSilenceMax;
    for (checked_ = 0; checked_ < chunk_.size();) {
        const auto batches = back_->poll(kPollPatience, chunk_.size() - checked_);
        if (!batches) return batches.error();
        for (const log::ReadBatch& batch : *batches)
            if (const auto checked = check_back(batch); !checked) return checked;
        if (const auto checked = check_doubt(); !checked) return checked;
        if (checked_ < chunk_.size() && Clock::now() > give_up)
            return in_partition("of the target took no more records at position " +
                                std::to_string(next_ + checked_) + " for 30 seconds");
    }
    next_ += chunk_.size();
    done_ += chunk_.size();
    chunk_.clear();
    chunk_bytes_ = 0;
    if (settings_.progress) settings_.progress(done_, all_);
    return {};
}

Result<void> LogCopy::check_back(const log::ReadBatch& batch) {
    for (const log::StoredRecord& record : batch.records) {
        if (checked_ == chunk_.size() || number(record.position) != next_ + checked_ ||
            text_of(record.bytes) != text_of(BytesView(chunk_[checked_])))
            return in_partition("of the target holds something else at position " +
                                std::to_string(number(record.position)) +
                                ": somebody writes to it; copy to a target of its own");
        ++checked_;
    }
    return {};
}

Result<void> LogCopy::check_doubt() {
    std::vector<log::Notice> notices;
    target_.take_notices(notices);
    for (const log::Notice& notice : notices)
        if (notice.kind == log::Notice::Kind::doubt || notice.kind == log::Notice::Kind::unfit ||
            notice.kind == log::Notice::Kind::gone)
            return in_partition("of the target did not take all: " + notice.why);
    return {};
}

template <typename Target>
Result<std::uint64_t> copy_keys(KeyList& source, Target& target) {
    std::uint64_t keys = 0;
    const auto destroyed =
        source.each_destroyed([&](Id128 id) { return target.put_destroyed(id); });
    if (!destroyed) return destroyed.error();
    const auto copied = source.each([&](std::string_view subject, const KeyStore::WrappedKey& key) {
        ++keys;
        return target.put(subject, key);
    });
    if (!copied) return copied.error();
    return keys;
}

// Keys before records: no entry of the copy lacks a key that the source has.
template <typename Keys>
Result<Copied> copy_all(Ledger& source, log::Log& log, Keys& keys, const CopySettings& settings) {
    Copied copied;
    const auto copied_keys = copy_keys(*source.key_list, keys);
    if (!copied_keys) return copied_keys.error();
    copied.keys = *copied_keys;
    KeyCheck check(keys);
    auto facts = LogCopy(*source.log, log, settings, &check).run();
    if (!facts) return facts.error();
    copied.log = std::move(*facts);
    copied.lost = check.lost();
    return copied;
}

Result<Copied> copy_to_kafka(Ledger& source, const LedgerPlace& target,
                             const CopySettings& settings) {
    const log::KafkaOptions options = kafka_options(target);
    const auto made = log::create_kafka_topics(options, source.log->partitions());
    if (!made) return made.error();
    // Whoever makes the topic has it to itself: two copies into one would mix.
    if (!*made)
        return error(kTargetTaken,
                     name_of(target) +
                         " is there already: a copy makes its topics itself; name others with "
                         "--to-topics, or delete that one if it holds no ledger");
    const auto log = log::open_kafka(options);
    if (!log) return log.error();
    if (const auto claimed = log::claim_kafka_keys(options, source.id); !claimed)
        return claimed.error();
    const auto keys = log::open_kafka_keys(options, source.id);
    if (!keys) return keys.error();
    auto copied = copy_all(source, **log, **keys, settings);
    if (copied) return copied;
    return error(copied.error().code,
                 copied.error().message + "; " + name_of(target) +
                     " holds no ledger: delete its topics, or name others with --to-topics");
}

Result<Copied> copy_into(Ledger& source, const std::string& directory,
                         const CopySettings& settings) {
    if (settings.with_master_key)
        if (const auto copied =
                copy_durably(master_key_path(source.place.directory), master_key_path(directory));
            !copied)
            return copied.error();
    const auto log = log::EmbeddedLog::create(directory, source.log->partitions());
    if (!log) return log.error();
    const auto keys = log::EmbeddedKeyStore::create(directory, source.id);
    if (!keys) return keys.error();
    return copy_all(source, **log, **keys, settings);
}

Result<Copied> copy_to_folder(Ledger& source, const std::string& directory,
                              const CopySettings& settings) {
    // Who copies may have put the key there before.
    const Filling filling{"copying ledger " + to_hex(source.id) + " into " + directory,
                          "run 'benefits log copy' again",
                          {kMasterKeyName}};
    return fill_folder(directory, filling, [&](const std::string& path) -> Result<Copied> {
        CopySettings rest = settings;
        if (const auto key = read_master_key(directory); rest.with_master_key && key) {
            const auto own = read_master_key(source.place.directory);
            if (!own) return own.error();
            if (*own != *key)
                return error("the master key in " + directory + " is not the one of ledger " +
                             to_hex(source.id) + "; move it away and do it again");
            rest.with_master_key = false;
        }
        return copy_into(source, path, rest);
    });
}

// Of a move that was cut short: its copy may be complete.
Result<Copied> copy_or_find(Ledger& source, const LedgerPlace& target,
                            const CopySettings& settings) {
    const auto there = open_log_only(target);
    if (!there || there->id != source.id) return copy_log(source, target, settings);
    const auto expected = read_facts(*source.log);
    if (!expected) return expected.error();
    KeyCheck check(*there->keys);
    auto found = read_facts(*there->log, {}, &check);
    if (!found) return found.error();
    if (const auto same = compare_facts(*expected, *found); !same)
        return error(name_of(target) + " holds another state of this ledger: " +
                     same.error().message + "; name another target");
    Copied copied;
    copied.log = std::move(*found);
    copied.lost = check.lost();
    const auto counted =
        there->key_list->each([&](std::string_view, const KeyStore::WrappedKey&) -> Result<void> {
            ++copied.keys;
            return {};
        });
    if (!counted) return counted.error();
    return copied;
}

}  // namespace

Result<LogFacts> copy_records(log::Log& source, log::Log& target, const CopySettings& settings) {
    return LogCopy(source, target, settings, nullptr).run();
}

Result<Copied> copy_log(Ledger& source, const LedgerPlace& target, const CopySettings& settings) {
    return target.brokers.empty() ? copy_to_folder(source, target.directory, settings)
                                  : copy_to_kafka(source, target, settings);
}

Result<Copied> move_log(Ledger& source, const LedgerPlace& target, const CopySettings& settings) {
    const std::string& directory = source.place.directory;
    if (!source.place.brokers.empty())
        return error(
            kOnKafka,
            "a log on Kafka can't be closed by a file in one node's folder; stop every node, run "
            "'benefits log copy', and start them on the copy");
    const auto moving = find_mark(directory, FolderMark::moving);
    if (!moving) return moving.error();
    if (source.closed && !*moving) return *source.closed;
    // Closed first: at no moment are there two that take commands.
    const std::string begun =
        "moving ledger " + to_hex(source.id) + " to " + name_of(target) +
        " was begun: run 'benefits log move' again to finish it; to write to " + directory +
        " again, see that nobody writes there and remove " + directory + "/moving";
    if (const auto marked = set_mark(directory, FolderMark::moving, begun); !marked)
        return marked.error();
    source.closed = closed_by(FolderMark::moving, begun);
    auto copied =
        *moving ? copy_or_find(source, target, settings) : copy_log(source, target, settings);
    if (!copied) {
        // The target is as it was found, and the source goes on: unless an earlier run made more.
        if (*moving || copied.error().effect == Effect::unknown) return copied;
        if (const auto removed = remove_mark(directory, FolderMark::moving); !removed)
            return error(copied.error().code,
                         copied.error().message + "; and " + removed.error().message);
        source.closed.reset();
        return copied;
    }
    LEDGER_CRASH_POINT(move_copied);
    const std::string sentence = "ledger " + to_hex(source.id) + " was moved to " +
                                 name_of(target) + " and goes on there; nothing more is written " +
                                 "to " + directory;
    if (const auto marked = set_mark(directory, FolderMark::moved, sentence); !marked)
        return error("the copy is complete and " + directory +
                     " stays closed, but it can't be marked so: " + marked.error().message);
    source.closed = closed_by(FolderMark::moved, sentence);
    if (const auto removed = remove_mark(directory, FolderMark::moving); !removed)
        return removed.error();
    return copied;
}

}  // namespace ledger
