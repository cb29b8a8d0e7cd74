#include "events/log/genesis.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

#include "events/crash_point.h"
#include "events/limits.h"
#include "events/record.h"
#include "events/retry.h"

namespace ledger::log {
namespace {

// A log that gives nothing for so long is not going to.
constexpr std::chrono::seconds kReadBackMaxWait{30};
constexpr std::chrono::milliseconds kPollPatience{100};
constexpr std::chrono::milliseconds kAgainPause{200};
constexpr std::chrono::milliseconds kAgainPauseMax{5'000};

// The first record of each partition, as far as there is one.
using FirstRecords = std::vector<std::optional<Bytes>>;

// A record that must be a genesis record, of bytes that outlive this.
class GenesisRecord {
public:
    explicit GenesisRecord(const Bytes& bytes) : view_(decode_record(bytes)) {}
    const fb::Genesis* operator->() const { return view_.genesis; }
    explicit operator bool() const { return view_.genesis != nullptr; }

private:
    RecordView view_;
};

std::string ledger_name(const fb::Genesis& genesis) { return to_hex(id_of(*genesis.ledger())); }

Error no_ledger(PartitionId partition) {
    return error(
        fmt::format("partition {} of this log begins with something other than a genesis "
                    "record: it is no ledger; name another place for the ledger",
                    number(partition)));
}

// Whether record 0 of a partition is what partition 0's says it should be.
Result<void> compare(const Bytes& canonical, const Bytes& first, PartitionId partition) {
    const GenesisRecord ours(canonical);
    if (!ours) return no_ledger(PartitionId{0});
    const GenesisRecord found(first);
    if (!found) return no_ledger(partition);
    if (id_of(*found->ledger()) != id_of(*ours->ledger()))
        return error(fmt::format(
            "partition {} belongs to ledger {}, partition 0 to ledger {}: two ledgers were mixed; "
            "restore the partitions from one backup",
            number(partition), ledger_name(*found.operator->()), ledger_name(*ours.operator->())));
    if (found->partitions() != ours->partitions() || found->partition() != number(partition))
        return error(fmt::format(
            "partition {} holds the records of partition {} of {}: partitions were mixed up; "
            "restore the log from a backup",
            number(partition), found->partition(), found->partitions()));
    fb::GenesisT expected, content;
    ours->UnPackTo(&expected);
    found->UnPackTo(&content);
    content.partition = expected.partition;
    if (content != expected)
        return error(fmt::format(
            "the genesis record of partition {} has other policies, other catalogues or another "
            "clock than partition 0's: one of the two was changed; restore the log from a backup",
            number(partition)));
    return {};
}

Result<void> compare_count(const Bytes& canonical, const Log& log) {
    const GenesisRecord genesis(canonical);
    if (!genesis) return no_ledger(PartitionId{0});
    if (genesis->partitions() == log.partitions()) return {};
    return error(
        fmt::format("this ledger was made with {} partitions and its log has {}: partitions were "
                    "added or lost; restore the log as it was made",
                    genesis->partitions(), log.partitions()));
}

// Partitions whose hand-over came to be in doubt: appended to once more when a pause is over, which
// grows. Late copies are void.
class DoubtedPartitions {
public:
    void add(PartitionId partition) {
        if (doubted_.empty()) not_before_ = Clock::now() + pause_.next();
        if (std::find(doubted_.begin(), doubted_.end(), partition) == doubted_.end())
            doubted_.push_back(partition);
    }
    // Those whose turn it is.
    std::vector<PartitionId> take() {
        if (Clock::now() < not_before_) return {};
        return std::exchange(doubted_, {});
    }

private:
    using Clock = std::chrono::steady_clock;
    RetryPause pause_{Retry::genesis, kAgainPause, kAgainPauseMax};
    Clock::time_point not_before_{};
    std::vector<PartitionId> doubted_;
};

// Waits until the first record of each of these partitions was read; `again` is called for a
// partition whose hand-over is in doubt.
template <typename Again>
Result<void> await_first(Log& log, std::span<const PartitionId> wanted, FirstRecords& first,
                         Again again) {
    if (wanted.empty()) return {};
    std::vector<ReadFrom> from;
    for (const PartitionId partition : wanted) from.push_back({partition, Position{0}});
    auto cursor = log.read(from);
    if (!cursor) return cursor.error();
    std::size_t missing = wanted.size();
    std::vector<Notice> notices;
    DoubtedPartitions doubted;
    std::string unfit;
    const auto give_up = std::chrono::steady_clock::now() + kReadBackMaxWait;
    while (missing > 0) {
        auto batches = (*cursor)->poll(kPollPatience, wanted.size());
        if (!batches) return batches.error();
        for (const ReadBatch& batch : *batches) {
            std::optional<Bytes>& record = first[number(batch.partition)];
            if (record || batch.records.empty()) continue;
            const BytesView bytes = batch.records.front().bytes;
            record.emplace(bytes.begin(), bytes.end());
            --missing;
        }
        notices.clear();
        log.take_notices(notices);
        for (const Notice& notice : notices) {
            if (notice.kind == Notice::Kind::gone) return error(notice.why, Effect::unknown);
            if (notice.kind == Notice::Kind::unfit) unfit = notice.why;
            if (notice.kind == Notice::Kind::fit) unfit.clear();
            if (notice.kind == Notice::Kind::doubt) doubted.add(notice.partition);
        }
        for (const PartitionId partition : doubted.take()) {
            if (first[number(partition)]) continue;
            if (!unfit.empty()) return error(unfit, Effect::unknown);
            const Result<void> repeated = again(partition);
            if (!repeated) return repeated;
        }
        if (missing > 0 && std::chrono::steady_clock::now() > give_up)
            return no_answer(
                "the log did not give its first records within 30 seconds: see that it "
                "runs and do it again",
                Effect::unknown);
    }
    return {};
}

// What stands first in these partitions now.
Result<FirstRecords> read_first(Log& log, std::span<const PartitionId> wanted) {
    FirstRecords first(log.partitions());
    std::vector<PartitionId> filled;
    for (const PartitionId partition : wanted) {
        const auto end = log.end(partition);
        if (!end) return end.error();
        if (number(*end) > 0) filled.push_back(partition);
    }
    const auto read = await_first(log, filled, first, [](PartitionId) { return Result<void>(); });
    if (!read) return read.error();
    return first;
}

// Appends the canonical genesis to these partitions and reads back what stands first there then.
Result<void> write_genesis(Log& log, fb::GenesisT genesis, std::span<const PartitionId> wanted,
                           FirstRecords& first, bool& sent) {
    const auto append = [&](PartitionId partition) -> Result<void> {
        genesis.partition = number(partition);
        const Bytes record = encode_genesis(genesis);
        if (record.size() > limits::kRecordMaxBytes)
            return error(
                "the policies and catalogues of the new ledger don't fit into one record; "
                "make it with fewer and publish the others");
        const auto appended = log.append(partition, {&record, 1});
        sent = sent || appended.ok() || appended.error().effect == Effect::unknown;
        LEDGER_CRASH_POINT(genesis_sent);
        // An unknown effect is settled by reading.
        if (!appended && appended.error().effect == Effect::none) return appended;
        return {};
    };
    for (const PartitionId partition : wanted) {
        const auto appended = append(partition);
        if (!appended) return appended;
    }
    return await_first(log, wanted, first, append);
}

std::vector<PartitionId> partitions_from(const Log& log, std::uint32_t first) {
    std::vector<PartitionId> partitions;
    for (std::uint32_t i = first; i < log.partitions(); ++i) partitions.push_back(PartitionId{i});
    return partitions;
}

Error not_made(PartitionId partition) {
    return error(
        fmt::format("partition {} is empty: the ledger was not made, or not completely; "
                    "run `benefits create` on it",
                    number(partition)));
}

// `sent`: a genesis record may have been made of the proposal.
Result<CreateOutcome> ensure(Log& log, const fb::GenesisT& proposal, bool& sent) {
    if (proposal.partitions != log.partitions())
        return error(
            fmt::format("a ledger of {} partitions was asked for and the log has {}; ask "
                        "for as many as it has",
                        proposal.partitions, log.partitions()));
    CreateOutcome outcome;
    const PartitionId zero{0};
    auto first = read_first(log, {&zero, 1});
    if (!first) return first.error();
    if (!(*first)[0]) {
        outcome.completed = true;
        const auto written = write_genesis(log, proposal, {&zero, 1}, *first, sent);
        if (!written) return written.error();
    }
    outcome.genesis = *(*first)[0];
    const auto counted = compare_count(outcome.genesis, log);
    if (!counted) return counted.error();
    const GenesisRecord canonical(outcome.genesis);
    outcome.ours = id_of(*canonical->ledger()) == id_of(*proposal.ledger);

    const std::vector<PartitionId> others = partitions_from(log, 1);
    first = read_first(log, others);
    if (!first) return first.error();
    std::vector<PartitionId> missing;
    for (const PartitionId partition : others)
        if (!(*first)[number(partition)]) missing.push_back(partition);
    if (!missing.empty()) {
        outcome.completed = true;
        fb::GenesisT content;
        canonical->UnPackTo(&content);
        bool copies_sent = false;
        const auto written = write_genesis(log, content, missing, *first, copies_sent);
        if (!written) return written.error();
    }
    for (const PartitionId partition : others) {
        const auto same = compare(outcome.genesis, *(*first)[number(partition)], partition);
        if (!same) return same.error();
    }
    LEDGER_CRASH_POINT(genesis_made);
    return outcome;
}

}  // namespace

Result<CreateOutcome> ensure_genesis(Log& log, const fb::GenesisT& proposal) {
    bool sent = false;
    auto outcome = ensure(log, proposal, sent);
    if (outcome || !sent) return outcome;
    Error failure = outcome.error();
    failure.effect = Effect::unknown;
    return failure;
}

Result<std::uint32_t> partitions_made_with(Log& log) {
    const PartitionId zero{0};
    const auto first = read_first(log, {&zero, 1});
    if (!first) return first.error();
    if (!(*first)[0]) return not_made(zero);
    const GenesisRecord canonical(*(*first)[0]);
    if (!canonical) return no_ledger(zero);
    return canonical->partitions();
}

Result<Bytes> read_genesis(Log& log, PartitionId partition) {
    if (number(partition) >= log.partitions())
        return error(fmt::format("there is no partition {}: this ledger has partitions 0 to {}",
                                 number(partition), log.partitions() - 1));
    std::vector<PartitionId> wanted{PartitionId{0}};
    if (partition != wanted.front()) wanted.push_back(partition);
    const auto first = read_first(log, wanted);
    if (!first) return first.error();
    for (const PartitionId each : wanted)
        if (!(*first)[number(each)]) return not_made(each);
    const Bytes& canonical = *(*first)[0];
    const auto counted = compare_count(canonical, log);
    if (!counted) return counted.error();
    const Bytes& own = *(*first)[number(partition)];
    const auto same = compare(canonical, own, partition);
    if (!same) return same.error();
    return own;
}

Result<std::vector<Bytes>> read_every_genesis(Log& log) {
    const std::vector<PartitionId> all = partitions_from(log, 0);
    const auto first = read_first(log, all);
    if (!first) return first.error();
    for (const PartitionId partition : all)
        if (!(*first)[number(partition)]) return not_made(partition);
    const Bytes& canonical = *(*first)[0];
    const auto counted = compare_count(canonical, log);
    if (!counted) return counted.error();
    for (const PartitionId partition : all) {
        const auto same = compare(canonical, *(*first)[number(partition)], partition);
        if (!same) return same.error();
    }
    std::vector<Bytes> every;
    every.reserve(all.size());
    for (const auto& record : *first) every.push_back(*record);
    return every;
}

Result<Bytes> check_genesis(Log& log) {
    auto every = read_every_genesis(log);
    if (!every) return every.error();
    return std::move(every->front());
}

}  // namespace ledger::log
