#include "events/record.h"

#include <array>

#include "events/limits.h"
#include "events/sha256.h"

namespace ledger {
namespace {

// The deepest nesting of the schema is record > entry > body > event > policy lists; tables: a
// catalogue's grants.
constexpr flatbuffers::uoffset_t kMaxDepth = 16;
constexpr flatbuffers::uoffset_t kMaxTables = 4096;

void put_word(std::array<std::uint8_t, 32>& hash, std::size_t at, std::uint64_t value) {
    for (std::size_t i = 0; i < 8; ++i)
        hash[at + i] = static_cast<std::uint8_t>(value >> (56 - 8 * i));
}

Bytes take(flatbuffers::FlatBufferBuilder& builder) {
    return Bytes(builder.GetBufferPointer(), builder.GetBufferPointer() + builder.GetSize());
}

template <typename Table>
Bytes finish(flatbuffers::FlatBufferBuilder& builder, fb::RecordKind kind,
             flatbuffers::Offset<Table> content) {
    fb::FinishRecordBuffer(builder, fb::CreateRecord(builder, kind, content.Union()));
    return take(builder);
}

RecordView poison(BytesView bytes, const char* why) {
    RecordView view;
    view.bytes = bytes;
    view.poison = why;
    return view;
}

// The verifier of FlatBuffers 2 looks at what is nested with limits of its own, the one of 23 with
// ours: what is a record must not hang on that.
bool verify_body([[maybe_unused]] const flatbuffers::Vector<std::uint8_t>& body) {
#if FLATBUFFERS_VERSION_MAJOR < 23
    flatbuffers::Verifier verifier(body.data(), body.size(), kMaxDepth, kMaxTables);
    return verifier.VerifyBuffer<fb::Body>(nullptr);
#else
    return true;
#endif
}

}  // namespace

bool is_known_event(fb::Event type) {
    if (type == fb::Event::NONE || type > fb::Event::MAX) return false;
    return *fb::EnumNameEvent(type) != '\0';
}

fb::Hash256 to_fb(const std::array<std::uint8_t, 32>& hash) {
    return fb::Hash256{word(hash, 0), word(hash, 8), word(hash, 16), word(hash, 24)};
}

std::array<std::uint8_t, 32> hash_of(const fb::Hash256& hash) {
    std::array<std::uint8_t, 32> bytes;
    put_word(bytes, 0, hash.a());
    put_word(bytes, 8, hash.b());
    put_word(bytes, 16, hash.c());
    put_word(bytes, 24, hash.d());
    return bytes;
}

RecordView decode_record(BytesView bytes) {
    LEDGER_CHECK(is_aligned(bytes));
    if (bytes.size() < 12) return poison(bytes, "shorter than any record");
    if (bytes.size() > limits::kRecordMaxBytes)
        return poison(bytes, "longer than any record may be");
    flatbuffers::Verifier verifier(bytes.data(), bytes.size(), kMaxDepth, kMaxTables);
    if (!fb::VerifyRecordBuffer(verifier)) return poison(bytes, "not a record of this schema");
    const fb::Record* record = fb::GetRecord(bytes.data());
    RecordView view;
    view.bytes = bytes;
    view.kind = record->record_type();
    switch (record->record_type()) {
        case fb::RecordKind::Genesis:
            view.genesis = record->record_as_Genesis();
            return view;
        case fb::RecordKind::WriterOpened:
            view.opened = record->record_as_WriterOpened();
            return view;
        case fb::RecordKind::Checkpoint:
            view.checkpoint = record->record_as_Checkpoint();
            return view;
        case fb::RecordKind::WriterClosed:
            view.closed = record->record_as_WriterClosed();
            return view;
        case fb::RecordKind::Entry:
            view.entry = record->record_as_Entry();
            // The body's own scalars are aligned only if the vector is, which the verifier doesn't
            // look at.
            if (!is_aligned({view.entry->body()->data(), view.entry->body()->size()}))
                return poison(bytes, "the body is not aligned");
            if (!verify_body(*view.entry->body()))
                return poison(bytes, "the body is not one of this schema");
            view.body = view.entry->body_nested_root();
            return view;
        case fb::RecordKind::NONE:
            break;
    }
    return poison(bytes, "of a kind this program doesn't know");
}

Bytes encode_genesis(const fb::GenesisT& genesis) {
    flatbuffers::FlatBufferBuilder builder;
    return finish(builder, fb::RecordKind::Genesis, fb::CreateGenesis(builder, &genesis));
}

Bytes encode_claim(std::uint64_t epoch, Id128 writer, std::uint32_t in_flight,
                   std::string_view node) {
    flatbuffers::FlatBufferBuilder builder(256);
    const fb::Id128 id = to_fb(writer);
    const auto name = builder.CreateString(node.data(), node.size());
    return finish(builder, fb::RecordKind::WriterOpened,
                  fb::CreateWriterOpened(builder, epoch, &id, in_flight, name));
}

Bytes encode_checkpoint(std::uint64_t epoch, Id128 writer, std::uint64_t seq,
                        const std::array<std::uint8_t, 32>& root) {
    flatbuffers::FlatBufferBuilder builder(256);
    const fb::Id128 id = to_fb(writer);
    const fb::Hash256 hash = to_fb(root);
    return finish(builder, fb::RecordKind::Checkpoint,
                  fb::CreateCheckpoint(builder, epoch, &id, seq, &hash));
}

Bytes encode_close(std::uint64_t epoch, Id128 writer) {
    flatbuffers::FlatBufferBuilder builder(256);
    const fb::Id128 id = to_fb(writer);
    return finish(builder, fb::RecordKind::WriterClosed,
                  fb::CreateWriterClosed(builder, epoch, &id));
}

Bytes encode_body(const fb::EventUnion& event) {
    thread_local flatbuffers::FlatBufferBuilder builder(256);  // keeps its memory
    builder.Clear();
    const auto content = event.Pack(builder);
    builder.Finish(fb::CreateBody(builder, event.type, content));
    return take(builder);
}

Bytes encode_entry(const EntryHeader& header, BytesView body) {
    thread_local flatbuffers::FlatBufferBuilder builder(1024);  // keeps its memory
    builder.Clear();
    const auto text = [&](std::string_view value) {
        return value.empty() ? flatbuffers::Offset<flatbuffers::String>()
                             : builder.CreateString(value.data(), value.size());
    };
    builder.ForceVectorAlignment(body.size(), 1, 8);
    const auto body_at = builder.CreateVector(body.data(), body.size());
    const auto partner = text(header.partner);
    const auto command_id =
        builder.CreateString(header.command_id.data(), header.command_id.size());
    const auto correlation_id = text(header.correlation_id);
    const auto causation_id = text(header.causation_id);
    const auto reason = text(header.reason);
    const auto actor_id = builder.CreateString(header.actor_id.data(), header.actor_id.size());
    const auto authentication = text(header.authentication);
    const auto actor =
        fb::CreateActor(builder, header.actor_kind, actor_id, header.actor_roles, authentication);
    const fb::Id128 writer = to_fb(header.writer);
    const fb::Id128 fingerprint = to_fb(header.fingerprint);
    return finish(
        builder, fb::RecordKind::Entry,
        fb::CreateEntry(builder, header.epoch, &writer, header.seq, partner, header.version,
                        header.time_ms, command_id, &fingerprint, correlation_id, causation_id,
                        header.corrects, actor, reason, header.policy_version,
                        header.catalogue_version, header.schema_version, body_at));
}

}  // namespace ledger
