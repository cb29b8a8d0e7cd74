// Bytes as the ledger handles them. A vector's storage is aligned for any scalar, so a FlatBuffer
// that starts at its first byte may be read in place; a span's may not be, see aligned().
#pragma once

#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "events/ids.h"

namespace ledger {

using Bytes = std::vector<std::uint8_t>;
using BytesView = std::span<const std::uint8_t>;

inline BytesView view_of(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

inline std::string_view text_of(BytesView bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// True when a FlatBuffer at this address may be read in place.
inline bool is_aligned(BytesView bytes) {
    return reinterpret_cast<std::uintptr_t>(bytes.data()) % alignof(std::uint64_t) == 0;
}

// The same bytes at an aligned address: itself, or a copy kept in `scratch`.
inline BytesView aligned(BytesView bytes, Bytes& scratch) {
    if (is_aligned(bytes)) return bytes;
    scratch.assign(bytes.begin(), bytes.end());
    return scratch;
}

// Fixed-width big-endian integers, for keys that sort as numbers do.
template <typename Integer>
void put_big_endian(std::string& out, Integer value) {
    for (int shift = static_cast<int>(sizeof(Integer)) * 8 - 8; shift >= 0; shift -= 8)
        out.push_back(static_cast<char>(static_cast<std::uint8_t>(value >> shift)));
}

template <typename Integer>
Integer get_big_endian(std::string_view in) {
    Integer value = 0;
    for (std::size_t i = 0; i < sizeof(Integer); ++i)
        value = static_cast<Integer>(static_cast<Integer>(value << 8) |
                                     static_cast<std::uint8_t>(in[i]));
    return value;
}

inline void put_big_endian(std::string& out, Id128 id) {
    put_big_endian(out, id.high);
    put_big_endian(out, id.low);
}

// Of its first 16 bytes, as put_big_endian has put them.
inline Id128 get_id(std::string_view in) {
    return {get_big_endian<std::uint64_t>(in), get_big_endian<std::uint64_t>(in.substr(8))};
}

}  // namespace ledger
