#include "consumers/verify.h"

#include "events/limits.h"
#include "projections/fold.h"
#include "projections/map_rows.h"
#include "projections/row_name.h"

namespace ledger {
namespace {

using views::Family;

constexpr std::chrono::milliseconds kVerifyPollPatience{1'000};
// Looks without a record before the log counts as unreachable.
constexpr int kVerifyIdleLooksMax = 20;

void differs(Verification& result, Family family, std::string_view key, const char* how) {
    ++result.difference_count;
    if (result.differences.size() < kDifferencesMax)
        result.differences.push_back(views::row_name(family, key) + ": " + how);
}

// Reads one partition from its beginning up to the position the views stand at, and folds it.
Result<void> fold_partition(log::Log& log, views::Fold& fold, PartitionId partition, Position end,
                            KeyCheck& keys, Verification& result,
                            const std::function<void(std::uint64_t)>& progress) {
    const log::ReadFrom from{partition, Position{0}};
    const auto cursor = log.read({&from, 1});
    if (!cursor) return cursor.error();
    Reading reading;
    int idle = 0;
    while (reading.next < end) {
        const auto batches = (*cursor)->poll(kVerifyPollPatience, limits::kReadMaxRecords);
        if (!batches) return batches.error();
        if (batches->empty() && ++idle > kVerifyIdleLooksMax)
            return error("partition " + std::to_string(number(partition)) +
                         " can't be read beyond position " + std::to_string(number(reading.next)) +
                         "; is the log reachable?");
        for (const log::ReadBatch& batch : *batches) {
            std::vector<Judged> judged;
            std::vector<Bytes> copies;
            copies.reserve(batch.records.size());
            for (const log::StoredRecord& record : batch.records) {
                if (record.position >= end) break;
                BytesView bytes = record.bytes;
                if (!is_aligned(bytes)) bytes = copies.emplace_back(bytes.begin(), bytes.end());
                const auto next = read_next(reading, record.position, bytes);
                if (!next)
                    return error("partition " + std::to_string(number(partition)) + " " +
                                 next.error().message);
                if (const auto looked = keys.add(*next); !looked) return looked;
                judged.push_back(*next);
            }
            if (judged.empty()) continue;
            idle = 0;
            result.records += judged.size();
            if (const auto added = fold.add(partition, judged, reading); !added) return added;
            if (const auto written = fold.commit(); !written) return written;
            if (progress) progress(result.records);
        }
    }
    result.entries += reading.counts.applied;
    return {};
}

Result<void> compare(const views::MapRows& folded, const views::Snapshot& rows, Family family,
                     Verification& result) {
    const auto& expected = folded.all(family);
    auto at = expected.begin();
    const auto scanned = rows.scan(family, {}, [&](std::string_view key, std::string_view value) {
        if (family == Family::meta && !key.starts_with('p')) return true;
        for (; at != expected.end() && at->first < key; ++at)
            differs(result, family, at->first, "is missing from the views");
        ++result.rows_compared;
        if (at == expected.end() || at->first != key) {
            differs(result, family, key, "stands in the views and not in the log");
            return true;
        }
        if (at->second != value) differs(result, family, key, "is not what the log folds to");
        ++at;
        return true;
    });
    for (; at != expected.end(); ++at)
        differs(result, family, at->first, "is missing from the views");
    return scanned;
}

}  // namespace

Result<Verification> verify(log::Log& log, const views::Snapshot& rows, KeyStore& key_store,
                            const std::function<void(std::uint64_t)>& progress) {
    Verification result;
    KeyCheck keys(key_store);
    views::MapRows folded;
    views::Fold fold(folded);
    for (std::uint32_t i = 0; i < log.partitions(); ++i) {
        const auto stands = views::find_reading(rows, PartitionId{i});
        if (!stands) return stands.error();
        const auto read =
            fold_partition(log, fold, PartitionId{i}, stands->reading.next, keys, result, progress);
        if (!read) return read.error();
    }
    result.lost = keys.lost();
    for (const Family family : views::kFamilies)
        if (const auto compared = compare(folded, rows, family, result); !compared)
            return compared.error();
    auto counted = views::count_everything(rows, log.partitions());
    if (!counted) return counted.error();
    result.partitions = std::move(*counted);
    for (const views::Completeness& partition : result.partitions)
        if (!partition.holds()) {
            ++result.difference_count;
            result.differences.push_back("partition " +
                                         std::to_string(number(partition.partition)) +
                                         ": its numbers don't agree, see 'benefits log stat'");
        }
    return result;
}

}  // namespace ledger
