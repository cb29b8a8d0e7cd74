// What the tests of orders ask for and expect: purchases, and the events they come to.
#pragma once

#include "tests/support/rules.h"

namespace ledger::rules {

const fb::OfferT& offer_on(std::string_view offer, std::string_view date);

fb::OfferPurchasedT purchased(std::string_view offer, std::string_view order, fb::OfferKind kind,
                              std::string_view start, std::string_view anniversary,
                              bool automatic_renewal);

fb::OfferPurchasedT action_pack(std::string_view start, std::string_view anniversary,
                                bool automatic_renewal);

fb::AutomaticRenewalTurnedOffT turned_off(std::string_view on);

fb::OfferPurchasedT competency(fb::OfferKind kind, std::string_view start,
                               std::string_view anniversary);

Asked with_form(void (*spoil)(fb::PurchaseOfferT&));

}  // namespace ledger::rules
