// Cloud subscriptions: tokens issued, redeemed whole and once on an own tenant, and the company's
// usage-based subscription.
#include "tests/support/catch.h"
#include "tests/support/keys.h"
#include "tests/support/refunds.h"

using namespace ledger;
using namespace ledger::rules;

namespace {

constexpr std::string_view kTenant = "contoso.example";

Asked assign_company(Line line = kAzure) {
    fb::AssignCompanyT command;
    command.order = line.order;
    command.sku = line.sku;
    return ask(std::move(command));
}
fb::CompanyAssignedT company_assigned(std::string_view on) {
    fb::CompanyAssignedT event;
    event.order = kAzure.order;
    event.sku = kAzure.sku;
    event.on = day(on).days;
    return event;
}

std::vector<Asked> everything_asked_of_the_cloud() {
    return {issue_token(kOffice), redeem_token(kOffice, "tok-1"), assign_company()};
}

}  // namespace

TEST_CASE("Tokens are issued in the order in which they were delivered", "[SWK-06][CLD-02]") {
    const Story stocked = with_tokens({key("z", 3), key("a", 4)})
                              .with(deliver_keys(kOffice, {key("m", 3)}), "2021-01-13");
    given(stocked)
        .when(issue_token(kOffice))
        .at("2021-01-14")
        .then(token_issued(kOffice, "z", 3, "2021-01-14"));
    const Story first = stocked.with(issue_token(kOffice), "2021-01-14");
    given(first)
        .when(issue_token(kOffice).by("pat"))
        .at("2021-01-15")
        .then(token_issued(kOffice, "a", 4, "2021-01-15"));
    given(first.with(issue_token(kOffice), "2021-01-15"))
        .when(issue_token(kOffice))
        .at("2021-01-16")
        .then(token_issued(kOffice, "m", 3, "2021-01-16"));
}

TEST_CASE("A token is redeemed for a subscription that ends on the same day next year",
          "[BEN-02][CLD-02][CLD-03]") {
    const Story issued = contoso()
                             .with_action_pack("2020-01-31")
                             .with(deliver_keys(kOffice, {key("tok-1", 10)}), "2020-02-01")
                             .with(issue_token(kOffice), "2020-02-02");
    given(issued)
        .when(redeem_token(kOffice, "tok-1"))
        .at("2020-12-01")  // past the benefit's own expiry, 2021-01-31 [BEN-02]
        .then(token_redeemed(kOffice, "tok-1", 10, "2020-12-01", "2021-12-01"))
        .at("2020-02-29")
        .then(token_redeemed(kOffice, "tok-1", 10, "2020-02-29", "2021-02-28"));
    const Story used = issued.with(redeem_token(kOffice, "tok-1"), "2020-12-01");
    CHECK(benefit(used, kOffice).used == 10);
    CHECK(benefit(used, kOffice).keys.front().until == day("2021-12-01").days);
}

TEST_CASE("A token is redeemed whole: its seats can't be split", "[CLD-02]") {
    const Story issued = with_token_issued();
    for (const std::uint32_t seats : {1U, 9U, 11U})
        given(issued)
            .when(redeem_token(kOffice, "tok-1", "", seats))
            .at("2021-01-14")
            .refused("token.not-splittable")
            .under_rule("CLD-02");
    given(issued)
        .when(redeem_token(kOffice, "tok-1", "", 10))
        .at("2021-01-14")
        .then(token_redeemed(kOffice, "tok-1", 10, "2021-01-14", "2022-01-14"));
}

TEST_CASE("A token is redeemed once", "[CLD-03]") {
    given(with_token_redeemed())
        .when(redeem_token(kOffice, "tok-1"))
        .at("2021-01-14")
        .refused("token.already-redeemed")
        .under_rule("CLD-03")
        .at("2022-01-11")
        .refused("token.already-redeemed");
    given(with_token_redeemed())
        .when(redeem_token(kOffice, "tok-1", "customer.example", 3))
        .at("2021-01-15")
        .refused("token.already-redeemed");
}

TEST_CASE("Tokens of one benefit are redeemed one by one, in any order", "[CLD-02][BEN-04]") {
    const Story both = with_tokens({key("tok-1", 4), key("tok-2", 6)})
                           .with(issue_token(kOffice), "2021-01-13")
                           .with(issue_token(kOffice), "2021-01-13");
    const Story second = both.with(redeem_token(kOffice, "tok-2"), "2021-01-14");
    CHECK(benefit(second, kOffice).used == 6);
    given(second)
        .when(redeem_token(kOffice, "tok-1"))
        .at("2021-01-15")
        .then(token_redeemed(kOffice, "tok-1", 4, "2021-01-15", "2022-01-15"));
}

TEST_CASE("A token is redeemed on the partner's own tenant, never on a customer's", "[CLD-05]") {
    given(with_token_issued())
        .when(redeem_token(kOffice, "tok-1", kTenant))
        .at("2021-01-14")
        .then(token_redeemed(kOffice, "tok-1", 10, "2021-01-14", "2022-01-14"));
    given(with_token_issued())
        .when(redeem_token(kOffice, "tok-1", "customer.example"))
        .at("2021-01-14")
        .refused("token.customer-tenant")
        .under_rule("CLD-05")
        .at("2022-01-11")
        .refused("token.customer-tenant");
}

TEST_CASE("A further tenant of the partner's own is as good as the first, once it is confirmed",
          "[ACC-12][CLD-05]") {
    constexpr std::string_view kLabs = "contoso-labs.example";
    given(with_token_issued())
        .when(redeem_token(kOffice, "tok-1", kLabs))
        .at("2021-01-14")
        .refused("token.customer-tenant");
    const Story named = with_token_issued().with(add_tenant(kLabs), "2021-01-14");
    given(named)
        .when(redeem_token(kOffice, "tok-1", kLabs))
        .at("2021-01-14")
        .refused("token.tenant-unconfirmed")
        .under_rule("CLD-05");
    const Story with_labs = named.with(confirm_tenant(kLabs), "2021-01-14");
    fb::TokenRedeemedT on_labs = token_redeemed(kOffice, "tok-1", 10, "2021-01-14", "2022-01-14");
    on_labs.tenant = kLabs;
    given(with_labs).when(redeem_token(kOffice, "tok-1", kLabs)).at("2021-01-14").then(on_labs);
    given(with_labs)
        .when(redeem_token(kOffice, "tok-1"))
        .at("2021-01-14")
        .then(token_redeemed(kOffice, "tok-1", 10, "2021-01-14", "2022-01-14"));
}

TEST_CASE("Only a token of the benefit that was issued is redeemed", "[CLD-02][SWK-06]") {
    const Story first = with_tokens({key("tok-1", 5), key("tok-2", 5)})
                            .with(issue_token(kOffice), "2021-01-13")
                            .with(deliver_keys(kMobility, {key("ems-1", 5)}), "2021-01-13")
                            .with(issue_token(kMobility), "2021-01-13");
    given(first)
        .when(redeem_token(kOffice, "tok-2"))
        .at("2021-01-14")
        .refused("token.not-issued")
        .under_rule("SWK-06");
    for (const char* id : {"tok-3", "ems-1"})
        given(first)
            .when(redeem_token(kOffice, id))
            .at("2021-01-14")
            .refused("token.unknown")
            .under_rule("CLD-02");
}

TEST_CASE("A usage-based subscription is activated by assigning the company, once", "[CLD-01]") {
    given(with_pack()).when(assign_company()).at("2021-01-12").then(company_assigned("2021-01-12"));
    const Story assigned = with_pack().with(assign_company(), "2021-01-12");
    CHECK(benefit(assigned, kAzure).used == 1);
    given(assigned).when(assign_company()).at("2021-01-13").nothing();
    given(assigned).when(assign_company()).at("2022-02-09").nothing();
}

TEST_CASE("No employee gets a usage-based subscription, and the company no other benefit",
          "[CLD-01]") {
    given(with_pack())
        .when(assign_seat("kim", "", kOrder, kAzure.sku))
        .at("2021-01-12")
        .refused("benefit.for-company")
        .under_rule("CLD-01");
    for (const Line& line : {kWindows, kTeamServices, kOffice, Line{kSku}})
        given(with_pack())
            .when(assign_company(line))
            .at("2021-01-12")
            .refused("benefit.not-company")
            .under_rule("CLD-01");
}

TEST_CASE("The company's assignment is a use: from 2021-02-01 it ends the right to a refund",
          "[CLD-01][OFF-06]") {
    const Story assigned = with_pack().with(assign_company(), "2021-01-12");
    fb::CancellationRequestedT requested;
    requested.request = "sr-1";
    requested.order = kOrder;
    requested.on = day("2021-01-31").days;
    given(assigned)
        .when(request_cancellation())
        .at("2021-01-31")
        .then(requested)
        .at("2021-02-01")
        .refused("refund.benefit-used")
        .under_rule("OFF-06");
    // Between request and decision as well.
    const Story by_new_test = with_pack().with(request_cancellation(), "2021-02-01");
    given(by_new_test.with(assign_company(), "2021-02-02"))
        .when(resolve_cancellation())
        .at("2021-02-03")
        .refused("refund.benefit-used")
        .under_rule("OFF-06");
}

TEST_CASE("The company is assigned by the anniversary", "[BEN-01][BEN-03][CLD-01]") {
    given(beside(with_pack()))
        .when(assign_company())
        .at("2022-01-10")
        .then(company_assigned("2022-01-10"))
        .at("2022-01-11")
        .refused("benefit.lapsed")
        .under_rule("BEN-01")
        .at("2022-02-09")
        .refused("benefit.lapsed")
        .at("2022-02-10")
        .refused("benefit.expired")
        .under_rule("BEN-03");
}

TEST_CASE("A subscription that support counted as used takes no second unit", "[BEN-04][CLD-01]") {
    const Asked counted =
        adjust_usage(kAzure.sku, 1).saying("assigned by telephone").correcting(11);
    const Story assigned =
        with_pack().with(counted, "2021-01-12").with(assign_company(), "2021-01-13");
    CHECK(benefit(assigned, kAzure).used == 1);
    CHECK(benefit(assigned, kAzure).activated == day("2021-01-13").days);
}

TEST_CASE("A token is of a licence-based cloud subscription", "[CLD-02]") {
    for (const Line& line : {kWindows, kTeamServices, kAzure, Line{kSku}}) {
        given(with_token_issued())
            .when(issue_token(line))
            .at("2021-01-14")
            .refused("benefit.not-token")
            .under_rule("CLD-02");
        given(with_token_issued())
            .when(redeem_token(line, "tok-1"))
            .at("2021-01-14")
            .refused("benefit.not-token")
            .under_rule("CLD-02");
    }
}

TEST_CASE("Cloud benefits are for whoever manages benefits", "[ACC-05][ACC-06][CLD-01]") {
    const Story history =
        contoso()
            .with_action_pack("2020-12-01")
            .with(deliver_keys(kOffice, {key("tok-1", 5), key("tok-2", 5)}), "2020-12-02")
            .with(issue_token(kOffice), "2020-12-03");
    for (const Asked& asked : everything_asked_of_the_cloud()) {
        given(history)
            .when(asked.by("pat"))
            .at("2020-12-09")
            .refused("role.missing", "2020-12-10")
            .under_rule("ACC-05");
        for (const char* user : {"sam", "zoe", "kim", "stranger"})
            given(history)
                .when(asked.by(user))
                .at("2020-12-10")
                .refused("role.missing")
                .under_rule("ACC-06");
        for (const Asked& other : {asked.by_support(), asked.by_system(), asked.by_auditor()})
            given(history).when(other).at("2020-12-10").refused("role.missing");
    }
    given(history)
        .when(issue_token(kOffice).by("pat"))
        .at("2020-12-10")
        .then(token_issued(kOffice, "tok-2", 5, "2020-12-10"));
    given(history)
        .when(redeem_token(kOffice, "tok-1").by("pat"))
        .at("2020-12-10")
        .then(token_redeemed(kOffice, "tok-1", 5, "2020-12-10", "2021-12-10"));
    given(history)
        .when(assign_company().by("pat"))
        .at("2020-12-10")
        .then(company_assigned("2020-12-10"));
}

TEST_CASE("An order without a term gives no token and no subscription",
          "[MEM-13][OFF-06][CLD-01]") {
    const Story waiting = contoso().with(order_by_transfer(), "2021-01-10");
    const Story cancelled = with_token_issued()
                                .with(request_cancellation(), "2021-01-14")
                                .with(resolve_cancellation(), "2021-01-15");
    for (const Asked& asked : everything_asked_of_the_cloud()) {
        given(waiting)
            .when(asked)
            .at("2021-02-08")
            .refused("order.waiting-for-payment")
            .under_rule("MEM-13")
            .at("2021-02-09")
            .refused("order.lapsed")
            .under_rule("MEM-13");
        given(cancelled)
            .when(asked)
            .at("2021-01-15")
            .refused("order.cancelled")
            .under_rule("OFF-06");
    }
}

TEST_CASE("An expired membership, or one without the agreement, has no cloud benefits",
          "[MEM-05][ACC-02][CLD-01]") {
    const Story unsigned_yet = nobody().with(register_partner(), "2021-01-04");
    for (const Asked& asked : everything_asked_of_the_cloud()) {
        given(with_token_issued())
            .when(asked)
            .at("2022-02-10")
            .refused("membership.read-only")
            .under_rule("MEM-05");
        given(unsigned_yet)
            .when(asked)
            .at("2021-01-13")
            .refused("agreement.missing")
            .under_rule("ACC-02");
    }
}

TEST_CASE("Cloud benefits are of an order and of a line that it grants",
          "[OFF-05][LED-08][CLD-01]") {
    const auto elsewhere = [](Line line) {
        return std::vector<Asked>{issue_token(line), redeem_token(line, "tok-1"),
                                  assign_company(line)};
    };
    for (const Asked& asked : elsewhere({kOffice.sku, "ap-2"}))
        given(with_token_issued())
            .when(asked)
            .at("2021-01-14")
            .refused("order.unknown")
            .under_rule("LED-08");
    for (const Asked& asked : elsewhere({"office-95"}))
        given(with_token_issued())
            .when(asked)
            .at("2021-01-14")
            .refused("benefit.unknown")
            .under_rule("OFF-05");
}
