#include "aggregates/software_keys/keys.h"

#include <algorithm>

#include "aggregates/orders/benefit.h"
#include "aggregates/orders/terms.h"
#include "aggregates/row_size.h"
#include "aggregates/software_keys/stock.h"
#include "events/record.h"

namespace ledger::software_keys {
namespace {

bool is_among(const std::vector<std::string>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

template <typename Asked>
orders::Sought seek_key(const PartnerState& state, const Asked& asked, const Context& context) {
    return orders::seek(
        state,
        orders::want(asked, fb::BenefitKind::software_key, refuse(say::BenefitNotSoftwareKey{})),
        context);
}

// A key of the benefit that was shown before, or why it isn't one.
struct Shown {
    const fb::KeyT* key = nullptr;
    std::optional<Refusal> refusal;
};

Shown find_shown(const fb::BenefitT& benefit, std::string_view id) {
    const fb::KeyT* key = find_key(benefit, id);
    if (!key) return {nullptr, refuse(say::KeyUnknown{})};
    if (!is_taken(*key)) return {nullptr, refuse(say::KeyNotRevealed{})};
    return {key, std::nullopt};
}

// The key to show when none is named.
Shown choose_key(const fb::BenefitT& benefit, const Context& context) {
    if (!benefit.keys.empty() && all_taken(benefit)) return {&benefit.keys.back(), std::nullopt};
    if (auto refusal = orders::refuse_lapsed(benefit, context))
        return {nullptr, std::move(refusal)};
    if (const fb::KeyT* key = next_key(benefit)) return {key, std::nullopt};
    return {nullptr, refuse(say::KeyNotDelivered{})};
}

// What one more activation meets.
std::optional<Refusal> refuse_counting(const PartnerState& state, const fb::BenefitT& benefit,
                                       const fb::KeyT& key, const Context& context) {
    if (auto refusal = orders::refuse_lapsed(benefit, context)) return refusal;
    if (key.activated >= key.units) return refuse(say::KeyUsedUp{});
    if (benefit.used >= benefit.granted) return refuse(say::KeyUsedUpGrant{});
    // Beyond the machines that the delivery took room for.
    if (key.machines.size() >= key.units) return refuse_no_room(state, name_max_bytes());
    return std::nullopt;
}

}  // namespace

Decision decide(const PartnerState& state, const fb::RevealKey& asked, const Context& context) {
    orders::Sought sought = seek_key(state, asked, context);
    if (sought.refusal) return *std::move(sought.refusal);
    Shown shown = asked.key() ? find_shown(*sought.benefit, text_of(asked.key()))
                              : choose_key(*sought.benefit, context);
    if (shown.refusal) return *std::move(shown.refusal);
    if (!is_among(shown.key->seen_by, context.actor_id))
        if (auto refusal = refuse_no_room(state, name_max_bytes())) return *std::move(refusal);
    fb::KeyRevealedT revealed;
    revealed.order = sought.order->id;
    revealed.sku = sought.benefit->sku;
    revealed.key = shown.key->id;
    revealed.language = asked.language()->str();
    revealed.system = asked.system()->str();
    revealed.again = is_taken(*shown.key);
    revealed.on = context.today.days;
    revealed.by = context.actor_id;
    return accept(std::move(revealed));
}

Decision decide(const PartnerState& state, const fb::RecordDownload& asked,
                const Context& context) {
    orders::Sought sought = orders::seek(
        state, orders::want(asked, fb::BenefitKind::download, refuse(say::BenefitNotDownload{})),
        context);
    if (sought.refusal) return *std::move(sought.refusal);
    const fb::BenefitT& benefit = *sought.benefit;
    auto lapsed = orders::refuse_lapsed(benefit, context);
    if (lapsed && benefit.activated == 0) return *std::move(lapsed);
    fb::DownloadRecordedT recorded;
    recorded.order = sought.order->id;
    recorded.sku = benefit.sku;
    recorded.language = text_of(asked.language());
    recorded.system = text_of(asked.system());
    recorded.on = context.today.days;
    recorded.counted = !lapsed && benefit.used < benefit.granted ? 1 : 0;
    return accept(std::move(recorded));
}

Decision decide(const PartnerState& state, const fb::ActivateKey& asked, const Context& context) {
    orders::Sought sought = seek_key(state, asked, context);
    if (sought.refusal) return *std::move(sought.refusal);
    Shown shown = find_shown(*sought.benefit, text_of(asked.key()));
    if (shown.refusal) return *std::move(shown.refusal);
    const std::string_view machine = text_of(asked.machine());
    const bool counts = asked.hardware_changed() || !is_among(shown.key->machines, machine);
    if (counts)
        if (auto refusal = refuse_counting(state, *sought.benefit, *shown.key, context))
            return *std::move(refusal);
    fb::KeyActivatedT activated;
    activated.order = sought.order->id;
    activated.sku = sought.benefit->sku;
    activated.key = shown.key->id;
    activated.machine = machine;
    activated.counted = counts ? 1 : 0;
    activated.on = context.today.days;
    return accept(std::move(activated));
}

void evolve(PartnerState& state, const fb::KeyRevealed& happened) {
    fb::BenefitT* benefit = orders::find_benefit(state, happened);
    if (!benefit) return;
    benefit->touched = true;
    fb::KeyT* key = find_key(*benefit, text_of(happened.key()));
    if (!key) return;
    if (!is_taken(*key)) key->taken = happened.on();
    if (!is_among(key->seen_by, text_of(happened.by())))
        key->seen_by.push_back(happened.by()->str());
}

void evolve(PartnerState& state, const fb::DownloadRecorded& happened) {
    fb::BenefitT* benefit = orders::find_benefit(state, happened);
    if (!benefit) return;
    benefit->touched = true;
    benefit->used += happened.counted();
    if (benefit->activated == 0) benefit->activated = happened.on();
}

void evolve(PartnerState& state, const fb::KeyActivated& happened) {
    if (fb::OrderT* order = orders::find_order(state, text_of(happened.order())))
        order->software_activated = true;
    fb::BenefitT* benefit = orders::find_benefit(state, happened);
    if (!benefit) return;
    benefit->touched = true;
    benefit->used += happened.counted();
    fb::KeyT* key = find_key(*benefit, text_of(happened.key()));
    if (!key) return;
    key->activated += happened.counted();
    if (!is_among(key->machines, text_of(happened.machine())))
        key->machines.push_back(happened.machine()->str());
}

void mend_activations(fb::BenefitT& benefit, std::int32_t change) {
    std::int64_t left = change;
    for (auto key = benefit.keys.rbegin(); key != benefit.keys.rend() && left < 0; ++key) {
        const std::int64_t back = std::min<std::int64_t>(-left, key->activated);
        key->activated -= static_cast<std::uint32_t>(back);
        left += back;
    }
    for (auto key = benefit.keys.begin(); key != benefit.keys.end() && left > 0; ++key) {
        if (!is_taken(*key) || key->activated >= key->units) continue;
        const std::int64_t more = std::min<std::int64_t>(left, key->units - key->activated);
        key->activated += static_cast<std::uint32_t>(more);
        left -= more;
    }
}

}  // namespace ledger::software_keys
