#include "projections/position.h"

#include "state_generated.h"

namespace ledger::views {

std::string pack_reading(PartitionId partition, const Reading& reading,
                         std::uint64_t ledger_version) {
    const JudgeState& judge = reading.judge;
    flatbuffers::FlatBufferBuilder builder(512);
    std::vector<fb::Hash256> subtrees;
    for (const Hash& hash : judge.frontier.subtrees()) subtrees.push_back(to_fb(hash));
    const auto frontier = builder.CreateVectorOfStructs(subtrees);
    const fb::Id128 writer = to_fb(judge.writer);
    const fb::Hash256 digest = to_fb(reading.last_digest);
    fb::PartitionMetaBuilder meta(builder);
    meta.add_partition(number(partition));
    meta.add_next(number(reading.next));
    meta.add_epoch(judge.epoch);
    meta.add_writer(&writer);
    meta.add_opened(judge.opened);
    meta.add_closed(judge.closed);
    meta.add_seq(judge.seq);
    meta.add_time(judge.time);
    meta.add_in_flight(judge.in_flight);
    meta.add_frontier(frontier);
    meta.add_applied(reading.counts.applied);
    meta.add_void_records(reading.counts.voided);
    meta.add_control(reading.counts.control);
    meta.add_absent(reading.counts.absent);
    meta.add_claims(reading.counts.claims);
    meta.add_last_position(number(reading.last));
    meta.add_last_digest(&digest);
    meta.add_ledger_version(ledger_version);
    builder.Finish(meta.Finish());
    return std::string(reinterpret_cast<const char*>(builder.GetBufferPointer()),
                       builder.GetSize());
}

Result<StoredReading> unpack_reading(std::string_view row) {
    const Bytes bytes(row.begin(), row.end());
    flatbuffers::Verifier verifier(bytes.data(), bytes.size());
    if (!verifier.VerifyBuffer<fb::PartitionMeta>(nullptr))
        return error("a position row of the views is damaged");
    const fb::PartitionMeta& meta = *flatbuffers::GetRoot<fb::PartitionMeta>(bytes.data());
    // Of a list of structs the verifier looks at the alignment of its length only.
    if (meta.frontier() && !is_aligned({meta.frontier()->Data(), meta.frontier()->size()}))
        return error("a position row of the views is damaged");
    StoredReading stored;
    stored.ledger_version = meta.ledger_version();
    Reading& reading = stored.reading;
    reading.next = Position{meta.next()};
    reading.last = Position{meta.last_position()};
    reading.last_digest = hash_of(*meta.last_digest());
    reading.counts = {meta.applied(), meta.void_records(), meta.control(), meta.absent(),
                      meta.claims()};
    JudgeState& judge = reading.judge;
    judge.has_genesis = meta.next() > 0;
    judge.epoch = meta.epoch();
    judge.writer = id_of(*meta.writer());
    judge.opened = meta.opened();
    judge.closed = meta.closed();
    judge.seq = meta.seq();
    judge.time = meta.time();
    judge.in_flight = meta.in_flight();
    std::vector<Hash> subtrees;
    if (meta.frontier())
        for (const fb::Hash256* hash : *meta.frontier()) subtrees.push_back(hash_of(*hash));
    if (!Frontier::restore(meta.seq(), std::move(subtrees), judge.frontier))
        return error("a position row of the views is damaged: its tree doesn't fit its seq");
    return stored;
}

}  // namespace ledger::views
