// Counts mended by support.
#include "tests/support/catch.h"
#include "tests/support/refunds.h"

using namespace ledger;
using namespace ledger::rules;

namespace {

constexpr std::string_view kIncidents = "product-support";

fb::UsageAdjustedT adjusted(std::string_view sku, std::int32_t change, std::uint32_t used) {
    fb::UsageAdjustedT event;
    event.order = kOrder;
    event.sku = sku;
    event.change = change;
    event.used = used;
    return event;
}

}  // namespace

TEST_CASE("Support mends a count, says why and names the event at fault", "[LED-07]") {
    given(with_pack())
        .when(explained(adjust_usage(kIncidents, 3)))
        .at("2021-01-15")
        .then(adjusted(kIncidents, 3, 3));
    const Story counted = with_pack().with(explained(adjust_usage(kIncidents, 3)), "2021-01-15");
    given(counted)
        .when(explained(adjust_usage(kIncidents, -1)))
        .at("2021-01-16")
        .then(adjusted(kIncidents, -1, 2))
        .at("2022-06-01")  // long expired
        .then(adjusted(kIncidents, -1, 2));
    given(counted).when(explained(adjust_usage(kIncidents, 0))).at("2021-01-16").nothing();
}

TEST_CASE("A count stays between nothing and what was granted", "[LED-07][BEN-04]") {
    const Story counted = with_pack().with(explained(adjust_usage(kIncidents, 3)), "2021-01-15");
    given(counted)
        .when(explained(adjust_usage(kIncidents, -3)))
        .at("2021-01-16")
        .then(adjusted(kIncidents, -3, 0));
    given(counted)
        .when(explained(adjust_usage(kIncidents, -4)))
        .at("2021-01-16")
        .refused("usage.below-zero")
        .under_rule("LED-07");
    given(counted)
        .when(explained(adjust_usage(kIncidents, 7)))
        .at("2021-01-16")
        .then(adjusted(kIncidents, 7, 10));
    given(counted)
        .when(explained(adjust_usage(kIncidents, 8)))
        .at("2021-01-16")
        .refused("usage.above-granted")
        .under_rule("LED-07");
}

TEST_CASE("An adjustment without a reason, or without the event at fault, is refused", "[LED-07]") {
    const Asked asked = adjust_usage(kIncidents, 1);
    given(with_pack())
        .when(asked.correcting(3))
        .at("2021-01-15")
        .refused("reason.missing")
        .under_rule("LED-07");
    given(with_pack())
        .when(asked.saying("  ").correcting(3))
        .at("2021-01-15")
        .refused("reason.missing");
    given(with_pack())
        .when(asked.saying("counted twice"))
        .at("2021-01-15")
        .refused("corrects.missing")
        .under_rule("LED-07");
    const std::uint64_t last = with_pack().partner().version;
    given(with_pack())
        .when(asked.saying("counted twice").correcting(last))
        .at("2021-01-15")
        .then(adjusted(kIncidents, 1, 1));
    given(with_pack())
        .when(asked.saying("counted twice").correcting(last + 1))
        .at("2021-01-15")
        .refused("corrects.unknown-event")
        .under_rule("LED-07");
}

TEST_CASE("Only support staff mend a count", "[LED-07][ACC-09]") {
    const Asked asked = explained(adjust_usage(kIncidents, 1));
    for (const Asked& by_others : {asked.by("ada"), asked.by_system(), asked.by_auditor()})
        given(with_pack())
            .when(by_others)
            .at("2021-01-15")
            .refused("role.missing")
            .under_rule("ACC-09");
}

TEST_CASE("A count that is mended is one of an order that has had a term, and no count of seats",
          "[LED-07][VSS-02][MEM-13]") {
    given(with_pack())
        .when(explained(adjust_usage(kSku, 1)))
        .at("2021-01-15")
        .refused("usage.counted-by-seats")
        .under_rule("LED-07");
    given(with_pack())
        .when(explained(adjust_usage(kIncidents, 1, "ap-2")))
        .at("2021-01-15")
        .refused("order.unknown");
    given(with_pack())
        .when(explained(adjust_usage("none", 1)))
        .at("2021-01-15")
        .refused("benefit.unknown");
    given(contoso().with(order_by_transfer(), "2021-01-10"))
        .when(explained(adjust_usage(kIncidents, 1)))
        .at("2021-02-08")
        .refused("order.waiting-for-payment")
        .at("2021-02-09")
        .refused("order.lapsed");
}
