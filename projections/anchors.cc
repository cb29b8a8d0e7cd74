#include "projections/anchors.h"

#include <algorithm>

namespace ledger::views {
namespace {

constexpr std::size_t kDayBytes = sizeof(std::uint32_t);

}  // namespace

std::vector<std::string> anchor_keys(const PartnerState& state) {
    std::vector<std::string> keys;
    for (const deadlines::Anchor& anchor : deadlines::anchors(state)) {
        std::string key;
        // Dates are not before 1970.
        put_big_endian(key, static_cast<std::uint32_t>(anchor.on.days));
        key.append(state.partner).push_back('\0');
        key.append(anchor.order);
        keys.push_back(std::move(key));
    }
    std::sort(keys.begin(), keys.end());
    return keys;
}

std::optional<AnchorKey> parse_anchor_key(std::string_view key) {
    if (key.size() < kDayBytes) return std::nullopt;
    const std::string_view rest = key.substr(kDayBytes);
    const std::size_t end = rest.find('\0');
    if (end == std::string_view::npos) return std::nullopt;
    const auto day = get_big_endian<std::uint32_t>(key);
    return AnchorKey{Date{static_cast<std::int32_t>(day)}, rest.substr(0, end),
                     rest.substr(end + 1)};
}

}  // namespace ledger::views
