// What an order grants: what it is asked for by, and what its use does to a refund.
#include "tests/support/catch.h"
#include "tests/support/keys.h"
#include "tests/support/refunds.h"

using namespace ledger;
using namespace ledger::rules;

TEST_CASE("The issue of a token leaves the right to a refund, its redemption ends it", "[OFF-06]") {
    fb::CancellationRequestedT requested;
    requested.request = "sr-1";
    requested.order = kOrder;
    requested.on = day("2021-02-01").days;
    requested.refund_ends_with = fb::RefundTest::anything_used;
    given(with_token_issued()).when(request_cancellation()).at("2021-02-01").then(requested);
    given(with_token_redeemed())
        .when(request_cancellation())
        .at("2021-02-01")
        .refused("refund.benefit-used")
        .under_rule("OFF-06");
}

TEST_CASE("Keys are of an order and of a benefit that it grants", "[OFF-05][LED-08]") {
    const auto elsewhere = [](Line line) {
        return std::vector<Asked>{reveal_key(line), record_download(line),
                                  activate_key(line, "win-1", "pc-1")};
    };
    for (const Asked& asked : elsewhere({kWindows.sku, "ap-2"}))
        given(with_key_shown())
            .when(asked)
            .at("2021-01-14")
            .refused("order.unknown")
            .under_rule("LED-08");
    for (const Asked& asked : elsewhere({"windows-95"}))
        given(with_key_shown())
            .when(asked)
            .at("2021-01-14")
            .refused("benefit.unknown")
            .under_rule("OFF-05");
}
