// Records as bytes: decoding what stands in the log, encoding what is to be appended. A record that
// doesn't verify is poison: it has no content, only a reason.
#pragma once

#include <string>

#include "events/bytes.h"
#include "events/ids.h"
#include "events/result.h"
#include "record_generated.h"

namespace ledger {

// Version of the schema this program writes; grows when an event is added that an older reader
// can't take.
inline constexpr std::uint32_t kSchemaVersion = 1;

// A decoded record, or why the bytes are none. Points into the bytes it was made from.
struct RecordView {
    BytesView bytes;
    fb::RecordKind kind = fb::RecordKind::NONE;  // NONE: poison
    const fb::Genesis* genesis = nullptr;
    const fb::WriterOpened* opened = nullptr;
    const fb::Checkpoint* checkpoint = nullptr;
    const fb::WriterClosed* closed = nullptr;
    const fb::Entry* entry = nullptr;
    const fb::Body* body =
        nullptr;  // of an entry; its event may be of a type this program doesn't know
    const char* poison = nullptr;  // why the bytes are no record
};

// `bytes` must be aligned (see bytes.h). Verifies with the generated verifier, limits tightened.
RecordView decode_record(BytesView bytes);

// True when this program knows the event's type.
bool is_known_event(fb::Event type);

inline Id128 id_of(const fb::Id128& id) { return Id128{id.high(), id.low()}; }
inline fb::Id128 to_fb(Id128 id) { return fb::Id128{id.high, id.low}; }
fb::Hash256 to_fb(const std::array<std::uint8_t, 32>& hash);
std::array<std::uint8_t, 32> hash_of(const fb::Hash256& hash);

inline std::string_view text_of(const flatbuffers::String* text) {
    return text ? std::string_view{text->c_str(), text->size()} : std::string_view{};
}

Bytes encode_genesis(const fb::GenesisT& genesis);
Bytes encode_claim(std::uint64_t epoch, Id128 writer, std::uint32_t in_flight,
                   std::string_view node);
Bytes encode_checkpoint(std::uint64_t epoch, Id128 writer, std::uint64_t seq,
                        const std::array<std::uint8_t, 32>& root);
Bytes encode_close(std::uint64_t epoch, Id128 writer);

// The header of an entry that is to be written; texts live elsewhere.
struct EntryHeader {
    std::uint64_t epoch = 0;
    Id128 writer;
    std::uint64_t seq = 0;
    std::string_view partner;  // empty: the ledger's own
    std::uint64_t version = 0;
    std::int64_t time_ms = 0;
    std::string_view command_id;
    Id128 fingerprint;
    std::string_view correlation_id;
    std::string_view causation_id;
    std::uint64_t corrects = 0;
    fb::ActorKind actor_kind{};
    std::string_view actor_id;
    fb::Role actor_roles{};
    std::string_view authentication;
    std::string_view reason;
    std::uint32_t policy_version = 0;
    std::uint32_t catalogue_version = 0;
    std::uint32_t schema_version = kSchemaVersion;
};

// A body alone: the bytes that are the same under any header and on any log.
Bytes encode_body(const fb::EventUnion& event);
// `body` is what encode_body gave.
Bytes encode_entry(const EntryHeader& header, BytesView body);

}  // namespace ledger
