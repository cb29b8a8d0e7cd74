#include "events/store/wal_tail.h"

#include <charconv>
#include <filesystem>
#include <fstream>
#include <vector>

namespace ledger::store {
namespace {

constexpr std::size_t kWalBlockBytes = 32 * 1024;
constexpr std::size_t kHeaderBytes = 7;
constexpr std::uint8_t kFull = 1, kFirst = 2, kMiddle = 3, kLast = 4;

// The newest NUMBER.log of the folder.
struct NumberedLog {
    std::uint64_t number = 0;
    std::filesystem::path path;
};

NumberedLog newest_log(const std::string& place) {
    NumberedLog newest;
    std::error_code failed;
    for (const auto& entry : std::filesystem::directory_iterator(place, failed)) {
        if (entry.path().extension() != ".log") continue;
        const std::string stem = entry.path().stem().string();
        std::uint64_t number = 0;
        const auto parsed = std::from_chars(stem.data(), stem.data() + stem.size(), number);
        if (parsed.ec != std::errc() || parsed.ptr != stem.data() + stem.size()) continue;
        if (number >= newest.number) newest = {number, entry.path()};
    }
    return newest;
}

struct Walk {
    std::uint64_t complete = 0;  // end of the last whole record
    bool torn = false;           // bytes of an unfinished record follow it
};

void walk_block(const std::vector<char>& block, std::size_t size, std::uint64_t start, Walk& walk) {
    std::size_t at = 0;
    while (at + kHeaderBytes <= size) {
        const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(block[at + i]); };
        const std::size_t length = byte(4) | static_cast<std::size_t>(byte(5)) << 8;
        const std::uint8_t type = byte(6);
        if (type == 0 && length == 0) return;  // zeros: room set aside, never written
        if (at + kHeaderBytes + length > size) {
            walk.torn = true;
            return;
        }
        at += kHeaderBytes + length;
        if (type == kFirst || type == kMiddle)
            walk.torn = true;  // until its last fragment is there
        if (type != kFull && type != kLast) continue;
        walk.torn = false;
        walk.complete = start + at;
    }
    // Less than a header at the end of a whole block is padding, elsewhere a cut.
    if (at < size && size < kWalBlockBytes) walk.torn = true;
}

}  // namespace

std::uint64_t newest_wal_number(const std::string& place) { return newest_log(place).number; }

std::optional<TornTail> find_torn_tail(const std::string& place) {
    const NumberedLog newest = newest_log(place);
    if (newest.path.empty()) return std::nullopt;
    std::ifstream in(newest.path, std::ios::binary);
    std::vector<char> block(kWalBlockBytes);
    Walk walk;
    std::uint64_t start = 0;
    while (in) {
        in.read(block.data(), static_cast<std::streamsize>(block.size()));
        const auto size = static_cast<std::size_t>(in.gcount());
        walk_block(block, size, start, walk);
        start += size;
    }
    if (!walk.torn) return std::nullopt;
    return TornTail{newest.path.string(), walk.complete, start - walk.complete};
}

}  // namespace ledger::store
