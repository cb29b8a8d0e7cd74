#include "aggregates/renewals/cards.h"

#include <utility>

#include "aggregates/deadlines/due.h"
#include "aggregates/orders/charge.h"
#include "aggregates/orders/terms.h"

namespace ledger::renewals {

namespace {

// Empty: nothing is pending that they answer.
Bytes answer_to(std::string_view partner, const fb::OrderT& order, fb::Cards cards, Date day) {
    if (!orders::awaits_charge(order) || order.charge_ordered != day.days) return {};
    if (cards == fb::Cards::silent) return {};
    fb::SettleRenewalChargeT settles;
    settles.order = order.id;
    settles.paid = cards == fb::Cards::ok;
    settles.amount = orders::charge_of(order);
    if (!settles.paid) settles.detail = "the cards of this sandbox fail";
    fb::CommandBodyUnion body;
    body.Set(std::move(settles));
    return deadlines::system_command(partner, deadlines::derived_id("charged", day, order.id),
                                     "sandbox-cards", std::move(body));
}

}  // namespace

bool orders_charge(const fb::Command& command) {
    return command.body_type() == fb::CommandBody::OrderRenewalCharge;
}

std::vector<Bytes> answers_of_cards(const PartnerState& state, fb::Cards cards, Date day) {
    std::vector<Bytes> answers;
    for (const fb::OrderT& order : state.orders)
        if (Bytes answer = answer_to(state.partner, order, cards, day); !answer.empty())
            answers.push_back(std::move(answer));
    return answers;
}

}  // namespace ledger::renewals
