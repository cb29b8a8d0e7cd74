#include "aggregates/benefit_kind.h"

#include "areas_generated.h"

namespace ledger {
namespace {

constexpr bool is_said(const InLanguages& words) {
    for (const std::string_view each : words)
        if (each.empty()) return false;
    return true;
}

// In every language.
constexpr bool is_said(const StockWords* stock) {
    return !stock || (is_said(stock->one) && is_said(stock->title) && is_said(stock->taken));
}

// It can be told in words, and what is delivered can be told and has a size.
constexpr bool is_whole(const KindOfBenefit& kind) {
    return kind.rules && is_said(kind.stock) &&
           (kind.stock != nullptr) == (kind.delivered_max_bytes != nullptr);
}

constexpr bool each_is_described_once() {
    constexpr auto kCount = static_cast<std::size_t>(fb::BenefitKind::MAX) + 1;
    std::size_t times[kCount] = {};
    for (const std::span<const KindOfBenefit> kinds : every_area::kBenefitKinds)
        for (const KindOfBenefit& each : kinds)
            if (is_whole(each)) ++times[static_cast<std::size_t>(each.kind)];
    for (const std::size_t count : times)
        if (count != 1) return false;
    return true;
}
static_assert(each_is_described_once(), "every kind of benefit is described by one area, whole");

constexpr KindOfBenefit kUnknown{
    .rules = [](const fb::PolicyVersionT&) { return std::vector<Said>(); }};

}  // namespace

const KindOfBenefit& kind_of(fb::BenefitKind kind) {
    for (const std::span<const KindOfBenefit> kinds : every_area::kBenefitKinds)
        for (const KindOfBenefit& each : kinds)
            if (each.kind == kind) return each;
    return kUnknown;
}

}  // namespace ledger
