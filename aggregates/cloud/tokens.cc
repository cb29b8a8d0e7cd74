#include "aggregates/cloud/tokens.h"

#include <algorithm>

#include "aggregates/orders/benefit.h"
#include "aggregates/software_keys/stock.h"
#include "events/record.h"

namespace ledger::cloud {
namespace {

using software_keys::find_key;

template <typename Asked>
orders::Sought seek(const PartnerState& state, const Asked& asked, const Context& context) {
    return orders::seek(
        state, orders::want(asked, fb::BenefitKind::cloud_token, refuse(say::BenefitNotToken{})),
        context);
}

// The tenant named, or the one that the partner was registered with.
std::string_view tenant_of(const PartnerState& state, const fb::RedeemToken& asked) {
    if (asked.tenant()) return text_of(asked.tenant());
    return state.tenants.empty() ? std::string_view{} : std::string_view{state.tenants.front()};
}

// What stands between a token and its redemption.
std::optional<Refusal> refuse_token(const PartnerState& state, const fb::KeyT* token,
                                    std::string_view tenant) {
    if (!token) return refuse(say::TokenUnknown{});
    if (!software_keys::is_taken(*token)) return refuse(say::TokenNotIssued{});
    if (token->redeemed != 0) return refuse(say::TokenAlreadyRedeemed{.on = Date{token->redeemed}});
    if (is_named_tenant(state, tenant)) return refuse(say::TokenTenantUnconfirmed{});
    if (!has_tenant(state, tenant)) return refuse(say::TokenCustomerTenant{});
    return std::nullopt;
}

std::optional<Refusal> refuse_seats(const fb::BenefitT& benefit, const fb::KeyT& token,
                                    const fb::RedeemToken& asked) {
    if (asked.seats().value_or(token.units) != token.units)
        return refuse(say::TokenNotSplittable{.seats = token.units});
    if (std::uint64_t{benefit.used} + token.units > benefit.granted)
        return refuse(say::TokenNoneLeftTooFew{.granted = benefit.granted, .used = benefit.used});
    return std::nullopt;
}

}  // namespace

std::optional<Date> subscribed_until(const PartnerState& state, std::string_view tenant) {
    std::optional<Date> until;
    for (const fb::OrderT& order : state.orders)
        for (const fb::BenefitT& benefit : order.benefits)
            for (const fb::KeyT& token : benefit.keys)
                if (token.redeemed != 0 && token.tenant == tenant)
                    until = std::max(until.value_or(Date{token.until}), Date{token.until});
    return until;
}

Decision decide(const PartnerState& state, const fb::IssueToken& asked, const Context& context) {
    orders::Sought sought = seek(state, asked, context);
    if (sought.refusal) return *std::move(sought.refusal);
    const fb::BenefitT& benefit = *sought.benefit;
    if (auto refusal = orders::refuse_lapsed(benefit, context)) return *std::move(refusal);
    const fb::KeyT* token = software_keys::next_key(benefit);
    if (!token)
        return software_keys::all_taken(benefit) ? refuse(say::TokenNoneLeft{})
                                                 : refuse(say::KeyNotDelivered{});
    fb::TokenIssuedT issued;
    issued.order = sought.order->id;
    issued.sku = benefit.sku;
    issued.token = token->id;
    issued.seats = token->units;
    issued.on = context.today.days;
    return accept(std::move(issued));
}

Decision decide(const PartnerState& state, const fb::RedeemToken& asked, const Context& context) {
    orders::Sought sought = seek(state, asked, context);
    if (sought.refusal) return *std::move(sought.refusal);
    const fb::BenefitT& benefit = *sought.benefit;
    const fb::KeyT* token = find_key(benefit, text_of(asked.token()));
    const std::string_view tenant = tenant_of(state, asked);
    if (auto refusal = refuse_token(state, token, tenant)) return *std::move(refusal);
    if (auto refusal = orders::refuse_lapsed(benefit, context)) return *std::move(refusal);
    if (auto refusal = refuse_seats(benefit, *token, asked)) return *std::move(refusal);
    fb::TokenRedeemedT redeemed;
    redeemed.order = sought.order->id;
    redeemed.sku = benefit.sku;
    redeemed.token = token->id;
    redeemed.tenant = tenant;
    redeemed.seats = token->units;
    redeemed.on = context.today.days;
    redeemed.until = plus_years(context.today, 1).days;
    return accept(std::move(redeemed));
}

void evolve(PartnerState& state, const fb::TokenIssued& happened) {
    fb::BenefitT* benefit = orders::find_benefit(state, happened);
    if (!benefit) return;
    if (fb::KeyT* token = find_key(*benefit, text_of(happened.token())))
        token->taken = happened.on();
}

void evolve(PartnerState& state, const fb::TokenRedeemed& happened) {
    fb::BenefitT* benefit = orders::find_benefit(state, happened);
    if (!benefit) return;
    benefit->touched = true;
    benefit->used += happened.seats();
    fb::KeyT* token = find_key(*benefit, text_of(happened.token()));
    if (!token) return;
    token->redeemed = happened.on();
    token->tenant = happened.tenant()->str();
    token->until = happened.until();
}

}  // namespace ledger::cloud
