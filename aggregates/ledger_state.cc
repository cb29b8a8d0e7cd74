#include "aggregates/ledger_state.h"

#include <algorithm>
#include <set>
#include "aggregates/catalogue/other_kinds.h"

#include "aggregates/catalogue/other_kinds.h"
#include "aggregates/gate.h"
#include "aggregates/permission.h"
#include "events/record.h"

namespace ledger {
namespace {

template <typename Version>
std::uint32_t next_version(const std::vector<Version>& versions) {
    return versions.empty() ? 1 : versions.back().version + 1;
}

using Grants = flatbuffers::Vector<flatbuffers::Offset<fb::Grant>>;

bool has_sku_twice(const Grants* grants) {
    if (!grants) return false;
    std::set<std::string_view> skus;
    for (const fb::Grant* grant : *grants)
        if (!skus.insert(text_of(grant->sku())).second) return true;
    return false;
}

bool has_id_twice(const fb::CatalogueVersion& catalogue) {
    std::set<std::string_view> offers;
    for (const fb::Offer* offer : *catalogue.offers())
        if (!offers.insert(text_of(offer->id())).second || has_sku_twice(offer->grants()))
            return true;
    if (!catalogue.competencies()) return false;
    std::set<std::string_view> areas;
    for (const fb::Competency* area : *catalogue.competencies())
        if (!areas.insert(text_of(area->id())).second || has_sku_twice(area->silver()) ||
            has_sku_twice(area->gold()))
            return true;
    return false;
}

Decision decide(const LedgerState& state, const fb::MoveClock& asked, const Context& context) {
    if (auto refusal = require_support_or_system(context)) return *std::move(refusal);
    if (!state.sandbox) return refuse(say::LedgerNotASandbox{});
    if (asked.to() < state.clock.days) return refuse(say::ClockBackwards{.clock = state.clock});
    if (asked.to() == state.clock.days) return nothing(say::ClockThereAlready{});
    fb::ClockMovedT moved;
    moved.to = asked.to();
    return accept(moved);
}

// Whether a version may be published now.
template <typename NotNext, typename Past, typename Version, typename Known>
std::optional<Refusal> refuse_version(const Version& asked, const std::vector<Known>& known,
                                      Date today) {
    const std::uint32_t next = next_version(known);
    if (asked.version() != next) return refuse(NotNext{.next = next});
    if (asked.effective() < today.days) return refuse(Past{.today = today});
    return std::nullopt;
}

Decision decide(const LedgerState& state, const fb::PublishPolicy& asked, const Context& context) {
    if (auto refusal = require_support(context)) return *std::move(refusal);
    if (auto refusal = refuse_version<say::PolicyVersionNotNext, say::PolicyEffectivePast>(
            *asked.policy(), state.policies, context.today))
        return *std::move(refusal);
    fb::PolicyPublishedT published;
    published.policy.reset(asked.policy()->UnPack());
    return accept(std::move(published));
}

Decision decide(const LedgerState& state, const fb::PublishCatalogue& asked,
                const Context& context) {
    if (auto refusal = require_support(context)) return *std::move(refusal);
    if (auto refusal = refuse_version<say::CatalogueVersionNotNext, say::CatalogueEffectivePast>(
            *asked.catalogue(), state.catalogues, context.today))
        return *std::move(refusal);
    if (has_id_twice(*asked.catalogue())) return refuse(say::CatalogueIdTwice{});
    if (!catalogue::other_kinds_in(*asked.catalogue()).empty())
        return refuse(say::CatalogueSkuDiffers{});
    fb::CataloguePublishedT published;
    published.catalogue.reset(asked.catalogue()->UnPack());
    return accept(std::move(published));
}

}  // namespace

LedgerState from_genesis(const fb::Genesis& genesis) {
    LedgerState state;
    state.sandbox = genesis.sandbox();
    state.clock = Date{genesis.clock()};
    for (const fb::PolicyVersion* policy : *genesis.policies())
        policy->UnPackTo(&state.policies.emplace_back());
    for (const fb::CatalogueVersion* catalogue : *genesis.catalogues())
        catalogue->UnPackTo(&state.catalogues.emplace_back());
    return state;
}

Time ledger_time(const LedgerState& state, Time wall, Time newest_entry) {
    return std::max(state.sandbox ? start_of(state.clock) : wall, newest_entry);
}

Policies policies_of(const LedgerState& state) { return Policies(state.policies); }

const fb::PolicyVersionT& policy_on(const LedgerState& state, Date date) {
    return Policies(state.policies).on(date);
}

const fb::CatalogueVersionT& catalogue_on(const LedgerState& state, Date date) {
    return in_force(std::span<const fb::CatalogueVersionT>(state.catalogues), date);
}

Decision decide(const LedgerState& state, const fb::Command& command, const Context& context) {
    if (auto refusal = refuse_too_late(command, context)) return *std::move(refusal);
    if (auto refusal = refuse_wrong_scope(command, true)) return *std::move(refusal);
    if (auto refusal = refuse_reserved_id(command)) return *std::move(refusal);
    if (auto refusal = refuse_version_conflict(command, state.version, context))
        return *std::move(refusal);
    if (auto refusal = refuse_unknown_correction(command, state.version))
        return *std::move(refusal);
    if (const auto* asked = command.body_as_MoveClock()) return decide(state, *asked, context);
    if (const auto* asked = command.body_as_PublishPolicy()) return decide(state, *asked, context);
    if (const auto* asked = command.body_as_PublishCatalogue())
        return decide(state, *asked, context);
    return refuse(say::CommandWrongScope{});
}

void evolve(LedgerState& state, const fb::Body& body) {
    LEDGER_CHECK(is_ledger_event(body.event_type()));
    if (const auto* happened = body.event_as_ClockMoved()) state.clock = Date{happened->to()};
    if (const auto* happened = body.event_as_PolicyPublished())
        happened->policy()->UnPackTo(&state.policies.emplace_back());
    if (const auto* happened = body.event_as_CataloguePublished())
        happened->catalogue()->UnPackTo(&state.catalogues.emplace_back());
    ++state.version;
}

}  // namespace ledger
