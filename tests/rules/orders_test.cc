// Purchase, term, automatic renewal.
#include <map>

#include "aggregates/orders/terms.h"
#include "tests/support/catch.h"
#include "tests/support/rules.h"

using namespace ledger;
using namespace ledger::rules;

namespace {

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

fb::AutomaticRenewalTurnedOffT turned_off() {
    fb::AutomaticRenewalTurnedOffT event;
    event.order = kOrder;
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

std::map<std::string, std::uint32_t> granted(const PartnerState& partner) {
    std::map<std::string, std::uint32_t> quantities;
    for (const fb::BenefitT& benefit : partner.orders.back().benefits)
        quantities[benefit.sku] = benefit.granted;
    return quantities;
}

}  // namespace

TEST_CASE("A purchase records charge, term and grants in one event", "[OFF-01][MEM-02][LED-01]") {
    given(contoso())
        .when(purchase())
        .at("2020-09-01")
        .then(action_pack("2020-09-01", "2021-09-01", true));
}

TEST_CASE("Any user of the partner buys, and nobody else", "[ACC-05]") {
    for (const char* user : {"ada", "pat", "sam", "zoe", "kim"})
        given(contoso())
            .when(purchase().by(user))
            .at("2020-09-01")
            .then(action_pack("2020-09-01", "2021-09-01", true));
    given(contoso())
        .when(purchase().by("stranger"))
        .at("2020-09-01")
        .refused("role.missing")
        .under_rule("ACC-05");
    given(contoso())
        .when(purchase().by_support())
        .at("2020-09-01")
        .refused("role.missing")
        .under_rule("ACC-05");
    given(contoso())
        .when(purchase().by_system())
        .at("2020-09-01")
        .refused("role.missing")
        .under_rule("ACC-05");
}

TEST_CASE("A purchase needs accepted terms, a payment method, a confirmed order and a charge",
          "[OFF-01]") {
    const auto refused = [](void (*spoil)(fb::PurchaseOfferT&), std::string_view code) {
        given(contoso()).when(with_form(spoil)).at("2020-09-01").refused(code).under_rule("OFF-01");
    };
    refused([](auto& form) { form.terms_accepted = false; }, "purchase.terms-not-accepted");
    refused([](auto& form) { form.payment = fb::PaymentMethod::none; },
            "purchase.no-payment-method");
    refused([](auto& form) { form.confirmed = false; }, "purchase.not-confirmed");
    refused([](auto& form) { form.charge->amount = 0; }, "purchase.charge-invalid");
    refused([](auto& form) { form.charge->amount = -1; }, "purchase.charge-invalid");
    refused([](auto& form) { form.charge->currency = "usd"; }, "purchase.currency-invalid");
    refused([](auto& form) { form.charge->currency = "US"; }, "purchase.currency-invalid");
}

TEST_CASE("The term runs from the purchase to its anniversary", "[MEM-02]") {
    given(contoso())
        .when(purchase())
        .at("2020-02-29")
        .then(action_pack("2020-02-29", "2021-02-28", true))
        .at("2021-12-31")
        .then(action_pack("2021-12-31", "2022-12-31", false));
    CHECK(orders::anniversary_of(day("2020-02-29"), 1) == day("2021-02-28"));
    CHECK(orders::anniversary_of(day("2020-02-29"), 4) == day("2024-02-29"));
}

TEST_CASE("The renewal window opens the day after the anniversary and lasts 30 days",
          "[MEM-03][MEM-04][MEM-05]") {
    const Story story = contoso().with_action_pack("2020-09-01");
    const fb::OrderT& order = story.partner().orders.front();
    const fb::PolicyVersionT& policy = policy_on(story.ledger(), day("2021-09-01"));
    CHECK(orders::window_opens(order) == day("2021-09-02"));
    CHECK(orders::window_closes(order, policy) == day("2021-10-01"));
    CHECK(orders::term_of(order, day("2021-09-01"), policy) == orders::Term::active);
    CHECK(orders::term_of(order, day("2021-09-02"), policy) == orders::Term::in_window);
    CHECK(orders::term_of(order, day("2021-10-01"), policy) == orders::Term::in_window);
    CHECK(orders::term_of(order, day("2021-10-02"), policy) == orders::Term::expired);
    CHECK_FALSE(orders::is_read_only(story.partner(), day("2021-10-01"), policy));
    CHECK(orders::is_read_only(story.partner(), day("2021-10-02"), policy));
    CHECK_FALSE(orders::is_read_only(contoso().partner(), day("2021-10-02"), policy));
}

TEST_CASE("What an order grants expires with its term", "[BEN-01]") {
    const Story story = contoso().with_action_pack("2020-09-01");
    for (const fb::BenefitT& benefit : story.partner().orders.front().benefits)
        CHECK(benefit.expiry == day("2021-09-01").days);
}

TEST_CASE("The Action Pack grants what it promises, and never Visual Studio Enterprise",
          "[OFF-05]") {
    const auto grants = granted(contoso().with_action_pack("2020-09-01").partner());
    CHECK(grants == std::map<std::string, std::uint32_t>{{"windows-10-enterprise-upgrade", 10},
                                                         {"visual-studio-professional", 3},
                                                         {"team-services-account", 1},
                                                         {"office-365-e3", 10},
                                                         {"enterprise-mobility-suite", 5},
                                                         {"dynamics-crm-online-professional", 5},
                                                         {"azure-usage", 1},
                                                         {"azure-monthly-credit", 100},
                                                         {"product-support", 10},
                                                         {"advisory-hours", 5},
                                                         {"go-to-market-standard", 1}});
}

TEST_CASE("From 2023 the Action Pack grants 5 Office 365 E3 seats and the on-premises set",
          "[OFF-05]") {
    const auto before = granted(contoso().with_action_pack("2022-12-31").partner());
    const auto after = granted(contoso().with_action_pack("2023-01-01").partner());
    CHECK(before.at("office-365-e3") == 10);
    CHECK(before.count("sql-server-standard") == 0);
    CHECK(after.at("office-365-e3") == 5);
    CHECK(after.at("windows-server-standard") == 16);
    CHECK(after.at("sql-server-standard") == 2);
    CHECK(after.at("visual-studio-professional") == 3);
    CHECK(after.count("visual-studio-enterprise") == 0);
}

TEST_CASE("What an order granted stays as granted when the catalogue changes", "[OFF-09]") {
    const Story story =
        contoso().with_action_pack("2022-12-31").with(add_user("nils"), "2023-01-02");
    CHECK(granted(story.partner()).at("office-365-e3") == 10);
}

TEST_CASE("Only what the catalogue of the day has is bought", "[OFF-09]") {
    given(contoso())
        .when(purchase("silver-medal"))
        .at("2020-09-01")
        .refused("offer.unknown")
        .under_rule("OFF-09");
}

TEST_CASE("An order's id is unique within its partner", "[LED-08]") {
    const Story story = contoso().with_action_pack("2020-09-01");
    given(story)
        .when(purchase("learning-action-pack", kOrder))
        .at("2020-09-02")
        .refused("order.exists")
        .under_rule("LED-08");
}

TEST_CASE("One Action Pack at a time, through the window of the one before", "[OFF-02]") {
    const Story story = contoso()
                            .with_action_pack("2021-01-10")
                            .with(purchase("learning-action-pack", "lap-1"), "2021-06-01");
    given(story)
        .when(purchase("action-pack", "ap-2"))
        .at("2021-06-01")
        .refused("offer.already-held", "2022-02-10")
        .under_rule("OFF-02")
        .at("2022-01-11")
        .refused("offer.already-held", "2022-02-10")
        .at("2022-02-10")
        .then([] {
            auto event = action_pack("2022-02-10", "2023-02-10", false);
            event.order = "ap-2";
            return event;
        }());
}

TEST_CASE("No first date is named for a second Action Pack where there may be none",
          "[OFF-02][LED-05]") {
    // It renews by itself.
    given(contoso()
              .with_action_pack("2020-09-01")
              .with(purchase("learning-action-pack", "lap-1"), "2021-06-01"))
        .when(purchase("action-pack", "ap-2"))
        .at("2021-06-01")
        .refused("offer.already-held");
    // The account is read-only once it has expired.
    given(contoso().with_action_pack("2021-01-10"))
        .when(purchase("action-pack", "ap-2"))
        .at("2021-06-01")
        .refused("offer.already-held")
        .at("2022-02-10")
        .refused("membership.read-only")
        .under_rule("MEM-05");
}

TEST_CASE("The Learning Action Pack is a separate offer", "[OFF-02]") {
    given(contoso().with_action_pack("2020-09-01"))
        .when(purchase("learning-action-pack", "lap-1"))
        .at("2020-09-02")
        .then(purchased("learning-action-pack", "lap-1", fb::OfferKind::learning_action_pack,
                        "2020-09-02", "2021-09-02", false));
    given(contoso().with(purchase("learning-action-pack", "lap-1"), "2020-08-01"))
        .when(purchase())
        .at("2020-09-01")
        .then(action_pack("2020-09-01", "2021-09-01", true));
}

TEST_CASE("From 2020 an Action Pack stands beside a competency, before it doesn't", "[OFF-02]") {
    for (const auto kind : {fb::OfferKind::silver, fb::OfferKind::gold}) {
        const Story story = contoso().happened(competency(kind, "2019-07-01", "2020-07-01"));
        given(story)
            .when(purchase())
            .at("2019-12-31")
            .refused("offer.beside-competency")
            .under_rule("OFF-02")
            .at("2020-01-01")
            .then(action_pack("2020-01-01", "2021-01-01", true));
    }
    given(contoso())
        .when(purchase())
        .at("2019-12-31")
        .then(action_pack("2019-12-31", "2020-12-31", true));
    // An expired competency is in nobody's way.
    const Story expired =
        contoso()
            .happened(competency(fb::OfferKind::silver, "2018-07-01", "2019-07-01"))
            .with(purchase("learning-action-pack", "lap-1"), "2019-07-10");
    given(expired)
        .when(purchase())
        .at("2019-07-31")
        .refused("offer.beside-competency")
        .at("2019-08-01")
        .then(action_pack("2019-08-01", "2020-08-01", true));
}

TEST_CASE(
    "A competency isn't bought before its requirements are recorded, nor after 2022-09-30 at all",
    "[MEM-08][OFF-09]") {
    for (const char* offer : {"silver-competency", "gold-competency"})
        given(contoso())
            .when(purchase(offer, "comp-1"))
            .at("2020-09-01")
            .refused("offer.requirements-unmet")
            .under_rule("MEM-08")
            .at("2022-09-30")
            .refused("offer.requirements-unmet")
            .at("2022-10-01")
            .refused("offer.retired")
            .under_rule("OFF-09")
            .at("2023-01-01")
            .refused("offer.retired");
}

TEST_CASE("An Action Pack bought until 2020-11-30 renews by itself, later ones don't", "[OFF-03]") {
    given(contoso())
        .when(purchase())
        .at("2020-11-30")
        .then(action_pack("2020-11-30", "2021-11-30", true))
        .at("2020-12-01")
        .then(action_pack("2020-12-01", "2021-12-01", false));
}

TEST_CASE("Automatic renewal is turned off at any time by any user", "[OFF-04]") {
    const Story story = contoso().with_action_pack("2020-11-30");
    given(story)
        .when(turn_off())
        .at("2020-11-30")
        .then(turned_off())
        .at("2021-12-30")
        .then(turned_off())
        .at("2021-12-31")
        .refused("membership.read-only");
    given(story).when(turn_off().by("kim")).at("2021-01-01").then(turned_off());
    given(story)
        .when(turn_off().by("stranger"))
        .at("2021-01-01")
        .refused("role.missing")
        .under_rule("OFF-04");
    given(story).when(turn_off().by_support()).at("2021-01-01").refused("role.missing");
    given(story).when(turn_off("ap-2")).at("2021-01-01").refused("order.unknown");
    given(story.with(turn_off(), "2021-01-01")).when(turn_off()).at("2021-01-02").nothing();
    given(contoso().with_action_pack("2020-12-01")).when(turn_off()).at("2021-01-02").nothing();
}

TEST_CASE("Automatic renewal that was turned off is turned on only by a renewal", "[OFF-04]") {
    const Story story = contoso().with_action_pack("2020-11-30");
    given(story).when(turn_on()).at("2021-01-01").nothing();
    given(story.with(turn_off(), "2021-01-01"))
        .when(turn_on())
        .at("2021-01-02")
        .refused("automatic-renewal.only-by-renewal")
        .under_rule("OFF-04");
    given(contoso().with_action_pack("2020-12-01"))
        .when(turn_on())
        .at("2021-01-02")
        .refused("automatic-renewal.not-offered")
        .under_rule("OFF-03");
    given(story).when(turn_on("ap-2")).at("2021-01-02").refused("order.unknown");
}

TEST_CASE("A read-only account buys nothing", "[MEM-05]") {
    given(contoso().with_action_pack("2020-12-01"))
        .when(purchase("learning-action-pack", "lap-1"))
        .at("2021-12-31")
        .then(purchased("learning-action-pack", "lap-1", fb::OfferKind::learning_action_pack,
                        "2021-12-31", "2022-12-31", false))
        .at("2022-01-01")
        .refused("membership.read-only")
        .under_rule("MEM-05");
}

TEST_CASE("A partner's record is refused more than it holds", "[LED-01]") {
    LedgerState ledger = new_ledger();
    for (fb::CatalogueVersionT& catalogue : ledger.catalogues)
        for (fb::OfferT& offer : catalogue.offers)
            for (fb::GrantT& grant : offer.grants)
                if (grant.kind == fb::BenefitKind::visual_studio_seat) grant.quantity = 1'000'000;
    given(contoso().under(ledger)).when(purchase()).at("2020-09-01").refused("partner.full");
}
