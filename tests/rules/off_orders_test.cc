// Purchase, term, automatic renewal.
#include <map>

#include "tests/support/catch.h"
#include "tests/support/competencies.h"
#include "tests/support/orders.h"

using namespace ledger;
using namespace ledger::rules;

namespace {

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
    // Nobody's, for tests, for no currency, gold, a fund, a unit of account.
    refused([](auto& form) { form.charge->currency = "QQQ"; }, "purchase.currency-invalid");
    refused([](auto& form) { form.charge->currency = "XTS"; }, "purchase.currency-invalid");
    refused([](auto& form) { form.charge->currency = "XXX"; }, "purchase.currency-invalid");
    refused([](auto& form) { form.charge->currency = "XAU"; }, "purchase.currency-invalid");
    refused([](auto& form) { form.charge->currency = "CHE"; }, "purchase.currency-invalid");
    refused([](auto& form) { form.charge->currency = "XDR"; }, "purchase.currency-invalid");
}

TEST_CASE("A charge is in a currency that is in use on its day", "[OFF-01]") {
    const auto in_kuna = with_form([](auto& form) { form.charge->currency = "HRK"; });
    fb::OfferPurchasedT bought = action_pack("2022-12-31", "2023-12-31", false);
    bought.charge->currency = "HRK";
    given(contoso())
        .when(in_kuna)
        .at("2022-12-31")
        .then(bought)
        .at("2023-01-01")
        .refused("purchase.currency-invalid");
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
}

TEST_CASE("Who has nothing else buys the next Action Pack when the first has expired",
          "[OFF-02][MEM-05][LED-05]") {
    given(contoso().with_action_pack("2021-01-10"))
        .when(purchase("action-pack", "ap-2"))
        .at("2021-06-01")
        .refused("offer.already-held", "2022-02-10")
        .at("2022-02-10")
        .then([] {
            auto event = action_pack("2022-02-10", "2023-02-10", false);
            event.order = "ap-2";
            return event;
        }());
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
            .refused("offer.beside-competency", "2020-01-01")
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
        .refused("offer.beside-competency", "2019-08-01")
        .at("2019-08-01")
        .then(action_pack("2019-08-01", "2020-08-01", true));
}

TEST_CASE("An Action Pack beside a competency waits for the policy, or for the competency's end",
          "[OFF-02][LED-05]") {
    const Story story =
        qualified({"security"}, "2019-06-10").with(buy_silver("security", "comp-1"), "2019-07-01");
    given(story)
        .when(purchase())
        .at("2019-07-02")
        .refused("offer.beside-competency", "2020-01-01")
        .under_rule("OFF-02")
        .at("2020-01-01")
        .then(action_pack("2020-01-01", "2021-01-01", true));
    LedgerState ledger = new_ledger();
    for (fb::PolicyVersionT& policy : ledger.policies) policy.action_pack_beside_competency = false;
    given(story.under(std::move(ledger)))
        .when(purchase())
        .at("2020-01-01")
        .refused("offer.beside-competency", "2020-08-01");
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
        .then(turned_off("2020-11-30"))
        .at("2021-12-30")
        .then(turned_off("2021-12-30"))
        .at("2021-12-31")
        .refused("membership.read-only");
    given(story).when(turn_off().by("kim")).at("2021-01-01").then(turned_off("2021-01-01"));
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
