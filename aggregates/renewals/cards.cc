#include "aggregates/renewals/cards.h"

#include <utility>

#include "aggregates/deadlines/due.h"
#include "aggregates/orders/terms.h"

namespace ledger::renewals {

Bytes answer_of_cards(std::string_view partner, const fb::OrderT& order, fb::Cards cards,
                      Date day) {
    if (!orders::awaits_charge(order) || order.charge_ordered != day.days) return {};
    if (cards == fb::Cards::silent) return {};
    fb::SettleRenewalChargeT settles;
    settles.order = order.id;
    settles.paid = cards == fb::Cards::ok;
    settles.amount = std::make_unique<fb::MoneyT>();
    settles.amount->amount = order.charge_amount;
    settles.amount->currency = order.charge_currency;
    if (!settles.paid) settles.detail = "the cards of this sandbox fail";
    fb::CommandBodyUnion body;
    body.Set(std::move(settles));
    return deadlines::system_command(partner, deadlines::derived_id("charged", day, order.id),
                                     "sandbox-cards", std::move(body));
}

}  // namespace ledger::renewals
