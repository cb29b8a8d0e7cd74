#include "consumers/rebuild.h"

#include <filesystem>

#include "consumers/read_partition.h"
#include "consumers/start.h"
#include "consumers/stores_witness.h"
#include "consumers/views_identity.h"
#include "events/crash_point.h"
#include "projections/bulk_rows.h"
#include "projections/fold.h"
#include "projections/generations.h"
#include "projections/row_name.h"

namespace ledger {
namespace {

using views::Family;

constexpr std::size_t kDifferencesNamedMax = 20;
// Records between two calls of the progress.
constexpr std::uint64_t kTellEveryRecords = 1024;
// Entries folded before they are handed on, at the end of a partner.
constexpr std::size_t kFoldEntries = 4096;

Error broken(PartitionId partition, const std::string& what) {
    return error("partition " + std::to_string(number(partition)) + ": " + what +
                 "; the entries are valid, so their writer is broken: the views were left as they "
                 "are, 'benefits verify' names the place");
}

// Folds history rows, which come in the order of partners and versions.
class PartnerFold {
public:
    PartnerFold(views::BulkRows& rows, PartitionId partition, const Reading& reading)
        : fold_(rows, 1), partition_(partition), reading_(reading) {}

    // First of all: the ledger's own state begins there. `record` outlives this.
    Result<void> begin(BytesView record) {
        return fold_.add(partition_,
                         {{Position{0}, {VerdictKind::control, Why::none}, decode_record(record)}},
                         reading_);
    }

    Result<void> add(std::string_view key, std::string_view row) {
        const std::string_view partner = views::parse_partner_key(key).partner;
        if (partner != partner_) {
            if (const auto handed = hand_on(records_.size() >= kFoldEntries); !handed)
                return handed;
            partner_ = partner;
            last_ = 0;
        }
        std::uint64_t position = 0;
        if (row.size() <= sizeof position) return broken(partition_, "a history row is damaged");
        std::memcpy(&position, row.data(), sizeof position);
        position = flatbuffers::EndianScalar(position);
        if (position <= last_)
            return broken(partition_, "position " + std::to_string(position) + " of partner '" +
                                          partner_ + "' holds a later version than position " +
                                          std::to_string(last_));
        last_ = position;
        row.remove_prefix(sizeof position);
        const BytesView bytes = records_.emplace_back(row.begin(), row.end());
        judged_.push_back(
            {Position{position}, {VerdictKind::applied, Why::none}, decode_record(bytes)});
        ++entries_;
        return {};
    }

    // What is left, and the position.
    Result<void> finish() {
        if (const auto handed = hand_on(true); !handed) return handed;
        if (const auto added = fold_.add(partition_, {}, reading_); !added) return added;
        return fold_.commit();
    }

    std::uint64_t entries() const { return entries_; }

private:
    Result<void> hand_on(bool now) {
        if (!now) return {};
        const auto added = fold_.add(partition_, judged_, reading_);
        judged_.clear();
        records_.clear();
        if (!added) return added;
        return fold_.commit();
    }

    views::Fold fold_;
    PartitionId partition_;
    const Reading& reading_;
    std::string partner_;
    std::uint64_t last_ = 0;  // position
    std::vector<Bytes> records_;
    std::vector<Judged> judged_;
    std::uint64_t entries_ = 0;
};

class Rebuild {
public:
    Rebuild(Ledger& ledger, const RebuildSettings& settings)
        : ledger_(ledger), settings_(settings), directory_(ledger.place.directory) {}

    Result<Rebuilt> run();

private:
    Result<void> look_at_old();
    Result<void> make(views::RocksRows& fresh);
    Result<Reading> read(PartitionId partition, views::SortedRuns& history);
    Result<void> compare(const views::RocksRows& fresh);
    void show(std::uint64_t done);
    bool go_on(RebuildStep step) const { return !settings_.reached || settings_.reached(step); }

    Ledger& ledger_;
    const RebuildSettings& settings_;
    const std::string directory_;
    std::unique_ptr<views::RocksRows> old_;  // null: nothing to compare with
    std::vector<Position> upto_;             // by partition
    std::uint64_t records_before_ = 0;       // of the partitions that are done
    std::uint64_t all_ = 0;
    bool stopped_ = false;  // by a test
    Rebuilt rebuilt_;
};

// Opens the views in use, if they are of any use, and decides how far the new ones go.
Result<void> Rebuild::look_at_old() {
    if (views::views_in_use(directory_))
        return error("another process has the views in " + directory_ +
                     " open; stop it first: a rebuild puts others in their place");
    std::uint64_t in_log = 0, in_old = 0;
    std::vector<Position> ends, old_ends;
    for (std::uint32_t i = 0; i < ledger_.log->partitions(); ++i) {
        const auto end = ledger_.log->end(PartitionId{i});
        if (!end) return end.error();
        ends.push_back(*end);
        in_log += number(*end);
    }
    upto_ = ends;
    if (!std::filesystem::exists(views::views_in(directory_))) {
        rebuilt_.not_compared = "there were no views";
        return {};
    }
    auto old = views::RocksRows::open(views::views_in(directory_));
    if (!old) {
        rebuilt_.not_compared = old.error().message;
        return {};
    }
    const auto rows = (*old)->snapshot();
    const auto identity = identity_of(*rows, ledger_.id);
    if (identity && *identity == Identity::of_another_ledger)
        return check_views(**old, directory_, ledger_.id, ledger_.genesis);
    if (!identity || *identity != Identity::ours) {
        rebuilt_.not_compared =
            identity ? "the old views have another format, or no rows" : identity.error().message;
        return {};
    }
    for (std::uint32_t i = 0; i < ledger_.log->partitions(); ++i) {
        const auto reading = stored_reading(*ledger_.log, *rows, PartitionId{i});
        if (!reading) return reading.error();
        old_ends.push_back(reading->next);
        in_old += number(reading->next);
    }
    if (in_old < in_log / 2) {
        rebuilt_.not_compared = "the old views had read only " + std::to_string(in_old) + " of " +
                                std::to_string(in_log) + " positions";
        return {};
    }
    upto_ = std::move(old_ends);
    old_ = std::move(*old);
    return {};
}

void Rebuild::show(std::uint64_t done) {
    if (settings_.progress && done % kTellEveryRecords == 0) settings_.progress(done, all_);
}

// Judges a partition's records and keeps the valid entries as history rows.
Result<Reading> Rebuild::read(PartitionId partition, views::SortedRuns& history) {
    std::string key;
    std::uint64_t records = 0;
    const auto keep = [&](const Judged& judged, const Reading&) -> Result<bool> {
        show(2 * records_before_ + ++records);
        if (judged.verdict.kind != VerdictKind::applied) return true;
        const fb::Entry& entry = *judged.record.entry;
        views::put_history_key(key, partition, text_of(entry.partner()), entry.version());
        const std::uint64_t position = flatbuffers::EndianScalar(number(judged.position));
        const auto put = history.put(Family::history, key,
                                     {reinterpret_cast<const char*>(&position), sizeof position},
                                     text_of(judged.record.bytes));
        if (!put) return put.error();
        return true;
    };
    auto reading = read_partition(*ledger_.log, partition, upto_[number(partition)], keep);
    if (!reading) return reading;
    if (const auto written = history.write(); !written) return written.error();
    rebuilt_.records += records;
    rebuilt_.entries += reading->counts.applied;
    return reading;
}

Result<void> Rebuild::make(views::RocksRows& fresh) {
    views::SortedRuns history(fresh, settings_.run_max_bytes);
    views::BulkRows bulk(fresh, settings_.run_max_bytes);
    for (const Position end : upto_) all_ += 2 * number(end);
    for (std::uint32_t i = 0; i < upto_.size(); ++i) {
        const PartitionId partition{i};
        // The old views have nothing of it either: their reader stopped before its first record, or
        // never came to it.
        if (number(upto_[i]) == 0) continue;
        const auto reading = read(partition, history);
        if (!reading) return reading.error();
        if (!go_on(RebuildStep::read)) {
            stopped_ = true;
            return {};
        }
        const std::uint64_t records = rebuilt_.records - records_before_;
        PartnerFold fold(bulk, partition, *reading);
        Result<void> folded = fold.begin(ledger_.genesis[i]);
        if (!folded) return folded;
        std::string prefix;
        put_big_endian(prefix, static_cast<std::uint16_t>(i));
        const auto scanned = fresh.snapshot()->scan(
            Family::history, prefix, [&](std::string_view key, std::string_view row) {
                folded = fold.add(key, row);
                show(2 * records_before_ + records + fold.entries());
                return folded.ok();
            });
        if (!scanned) return scanned;
        if (!folded) return folded;
        if (fold.entries() != reading->counts.applied)
            return broken(partition, "two entries are the same version of one partner");
        if (const auto finished = fold.finish(); !finished) return finished;
        records_before_ += records;
    }
    rebuilt_.partners = bulk.partners();
    views::RowBatch more = identity_rows(ledger_.id, ledger_.genesis);
    if (old_)
        if (const auto copied = copy_witness(*old_->snapshot(), more); !copied) return copied;
    return bulk.finish(more);
}

Result<void> Rebuild::compare(const views::RocksRows& fresh) {
    if (!old_) return {};
    for (const Family family : views::kFamilies) {
        const auto differs = [&](std::string_view key, std::optional<std::string_view> made,
                                 std::optional<std::string_view> old) {
            ++rebuilt_.difference_count;
            if (rebuilt_.differences.size() == kDifferencesNamedMax) return;
            rebuilt_.differences.push_back(views::row_name(family, key) +
                                           (!old    ? ": was missing"
                                            : !made ? ": stood in the old views and not in the log"
                                                    : ": was not what the log folds to"));
        };
        const auto compared = fresh.compare(*old_, family, differs);
        if (!compared) {
            rebuilt_.not_compared =
                "the old views could not be read to their end: " + compared.error().message;
            return {};
        }
        rebuilt_.rows_compared += *compared;
    }
    return {};
}

Result<Rebuilt> Rebuild::run() {
    const auto lock = FolderLock::take(directory_);
    if (!lock) return lock.error();
    const auto settled = views::settle_generations(directory_, *lock);
    if (!settled) return settled.error();
    if (!settled->empty()) rebuilt_.notes.push_back(*settled);
    if (const auto looked = look_at_old(); !looked) return looked.error();
    const auto made = [&]() -> Result<void> {
        const auto fresh = views::RocksRows::open(views::new_views_in(directory_));
        if (!fresh) return fresh.error();
        LEDGER_CRASH_POINT(rebuild_begun);
        stopped_ = !go_on(RebuildStep::begun);
        if (stopped_) return {};
        if (const auto done = make(**fresh); !done || stopped_) return done;
        if (const auto compared = compare(**fresh); !compared) return compared;
        LEDGER_CRASH_POINT(rebuild_finished);
        stopped_ = !go_on(RebuildStep::finished);
        return {};
    }();
    if (!made) {
        views::discard_new(directory_, *lock);
        return made.error();
    }
    if (stopped_) return std::move(rebuilt_);
    old_.reset();
    const auto switched = views::switch_generations(directory_, *lock, [&](views::SwitchStep step) {
        switch (step) {
            case views::SwitchStep::old_moved_away:
                return go_on(RebuildStep::old_moved_away);
            case views::SwitchStep::new_in_place:
                return go_on(RebuildStep::new_in_place);
            case views::SwitchStep::old_removed:
                return true;
        }
        return true;
    });
    if (!switched) return switched.error();
    return std::move(rebuilt_);
}

}  // namespace

Result<Rebuilt> rebuild_views(Ledger& ledger, const RebuildSettings& settings) {
    return Rebuild(ledger, settings).run();
}

}  // namespace ledger
