#include "tests/support/orders.h"

#include "tests/support/catch.h"

namespace ledger::rules {

const fb::OfferT& offer_on(std::string_view offer, std::string_view date) {
    static const LedgerState ledger = new_ledger();
    for (const fb::OfferT& found : catalogue_on(ledger, day(date)).offers)
        if (found.id == offer) return found;
    FAIL("no such offer");
    return catalogue_on(ledger, day(date)).offers.front();
}

fb::OfferPurchasedT purchased(std::string_view offer, std::string_view order, fb::OfferKind kind,
                              std::string_view start, std::string_view anniversary,
                              bool automatic_renewal) {
    fb::OfferPurchasedT event;
    event.order = order;
    event.offer = offer;
    event.kind = kind;
    event.payment = fb::PaymentMethod::card;
    event.charge = std::make_unique<fb::MoneyT>();
    event.charge->amount = 47'500;
    event.charge->currency = "USD";
    event.start = day(start).days;
    event.anniversary = day(anniversary).days;
    event.automatic_renewal = automatic_renewal;
    event.grants = offer_on(offer, start).grants;
    return event;
}

fb::OfferPurchasedT action_pack(std::string_view start, std::string_view anniversary,
                                bool automatic_renewal) {
    return purchased("action-pack", kOrder, fb::OfferKind::action_pack, start, anniversary,
                     automatic_renewal);
}

fb::AutomaticRenewalTurnedOffT turned_off(std::string_view on) {
    fb::AutomaticRenewalTurnedOffT event;
    event.order = kOrder;
    event.on = day(on).days;
    return event;
}

fb::OfferPurchasedT competency(fb::OfferKind kind, std::string_view start,
                               std::string_view anniversary) {
    const char* offer = kind == fb::OfferKind::gold ? "gold-competency" : "silver-competency";
    return purchased(offer, "comp-1", kind, start, anniversary, false);
}

Asked with_form(void (*spoil)(fb::PurchaseOfferT&)) {
    fb::PurchaseOfferT form = order_form();
    spoil(form);
    return ask(std::move(form));
}

}  // namespace ledger::rules
