#include "tools/benefits/asking/known_names.h"

#include <algorithm>

#include "tools/benefits/cli/nearest_name.h"

namespace ledger::tools {
namespace {

// So many are looked at for the one that was meant.
constexpr std::size_t kLookedAtMax = 2'000;
// Of more, those that begin with as many of the same letters.
constexpr std::size_t kSameLetters = 2;

// Rows of one family whose keys begin with `prefix` and then `begin`, without the prefix.
std::vector<std::string> keys_from(const views::Snapshot& rows, views::Family family,
                                   const std::string& prefix, std::string_view begin,
                                   std::size_t most) {
    std::vector<std::string> names;
    // What can't be read has no names to offer.
    const auto ignored =
        rows.scan(family, prefix + std::string(begin), [&](std::string_view key, std::string_view) {
            if (names.size() < most) names.emplace_back(key.substr(prefix.size()));
            return names.size() < most;
        });
    static_cast<void>(ignored);
    return names;
}

std::string meant_by_key(const views::Snapshot& rows, views::Family family,
                         const std::string& prefix, const std::string& wrong) {
    std::vector<std::string> names = keys_from(rows, family, prefix, {}, kLookedAtMax);
    if (names.size() == kLookedAtMax)
        names = keys_from(rows, family, prefix, wrong.substr(0, kSameLetters), kLookedAtMax);
    return meant_instead(wrong, names);
}

void add_once(std::vector<std::string>& names, const std::string& name) {
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

std::vector<std::string> of_benefits(const PartnerState& state, NameOf of) {
    std::vector<std::string> names;
    for (const fb::OrderT& order : state.orders)
        for (const fb::BenefitT& benefit : order.benefits) {
            if (of == NameOf::sku) add_once(names, benefit.sku);
            if (of == NameOf::benefit) add_once(names, order.id + "/" + benefit.sku);
            if (of != NameOf::key) continue;
            for (const fb::KeyT& key : benefit.keys) add_once(names, key.id);
        }
    return names;
}

}  // namespace

std::vector<std::string> partners_from(const views::Snapshot& rows, std::string_view begin,
                                       std::size_t most) {
    return keys_from(rows, views::Family::partners, {}, begin, most);
}

std::vector<std::string> receipts_from(const views::Snapshot& rows, PartitionId partition,
                                       std::string_view partner, std::string_view begin,
                                       std::size_t most) {
    return keys_from(rows, views::Family::receipts, views::receipt_key(partition, partner, ""),
                     begin, most);
}

std::vector<std::string> names_in(const PartnerState& state, NameOf of) {
    std::vector<std::string> names;
    switch (of) {
        case NameOf::partner:
            return {state.partner};
        case NameOf::order:
            for (const fb::OrderT& order : state.orders) add_once(names, order.id);
            return names;
        case NameOf::user:
            for (const fb::UserT& user : state.users) add_once(names, user.id);
            return names;
        case NameOf::request:
            for (const fb::RequestT& request : state.requests) add_once(names, request.id);
            return names;
        case NameOf::sku:
        case NameOf::benefit:
        case NameOf::key:
            break;
    }
    return of_benefits(state, of);
}

std::string partner_meant(const views::Snapshot& rows, const std::string& wrong) {
    return meant_by_key(rows, views::Family::partners, {}, wrong);
}

std::string receipt_meant(const views::Snapshot& rows, PartitionId partition,
                          const std::string& partner, const std::string& wrong) {
    return meant_by_key(rows, views::Family::receipts, views::receipt_key(partition, partner, ""),
                        wrong);
}

}  // namespace ledger::tools
