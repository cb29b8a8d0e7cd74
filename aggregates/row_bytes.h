// What the parts of a partner's row take at the most, for the bounds that are added up in
// row_size.h: generous for what FlatBuffers adds in offsets, lengths, vtables and padding.
#pragma once

#include <cstddef>

namespace ledger {

inline constexpr std::size_t kVectorExtraBytes = 16;
inline constexpr std::size_t kTableExtraBytes = 64;
// A name of the schema has at most 64 bytes.
inline constexpr std::size_t kNameMaxBytes = 64 + kVectorExtraBytes;
// A tenant has at most 100 bytes.
inline constexpr std::size_t kTenantMaxBytes = 100 + kVectorExtraBytes;
// A command's reason has at most 400 bytes.
inline constexpr std::size_t kReasonMaxBytes = 400 + kVectorExtraBytes;

}  // namespace ledger
