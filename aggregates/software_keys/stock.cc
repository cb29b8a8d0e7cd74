#include "aggregates/software_keys/stock.h"

#include "aggregates/benefit_kind.h"

namespace ledger::software_keys {

bool has_stock(fb::BenefitKind kind) { return kind_of(kind).stock != nullptr; }

const fb::KeyT* find_key(const fb::BenefitT& benefit, std::string_view id) {
    for (const fb::KeyT& key : benefit.keys)
        if (key.id == id) return &key;
    return nullptr;
}

fb::KeyT* find_key(fb::BenefitT& benefit, std::string_view id) {
    for (fb::KeyT& key : benefit.keys)
        if (key.id == id) return &key;
    return nullptr;
}

bool has_key(const PartnerState& state, std::string_view id) {
    for (const fb::OrderT& order : state.orders)
        for (const fb::BenefitT& benefit : order.benefits)
            if (find_key(benefit, id)) return true;
    return false;
}

const fb::KeyT* next_key(const fb::BenefitT& benefit) {
    for (const fb::KeyT& key : benefit.keys)
        if (!is_taken(key)) return &key;
    return nullptr;
}

std::uint32_t in_stock(const fb::BenefitT& benefit) {
    std::uint32_t count = 0;
    for (const fb::KeyT& key : benefit.keys)
        if (!is_taken(key)) ++count;
    return count;
}

std::uint64_t delivered_units(const fb::BenefitT& benefit) {
    std::uint64_t units = 0;
    for (const fb::KeyT& key : benefit.keys) units += key.units;
    return units;
}

bool all_taken(const fb::BenefitT& benefit) {
    return !next_key(benefit) && delivered_units(benefit) >= benefit.granted;
}

}  // namespace ledger::software_keys
