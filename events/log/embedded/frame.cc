#include "events/log/embedded/frame.h"

#include <flatbuffers/flatbuffers.h>

#include <cstring>

namespace ledger::log {
namespace {

constexpr std::size_t kNumberBytes = sizeof(std::uint32_t);

std::uint32_t number_at(std::string_view bytes, std::size_t index) {
    std::uint32_t value = 0;
    std::memcpy(&value, bytes.data() + index * kNumberBytes, kNumberBytes);
    return flatbuffers::EndianScalar(value);
}

void put_number(std::string& out, std::size_t value) {
    const std::uint32_t little = flatbuffers::EndianScalar(static_cast<std::uint32_t>(value));
    out.append(reinterpret_cast<const char*>(&little), kNumberBytes);
}

std::size_t header_bytes(std::size_t records) {
    return Chunk::padded((1 + records) * kNumberBytes);
}

}  // namespace

std::size_t frame_end(const Chunk& chunk, std::size_t from) {
    std::size_t bytes = 0;
    std::size_t to = from;
    while (to < chunk.size()) {
        bytes += Chunk::padded(chunk.record(to).size());
        if (bytes > kFrameMaxBytes && to > from) break;
        ++to;
    }
    return to;
}

std::string frame_header(const Chunk& chunk, std::size_t from, std::size_t to) {
    std::string header;
    header.reserve(header_bytes(to - from));
    put_number(header, to - from);
    for (std::size_t i = from; i < to; ++i) put_number(header, chunk.record(i).size());
    header.resize(header_bytes(to - from), '\0');
    return header;
}

std::size_t frame_size(std::string_view frame) {
    if (frame.size() < kNumberBytes) return 0;
    const std::size_t records = number_at(frame, 0);
    return header_bytes(records) <= frame.size() ? records : 0;
}

std::shared_ptr<Chunk> read_frame(PartitionId partition, Position first, std::string_view frame) {
    const std::size_t records = frame_size(frame);
    if (records == 0) return nullptr;
    const std::string_view body = frame.substr(header_bytes(records));
    std::vector<Chunk::Slice> slices(records);
    std::size_t at = 0;
    for (std::size_t i = 0; i < records; ++i) {
        const std::uint32_t size = number_at(frame, 1 + i);
        slices[i] = {static_cast<std::uint32_t>(at), size};
        at += Chunk::padded(size);
        if (at > body.size()) return nullptr;
    }
    if (at != body.size()) return nullptr;
    const BytesView bytes = view_of(body);
    return std::make_shared<Chunk>(
        partition, first, std::vector<std::uint8_t>(bytes.begin(), bytes.end()), std::move(slices));
}

}  // namespace ledger::log
