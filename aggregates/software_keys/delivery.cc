#include "aggregates/software_keys/delivery.h"

#include "aggregates/orders/benefit.h"
#include "aggregates/orders/terms.h"
#include "aggregates/permission.h"
#include "aggregates/row_size.h"
#include "aggregates/software_keys/stock.h"
#include "events/record.h"

namespace ledger::software_keys {
namespace {

using Delivered = flatbuffers::Vector<flatbuffers::Offset<fb::KeyMaterial>>;

std::optional<Refusal> refuse_id_again(const PartnerState& state, const Delivered& keys) {
    for (flatbuffers::uoffset_t i = 0; i < keys.size(); ++i) {
        const std::string_view id = text_of(keys.Get(i)->id());
        bool exists = has_key(state, id);
        for (flatbuffers::uoffset_t j = 0; j < i && !exists; ++j)
            exists = text_of(keys.Get(j)->id()) == id;
        if (exists) return refuse(say::KeyExists{.key = id});
    }
    return std::nullopt;
}

std::optional<Refusal> refuse_beyond_grant(const fb::BenefitT& benefit, const Delivered& keys) {
    const std::uint64_t before = delivered_units(benefit);
    std::uint64_t now = 0;
    for (const fb::KeyMaterial* key : keys) now += key->units();
    if (before + now <= benefit.granted) return std::nullopt;
    return refuse(say::KeyBeyondGrant{.granted = benefit.granted, .before = before, .now = now});
}

}  // namespace

Decision decide(const PartnerState& state, const fb::DeliverKeys& asked, const Context& context) {
    if (auto refusal = require_support_or_system(context)) return *std::move(refusal);
    orders::Sought sought = orders::find_line(state, text_of(asked.order()), text_of(asked.sku()));
    if (sought.refusal) return *std::move(sought.refusal);
    const fb::BenefitT& benefit = *sought.benefit;
    if (!has_stock(benefit.kind)) return refuse(say::BenefitWithoutKeys{});
    if (auto refusal = orders::refuse_unusable(state, *sought.order, context))
        return *std::move(refusal);
    if (auto refusal = refuse_id_again(state, *asked.keys())) return *std::move(refusal);
    if (auto refusal = orders::refuse_lapsed(benefit, context)) return *std::move(refusal);
    if (auto refusal = refuse_beyond_grant(benefit, *asked.keys())) return *std::move(refusal);
    std::size_t bytes = 0;
    for (const fb::KeyMaterial* key : *asked.keys()) bytes += key_max_bytes(*key, benefit.kind);
    if (auto refusal = refuse_no_room(state, bytes)) return *std::move(refusal);
    fb::KeysDeliveredT delivered;
    delivered.order = sought.order->id;
    delivered.sku = benefit.sku;
    delivered.keys.resize(asked.keys()->size());
    for (std::size_t i = 0; i < delivered.keys.size(); ++i)
        asked.keys()->Get(static_cast<flatbuffers::uoffset_t>(i))->UnPackTo(&delivered.keys[i]);
    return accept(std::move(delivered));
}

void evolve(PartnerState& state, const fb::KeysDelivered& happened) {
    fb::BenefitT* benefit = orders::find_benefit(state, happened);
    if (!benefit) return;
    for (const fb::KeyMaterial* delivered : *happened.keys()) {
        fb::KeyT key;
        key.id = delivered->id()->str();
        key.material.assign(delivered->material()->begin(), delivered->material()->end());
        key.units = delivered->units();
        benefit->keys.push_back(std::move(key));
    }
}

}  // namespace ledger::software_keys
