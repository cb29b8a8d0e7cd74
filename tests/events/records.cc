#include "tests/events/records.h"

#include <memory>

namespace ledger::tests {
namespace {

Bytes with_body(const Bytes& body, std::uint64_t epoch, Id128 writer, std::uint64_t seq,
                std::int64_t time_ms) {
    EntryHeader header;
    header.epoch = epoch;
    header.writer = writer;
    header.seq = seq;
    header.partner = "contoso";
    header.version = seq;
    header.time_ms = time_ms;
    header.command_id = "c";
    header.actor_id = "ada";
    return encode_entry(header, body);
}

}  // namespace

Bytes genesis_record() {
    fb::GenesisT genesis;
    genesis.ledger = std::make_unique<fb::Id128>(1, 2);
    genesis.key_check = std::make_unique<fb::Id128>(3, 4);
    genesis.partitions = 1;
    return encode_genesis(genesis);
}

Bytes entry_record(std::uint64_t epoch, Id128 writer, std::uint64_t seq, std::int64_t time_ms) {
    fb::EventUnion event;
    event.Set(fb::ContactVerifiedT{});
    return with_body(encode_body(event), epoch, writer, seq, time_ms);
}

Bytes entry_of_tables(std::size_t tables, std::uint64_t epoch, Id128 writer, std::uint64_t seq) {
    flatbuffers::FlatBufferBuilder builder;
    const std::uint8_t sealed[] = {1};
    const auto key = fb::CreateKeyMaterial(builder, builder.CreateString("key"),
                                           builder.CreateVector(sealed, sizeof sealed));
    const std::vector<flatbuffers::Offset<fb::KeyMaterial>> keys(tables, key);
    const auto content =
        fb::CreateKeysDelivered(builder, builder.CreateString("order"), builder.CreateString("sku"),
                                builder.CreateVector(keys));
    builder.Finish(fb::CreateBody(builder, fb::Event::KeysDelivered, content.Union()));
    return with_body(
        Bytes(builder.GetBufferPointer(), builder.GetBufferPointer() + builder.GetSize()), epoch,
        writer, seq, 1'000);
}

Bytes entry_of_type(std::uint8_t type, std::uint64_t epoch, Id128 writer, std::uint64_t seq) {
    flatbuffers::FlatBufferBuilder builder;
    const auto content = fb::CreateContactVerified(builder, 1).Union();
    builder.Finish(fb::CreateBody(builder, static_cast<fb::Event>(type), content));
    return with_body(
        Bytes(builder.GetBufferPointer(), builder.GetBufferPointer() + builder.GetSize()), epoch,
        writer, seq, 1'000);
}

Hash root_of(const std::vector<Bytes>& entries) {
    Frontier frontier;
    for (const Bytes& entry : entries) frontier.add(entry);
    return frontier.root();
}

}  // namespace ledger::tests
