// What a made-up partner does about its orders: it buys, pays, renews, cancels, and buys again.
#include "tools/benefits/generate/generated_life.h"

namespace ledger::tools {
namespace {

constexpr std::uint64_t kPrice = 47'500;
// Once the first one lapsed or was cancelled.
constexpr std::string_view kSecondOrder = "ap-3";

std::string money(std::uint64_t amount, std::string_view currency = "USD") {
    return JsonObject().number("amount", amount).text("currency", currency).line();
}

JsonObject form(std::string_view order, std::string_view offer, std::string_view payment) {
    JsonObject body;
    body.text("order", order).text("offer", offer).text("payment", payment);
    return body;
}

}  // namespace

JsonObject Life::order() const {
    JsonObject body;
    body.text("order", order_);
    return body;
}

void Life::purchase(std::string_view offer, std::string_view order, std::string_view payment) {
    by_user(any_user(), "PurchaseOffer",
            form(order, offer, payment)
                .json("charge", money(kPrice))
                .flag("terms_accepted", true)
                .flag("confirmed", true));
}

void Life::slips_of_a_buyer() {
    const auto wrong = [this](std::string_view offer, std::string_view payment,
                              std::string_view currency, bool terms_accepted, bool confirmed) {
        by_user(any_user(), "PurchaseOffer",
                form("ap-0", offer, payment)
                    .json("charge", money(kPrice, currency))
                    .flag("terms_accepted", terms_accepted)
                    .flag("confirmed", confirmed));
    };
    if (random_.chance(7)) wrong("action-pack", "card", "USD", false, true);
    if (random_.chance(3)) wrong("action-pack", "card", "USD", true, false);
    if (random_.chance(2)) wrong("action-pack", "none", "USD", true, true);
    if (random_.chance(2)) wrong("action-pack", "card", "usd", true, true);
    if (random_.chance(2)) wrong("action-packs", "card", "USD", true, true);
    if (random_.chance(3)) wrong("silver-competency", "card", "USD", true, true);
}

void Life::buy() {
    pass_days(3);
    slips_of_a_buyer();
    const std::string_view offer = is_action_pack_ ? "action-pack" : "learning-action-pack";
    purchase(offer, order_, by_transfer_ ? "bank_transfer" : "card");
    if (random_.chance(3)) purchase(offer, order_, "card");
    if (random_.chance(12)) purchase("action-pack", "ap-2", "card");
    if (by_transfer_)
        wait_for_money();
    else
        begin_term();
}

// The money comes, comes too late, or never.
void Life::wait_for_money() {
    if (random_.chance(15)) later(0, 1, [this] { assign_seat(); });
    const std::uint64_t fate = random_.below(100);
    if (fate < 70) {
        later(2, 20, [this] {
            if (random_.chance(10)) pay(kPrice - 1'500);
            pay(kPrice);
            if (random_.chance(8)) pay(kPrice);
            begin_term();
        });
        return;
    }
    if (fate < 85) later(31, 45, [this] { pay(kPrice); });
    if (random_.chance(50)) later(31, 45, [this] { assign_seat(); });
    if (random_.chance(60)) later(46, 60, [this] { buy_again(); });
}

void Life::pay(std::uint64_t amount) {
    const JsonObject body = order().json("amount", money(amount));
    if (random_.chance(80))
        by_vendor("ReceivePayment", body);
    else
        by_support("ReceivePayment", body, {"seen on the statement of account"});
}

void Life::buy_again() {
    order_ = kSecondOrder;
    purchase(is_action_pack_ ? "action-pack" : "learning-action-pack", order_, "card");
    begin_term();
}

void Life::renewal() {
    by_user(any_user(), "TurnAutomaticRenewalOff", order());
    if (random_.chance(30)) by_user("u1", "TurnAutomaticRenewalOff", order());
    if (random_.chance(20)) by_user("u1", "TurnAutomaticRenewalOn", order());
}

void Life::ask_for_cancellation(std::string_view request) {
    by_user(any_user(), "RequestCancellation",
            JsonObject().text("request", request).text("order", order_));
}

void Life::regret() {
    ask_for_cancellation("sr-1");
    if (random_.chance(8)) ask_for_cancellation("sr-2");
    if (random_.chance(5)) ask_for_cancellation("sr-1");
    later(1, 10, [this] {
        decide_on_cancellation();
        if (random_.chance(15)) ask_for_cancellation("sr-3");
    });
}

void Life::decide_on_cancellation() {
    if (random_.chance(4)) support_acts("ResolveCancellation", "sr-9", "");
    const std::uint64_t fate = random_.below(100);
    if (fate < 60) {
        support_acts("ResolveCancellation", "sr-1", "asked for in time, nothing used");
        if (random_.chance(8)) support_acts("ResolveCancellation", "sr-1", "");
        if (random_.chance(15)) later(0, 5, [this] { assign_seat(); });
        if (!used_something_ && random_.chance(60)) later(6, 40, [this] { buy_again(); });
    } else if (fate < 85) {
        if (random_.chance(10)) support_acts("RefuseCancellation", "sr-1", "");
        support_acts("RefuseCancellation", "sr-1", "the partner has taken it back by phone");
    }
}

void Life::support_acts(std::string_view type, std::string_view request, std::string_view reason) {
    by_support(type, JsonObject().text("request", request), {reason});
}

}  // namespace ledger::tools
