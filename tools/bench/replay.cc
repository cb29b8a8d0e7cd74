#include "tools/bench/replay.h"

#include <chrono>
#include <string_view>
#include <unordered_map>

#include "aggregates/partner.h"
#include "consumers/node.h"
#include "events/json/fingerprint.h"
#include "events/log/genesis.h"
#include "events/log/span.h"
#include "events/seal.h"
#include "events/text_map.h"
#include "tools/bench/workload.h"

namespace ledger::bench {
namespace {

using Clock = std::chrono::steady_clock;

// Reads a whole log of one partition; `each` is called with every record's position and bytes.
template <typename Each>
Result<std::uint64_t> scan(log::Log& log, Each&& each) {
    const auto end = log.end(PartitionId{0});
    if (!end) return end.error();
    std::uint64_t n = 0;
    const auto read = log::read_span(log, {PartitionId{0}, Position{0}, *end},
                                     [&](const log::ReadBatch& batch) -> Result<bool> {
                                         for (const log::StoredRecord& record : batch.records)
                                             each(record.position, record.bytes);
                                         n += batch.records.size();
                                         return true;
                                     });
    if (!read) return read.error();
    return n;
}

double seconds_since(Clock::time_point began) {
    return std::chrono::duration<double>(Clock::now() - began).count();
}

}  // namespace

Id128 SystemRandom::fresh_id() { return random_id(); }

std::uint64_t SystemRandom::between(std::uint64_t low, std::uint64_t high) {
    return low + random_id().low % (high - low + 1);
}

Result<std::unique_ptr<BenchNode>> start_bench_node(log::Log& log, views::Rows& rows) {
    const auto genesis_record = log::read_genesis(log, PartitionId{0});
    if (!genesis_record) return genesis_record.error();
    auto made = std::make_unique<BenchNode>();
    const KeyedHash keyed(random_key());
    NodeParts parts{
        log,
        rows,
        nullptr,
        made->random,
        [keyed](const fb::Command& command) { return keyed(json::fingerprint_bytes(command)); },
        nullptr,
        {*genesis_record}};
    auto node = Node::start(std::move(parts), {});
    if (!node) return node.error();
    made->node = std::move(*node);
    return made;
}

Result<Loaded> run_load(log::Log& log, views::Rows& rows, const BenchSettings& settings,
                        std::size_t in_flight) {
    const auto started = start_bench_node(log, rows);
    if (!started) return started.error();
    Node& node = *(*started)->node;
    std::vector<Bytes> setup;
    for (std::uint32_t partner = 0; partner < settings.partners; ++partner)
        for (Bytes& command : set_up(partner)) setup.push_back(std::move(command));
    const auto from_list = [](std::vector<Bytes>& commands) {
        return [&commands, at = std::size_t{0}]() mutable {
            return at < commands.size() ? std::move(commands[at++]) : Bytes{};
        };
    };
    Loaded loaded;
    loaded.first_pipelined = setup.size();
    if (const auto run = drive(node, in_flight, from_list(setup)); !run) return run.error();
    // Built beforehand: what is measured is the ledger, not its client.
    std::vector<Bytes> moves;
    moves.reserve(settings.commands + settings.one_at_a_time);
    for (std::uint64_t i = 0; i < settings.commands + settings.one_at_a_time; ++i)
        moves.push_back(
            move_seat(static_cast<std::uint32_t>(i % settings.partners), i / settings.partners));
    std::vector<Bytes> singles(
        std::make_move_iterator(moves.begin() + static_cast<std::ptrdiff_t>(settings.commands)),
        std::make_move_iterator(moves.end()));
    moves.resize(settings.commands);
    loaded.first_single = loaded.first_pipelined + moves.size();
    auto pipelined = drive(node, in_flight, from_list(moves));
    if (!pipelined) return pipelined.error();
    loaded.pipelined = of_latencies(pipelined->latencies_ms, pipelined->seconds);
    if (const auto caught_up = node.catch_up(std::chrono::minutes{1}); !caught_up)
        return caught_up.error();
    auto single = drive(node, 1, from_list(singles));
    if (!single) return single.error();
    loaded.single = of_latencies(single->latencies_ms, single->seconds);
    node.close(std::chrono::seconds{5});
    return loaded;
}

Result<std::vector<Bytes>> entries_of(log::Log& log) {
    std::vector<Bytes> entries;
    Reading reading;
    std::string stopped;
    const auto scanned = scan(log, [&](Position position, BytesView bytes) {
        Bytes copy(bytes.begin(), bytes.end());
        const auto judged = read_next(reading, position, copy);
        if (!judged)
            stopped = judged.error().message;
        else if (judged->verdict.kind == VerdictKind::applied)
            entries.push_back(std::move(copy));
    });
    if (!scanned) return scanned.error();
    if (!stopped.empty()) return error(stopped);
    return entries;
}

Result<std::vector<BenchRow>> bench_replay(log::Log& log) {
    std::uint64_t bytes_read = 0;
    auto began = Clock::now();
    const auto bare = scan(log, [&](Position, BytesView bytes) { bytes_read += bytes.size(); });
    if (!bare) return bare.error();
    const Measured raw_scan = of_total(*bare, seconds_since(began));

    const auto entries = entries_of(log);
    if (!entries) return entries.error();
    began = Clock::now();
    std::uint8_t mixed = 0;
    for (const Bytes& entry : *entries) mixed ^= sha256(entry)[0];
    const Measured raw_hash = of_total(entries->size(), seconds_since(began));
    [[maybe_unused]] const volatile std::uint8_t kept =
        mixed;  // so that the hashes are really made

    Reading reading;
    TextMap<PartnerState> partners;
    Bytes scratch;
    std::string stopped;
    began = Clock::now();
    const auto replayed = scan(log, [&](Position position, BytesView bytes) {
        const auto judged = read_next(reading, position, aligned(bytes, scratch));
        if (!judged) {
            stopped = judged.error().message;
            return;
        }
        if (judged->verdict.kind != VerdictKind::applied) return;
        const auto id = text_of(judged->record.entry->partner());
        auto found = partners.find(id);
        if (found == partners.end()) found = partners.emplace(id, new_partner(PartnerId{id})).first;
        evolve(found->second, *judged->record.body);
    });
    if (!replayed) return replayed.error();
    if (!stopped.empty()) return error(stopped);
    const Measured ours = of_total(reading.counts.applied, seconds_since(began));

    BenchRow row{"replay: scan, decode, verify, judge, evolve",
                 ours,
                 "bare scan of the log",
                 raw_scan,
                 Compared::throughput,
                 0.0,
                 "two SHA-256 an entry (leaf and, on average, one node)",
                 {}};
    BenchRow rate = row;
    rate.name = "replay, events a second on one core";
    rate.raw.reset();
    rate.aim = 2e6;
    row.raw_name = "bare scan of the log";
    BenchRow hash = row;
    hash.raw_name = "SHA-256 of the same bytes";
    hash.raw = raw_hash;
    return std::vector<BenchRow>{rate, row, hash};
}

}  // namespace ledger::bench
