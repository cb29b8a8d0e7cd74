#include "aggregates/renewals/standing.h"

#include "aggregates/accounts/requirements.h"
#include "aggregates/accounts/vetting.h"
#include "aggregates/catalogue/catalogue.h"
#include "aggregates/orders/grants.h"
#include "aggregates/orders/terms.h"

namespace ledger::renewals {

const fb::OfferT* offer_sold(const fb::OrderT& order, const Context& context) {
    const fb::OfferT* offer = catalogue::find_offer(context.catalogue, order.offer);
    if (!offer || offer->retired) return nullptr;
    if (!orders::is_competency(offer->kind)) return offer;
    return catalogue::find_competency(context.catalogue, order.competency) ? offer : nullptr;
}

std::optional<Refusal> refuse_without_end(const PartnerState& state, const fb::OrderT& order,
                                          const Context& context) {
    if (auto refusal = orders::refuse_without_term(order, context)) return refusal;
    const fb::OrderT* waiting = orders::waiting_successor(state, order, context.today);
    if (!waiting) return std::nullopt;
    return orders::refuse_without_term(*waiting, context);
}

std::optional<Refusal> refuse_followed(const PartnerState& state, const fb::OrderT& order) {
    if (!order.renewed_by.empty()) {
        const fb::OrderT& head = orders::head_of(state, order);
        return refuse(
            say::RenewalDone{.order = order.id, .by = head.id, .from = orders::window_opens(head)});
    }
    if (!orders::awaits_charge(order)) return std::nullopt;
    return refuse(say::RenewalChargePending{
        .order = order.id, .on = Date{order.charge_ordered}, .by = order.renewal_order});
}

bool is_in_hardship(const fb::OrderT& order, const fb::PolicyVersionT& policy) {
    return orders::is_competency(order.kind) && policy.hardship_from && policy.hardship_to &&
           *policy.hardship_from <= order.anniversary && order.anniversary <= *policy.hardship_to;
}

bool is_reviewed(const PartnerState& state, const fb::OrderT& order) {
    return state.profile_reviewed >= order.start;
}

std::optional<Refusal> refuse_unprepared(const PartnerState& state, const fb::OrderT& order,
                                         const Context& context) {
    if (!is_reviewed(state, order))
        return refuse(say::ProfileNotReviewed{.order = order.id, .since = Date{order.start}});
    if (auto refusal = accounts::refuse_documents_missing(state)) return refusal;
    if (!orders::is_competency(order.kind) || is_in_hardship(order, context.policy))
        return std::nullopt;
    return accounts::refuse_requirements_unmet(state, order.competency, Date{order.start});
}

}  // namespace ledger::renewals
