// Strong types for what is counted and named. Explicit to make, no arithmetic but next().
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace ledger {

// Which partition of the ledger, 0 .. N-1.
enum class PartitionId : std::uint32_t {};

constexpr std::uint32_t number(PartitionId partition) {
    return static_cast<std::uint32_t>(partition);
}

// Where a record stands in its partition's log: gapless on the embedded log, with holes on Kafka.
enum class Position : std::uint64_t {};

constexpr std::uint64_t number(Position position) { return static_cast<std::uint64_t>(position); }
constexpr Position next(Position position) { return Position{number(position) + 1}; }

// 128 random or hashed bits, high word first.
struct Id128 {
    std::uint64_t high = 0;
    std::uint64_t low = 0;
    auto operator<=>(const Id128&) const = default;
};

// 32 lower-case hex digits.
std::string to_hex(Id128 id);

// A text that names something. Names of two kinds are two types, so that one can't be given for the
// other.
template <typename Tag>
class Name {
public:
    Name() = default;
    explicit Name(std::string text) : text_(std::move(text)) {}
    explicit Name(std::string_view text) : text_(text) {}
    explicit Name(const char* text) : text_(text) {}
    const std::string& text() const { return text_; }
    bool empty() const { return text_.empty(); }
    auto operator<=>(const Name&) const = default;

private:
    std::string text_;
};

// A partner global account. Empty stands for the ledger itself, once in each partition.
using PartnerId = Name<struct PartnerTag>;
// A command's id, unique within its partner.
using CommandId = Name<struct CommandTag>;

}  // namespace ledger

template <>
struct std::hash<ledger::Id128> {
    std::size_t operator()(const ledger::Id128& id) const noexcept {
        return id.high ^ (id.low * 0x9e3779b97f4a7c15ULL);
    }
};

template <typename Tag>
struct std::hash<ledger::Name<Tag>> {
    std::size_t operator()(const ledger::Name<Tag>& name) const noexcept {
        return std::hash<std::string>()(name.text());
    }
};
