// How the ledger says no. Every way to fail has a stable code for programs, the id of the rule
// behind it and one sentence for people [LED-05]. The codes stand here in the order in which they
// are checked, over all commands; within a command the list in its own header holds. A code is
// never renamed or used for something else.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "events/date.h"

namespace ledger {

enum class RefusalCode : std::uint8_t {
    command_id_reused,
    command_too_late,
    command_wrong_scope,
    partner_unknown,
    partner_already_registered,
    version_conflict,
    corrects_unknown_event,
    role_missing,
    user_not_the_actor,
    agreement_no_authority,
    ledger_not_a_sandbox,
    clock_backwards,
    policy_version_not_next,
    policy_effective_past,
    catalogue_version_not_next,
    catalogue_effective_past,
    catalogue_id_twice,
    membership_read_only,
    membership_not_active,
    agreement_missing,
    offer_unknown,
    order_exists,
    order_unknown,
    benefit_unknown,
    benefit_not_seats,
    benefit_without_keys,
    benefit_not_software_key,
    benefit_not_download,
    benefit_not_token,
    benefit_not_company,
    user_exists,
    user_unknown,
    user_last_global_admin,
    user_limit_reached,
    purchase_terms_not_accepted,
    purchase_no_payment_method,
    purchase_not_confirmed,
    purchase_charge_invalid,
    purchase_currency_invalid,
    offer_retired,
    offer_requirements_unmet,
    offer_already_held,
    offer_beside_competency,
    automatic_renewal_not_offered,
    automatic_renewal_only_by_renewal,
    order_waiting_for_payment,
    order_lapsed,
    order_cancelled,
    benefit_expired,
    order_not_waiting,
    payment_too_late,
    payment_amount_differs,
    request_exists,
    request_unknown,
    request_settled,
    request_open,
    reason_missing,
    corrects_missing,
    reminder_not_due,
    refund_already_paid,
    refund_window_passed,
    refund_software_activated,
    refund_benefit_used,
    usage_counted_by_seats,
    usage_below_zero,
    usage_above_granted,
    seat_unknown,
    seat_not_assigned,
    person_unknown,
    seat_person_has_one,
    seat_reassign_too_early,
    seat_none_left,
    key_exists,
    key_unknown,
    key_not_revealed,
    token_unknown,
    token_not_issued,
    token_already_redeemed,
    token_customer_tenant,
    benefit_lapsed,
    key_not_delivered,
    key_beyond_grant,
    key_used_up,
    token_not_splittable,
    token_none_left,
    partner_full,
};

// One row of the table below.
struct RefusalKind {
    RefusalCode code;
    std::string_view text;      // "seat.reassign-too-early"
    std::string_view rule;      // "VSS-03"; a refusal may name a closer one
    std::string_view sentence;  // said where there is nothing closer to say
};

inline constexpr std::array kRefusalKinds{
    RefusalKind{RefusalCode::command_id_reused, "command.id-reused", "LED-02",
                "This command id stands for another command of this partner: use a new id."},
    RefusalKind{RefusalCode::command_too_late, "command.too-late", "LED-08",
                "The command's not_after has passed: send a new command if it is still wanted."},
    RefusalKind{RefusalCode::command_wrong_scope, "command.wrong-scope", "LED-01",
                "The ledger's own commands name no partner, and every other command names one."},
    RefusalKind{RefusalCode::partner_unknown, "partner.unknown", "ACC-01",
                "No partner is registered under this id: register it first."},
    RefusalKind{RefusalCode::partner_already_registered, "partner.already-registered", "ACC-01",
                "A partner is registered under this id already."},
    RefusalKind{RefusalCode::version_conflict, "version.conflict", "LED-09",
                "The partner doesn't stand at the expected version."},
    RefusalKind{RefusalCode::corrects_unknown_event, "corrects.unknown-event", "LED-07",
                "There is no event of the version that corrects names: name the one at fault."},
    RefusalKind{RefusalCode::role_missing, "role.missing", "ACC-04",
                "The actor has no role that allows this."},
    RefusalKind{RefusalCode::user_not_the_actor, "user.not-the-actor", "ACC-01",
                "The registering user must be the actor: give both the same id."},
    RefusalKind{RefusalCode::agreement_no_authority, "agreement.no-authority", "ACC-02",
                "Only a user with authority to sign accepts the partner agreement."},
    RefusalKind{RefusalCode::ledger_not_a_sandbox, "ledger.not-a-sandbox", "LED-03",
                "Only a sandbox ledger's clock can be moved."},
    RefusalKind{RefusalCode::clock_backwards, "clock.backwards", "LED-03",
                "The ledger's clock never goes backwards."},
    RefusalKind{RefusalCode::policy_version_not_next, "policy.version-not-next", "LED-03",
                "A policy version must carry the number after the last one."},
    RefusalKind{RefusalCode::policy_effective_past, "policy.effective-past", "LED-03",
                "A policy version can't take effect before the ledger's day."},
    RefusalKind{RefusalCode::catalogue_version_not_next, "catalogue.version-not-next", "OFF-09",
                "A catalogue version must carry the number after the last one."},
    RefusalKind{RefusalCode::catalogue_effective_past, "catalogue.effective-past", "OFF-09",
                "A catalogue version can't take effect before the ledger's day."},
    RefusalKind{RefusalCode::catalogue_id_twice, "catalogue.id-twice", "OFF-09",
                "An offer, or a SKU within an offer, stands twice in the catalogue version."},
    RefusalKind{RefusalCode::membership_read_only, "membership.read-only", "MEM-05",
                "The account is read-only, for no order is active or in its renewal window: "
                "ask support for a renewal."},
    RefusalKind{RefusalCode::membership_not_active, "membership.not-active", "ACC-03",
                "The network membership is not active until the primary contact's e-mail is "
                "verified."},
    RefusalKind{RefusalCode::agreement_missing, "agreement.missing", "ACC-02",
                "The partner agreement has not been accepted: a user with authority to sign must "
                "accept it first."},
    RefusalKind{RefusalCode::offer_unknown, "offer.unknown", "OFF-09",
                "The catalogue has no such offer."},
    RefusalKind{RefusalCode::order_exists, "order.exists", "LED-08",
                "The partner has an order of this id already: choose another id."},
    RefusalKind{RefusalCode::order_unknown, "order.unknown", "LED-08",
                "The partner has no order of this id."},
    RefusalKind{RefusalCode::benefit_unknown, "benefit.unknown", "OFF-05",
                "The order grants no benefit of this SKU."},
    RefusalKind{RefusalCode::benefit_not_seats, "benefit.not-seats", "VSS-01",
                "This benefit isn't assigned seat by seat."},
    RefusalKind{RefusalCode::benefit_without_keys, "benefit.without-keys", "SWK-06",
                "This benefit is taken without keys and tokens: deliver to a software key or a "
                "cloud token benefit."},
    RefusalKind{RefusalCode::benefit_not_software_key, "benefit.not-software-key", "SWK-02",
                "This benefit has no software key: record the download of a product without a key, "
                "and issue the token of a cloud subscription."},
    RefusalKind{RefusalCode::benefit_not_download, "benefit.not-download", "SWK-02",
                "This benefit isn't a product without a key: reveal the key of a product that has "
                "one."},
    RefusalKind{RefusalCode::benefit_not_token, "benefit.not-token", "CLD-02",
                "This benefit isn't a licence-based cloud subscription, so it has no token."},
    RefusalKind{RefusalCode::benefit_not_company, "benefit.not-company", "CLD-01",
                "Only a usage-based Azure subscription is assigned to the company."},
    RefusalKind{RefusalCode::user_exists, "user.exists", "ACC-04",
                "This user is on the partner's user list already."},
    RefusalKind{RefusalCode::user_unknown, "user.unknown", "ACC-04",
                "This user is not on the partner's user list."},
    RefusalKind{RefusalCode::user_last_global_admin, "user.last-global-admin", "ACC-04",
                "The last global admin keeps that role: make another user global admin first."},
    RefusalKind{RefusalCode::user_limit_reached, "user.limit-reached", "ACC-04",
                "The partner's user list is full: remove a user first."},
    RefusalKind{RefusalCode::purchase_terms_not_accepted, "purchase.terms-not-accepted", "OFF-01",
                "The terms of the offer must be accepted."},
    RefusalKind{RefusalCode::purchase_no_payment_method, "purchase.no-payment-method", "OFF-01",
                "A purchase needs a payment method."},
    RefusalKind{RefusalCode::purchase_not_confirmed, "purchase.not-confirmed", "OFF-01",
                "The order must be confirmed."},
    RefusalKind{RefusalCode::purchase_charge_invalid, "purchase.charge-invalid", "OFF-01",
                "The charge must be more than nothing."},
    RefusalKind{RefusalCode::purchase_currency_invalid, "purchase.currency-invalid", "OFF-01",
                "The currency must be an ISO 4217 code, three upper-case letters."},
    RefusalKind{RefusalCode::offer_retired, "offer.retired", "OFF-09",
                "This offer is no longer sold."},
    RefusalKind{RefusalCode::offer_requirements_unmet, "offer.requirements-unmet", "MEM-08",
                "The competency's performance requirements, exams and skills have not been "
                "recorded as met."},
    RefusalKind{RefusalCode::offer_already_held, "offer.already-held", "OFF-02",
                "The partner has an Action Pack already: one at a time."},
    RefusalKind{RefusalCode::offer_beside_competency, "offer.beside-competency", "OFF-02",
                "A partner with a competency can't buy an Action Pack beside it."},
    RefusalKind{RefusalCode::automatic_renewal_not_offered, "automatic-renewal.not-offered",
                "OFF-03", "This order was bought without automatic renewal."},
    RefusalKind{RefusalCode::automatic_renewal_only_by_renewal, "automatic-renewal.only-by-renewal",
                "OFF-04",
                "Automatic renewal that was turned off is turned on again only by a renewal."},
    RefusalKind{
        RefusalCode::order_waiting_for_payment, "order.waiting-for-payment", "MEM-13",
        "The order waits for its money: it can be used from the day the money is received."},
    RefusalKind{RefusalCode::order_lapsed, "order.lapsed", "MEM-13",
                "The order was not paid in time and lapsed: buy the offer again."},
    RefusalKind{RefusalCode::order_cancelled, "order.cancelled", "OFF-06",
                "The order was cancelled, and its benefits were revoked: buy the offer again."},
    RefusalKind{RefusalCode::benefit_expired, "benefit.expired", "BEN-03",
                "The benefit has expired, and the days after its term have passed too."},
    RefusalKind{RefusalCode::order_not_waiting, "order.not-waiting", "MEM-13",
                "The order doesn't wait for money: look its payment up before you send another."},
    RefusalKind{
        RefusalCode::payment_too_late, "payment.too-late", "MEM-13",
        "The money came too late, and the order has lapsed: the offer must be bought again."},
    RefusalKind{RefusalCode::payment_amount_differs, "payment.amount-differs", "MEM-13",
                "The money must be exactly what the order charges, in its currency."},
    RefusalKind{RefusalCode::request_exists, "request.exists", "LED-08",
                "The partner has a request of this id already: choose another id."},
    RefusalKind{RefusalCode::request_unknown, "request.unknown", "OFF-07",
                "The partner has no request of this id."},
    RefusalKind{RefusalCode::request_settled, "request.settled", "OFF-07",
                "The request was granted or refused before: a new one must be made."},
    RefusalKind{RefusalCode::request_open, "request.open", "OFF-07",
                "A request for this order is open already: wait until it is settled."},
    RefusalKind{RefusalCode::reason_missing, "reason.missing", "LED-07",
                "The command must say why: give it a reason."},
    RefusalKind{RefusalCode::corrects_missing, "corrects.missing", "LED-07",
                "The command must name the event at fault: give its version in corrects."},
    RefusalKind{RefusalCode::refund_already_paid, "refund.already-paid", "OFF-08",
                "The order was cancelled and refunded before: an order is refunded once."},
    RefusalKind{RefusalCode::refund_window_passed, "refund.window-passed", "OFF-06",
                "The days in which a cancellation may be asked for have passed."},
    RefusalKind{RefusalCode::refund_software_activated, "refund.software-activated", "OFF-06",
                "A software key of the order was activated, which ends the right to a refund."},
    RefusalKind{RefusalCode::refund_benefit_used, "refund.benefit-used", "OFF-06",
                "A benefit of the order was used or a key was shown, which ends the right to a "
                "refund."},
    RefusalKind{RefusalCode::usage_counted_by_seats, "usage.counted-by-seats", "LED-07",
                "The used units of this benefit are its seats: release or move a seat."},
    RefusalKind{RefusalCode::usage_below_zero, "usage.below-zero", "LED-07",
                "Less than nothing can't be used: give back no more than was taken."},
    RefusalKind{RefusalCode::usage_above_granted, "usage.above-granted", "LED-07",
                "No more can be used than the order grants: add no more than is left."},
    RefusalKind{RefusalCode::seat_unknown, "seat.unknown", "BEN-04",
                "The benefit has no seat of this number."},
    RefusalKind{RefusalCode::seat_not_assigned, "seat.not-assigned", "VSS-03",
                "Nobody has this seat, so it can't move: assign it."},
    RefusalKind{RefusalCode::person_unknown, "person.unknown", "VSS-01",
                "The person is not on the partner's user list: add the person first."},
    RefusalKind{RefusalCode::seat_person_has_one, "seat.person-has-one", "VSS-02",
                "The person has a seat of this SKU already."},
    RefusalKind{RefusalCode::seat_reassign_too_early, "seat.reassign-too-early", "VSS-03",
                "The seat was assigned too recently to go to another person."},
    RefusalKind{RefusalCode::seat_none_left, "seat.none-left", "BEN-04",
                "Every seat that the order grants is taken."},
    RefusalKind{RefusalCode::key_exists, "key.exists", "LED-08",
                "The partner has a key or token of this id already: give it an id of its own."},
    RefusalKind{RefusalCode::key_unknown, "key.unknown", "SWK-01",
                "The benefit has no key of this id."},
    RefusalKind{RefusalCode::key_not_revealed, "key.not-revealed", "SWK-01",
                "This key has not been revealed yet: reveal the next key of the benefit first, "
                "without naming one."},
    RefusalKind{RefusalCode::token_unknown, "token.unknown", "CLD-02",
                "The benefit has no token of this id."},
    RefusalKind{RefusalCode::token_not_issued, "token.not-issued", "SWK-06",
                "This token has not been issued yet: issue the next token of the benefit first."},
    RefusalKind{RefusalCode::token_already_redeemed, "token.already-redeemed", "CLD-03",
                "The token was redeemed before, and a token is redeemed once."},
    RefusalKind{RefusalCode::token_customer_tenant, "token.customer-tenant", "CLD-05",
                "The tenant is not one of the partner's own: a token is never redeemed for a "
                "customer."},
    RefusalKind{RefusalCode::benefit_lapsed, "benefit.lapsed", "BEN-01",
                "The benefit's expiry, the last day to activate it, has passed."},
    RefusalKind{RefusalCode::key_not_delivered, "key.not-delivered", "SWK-06",
                "No key or token of this benefit is in stock: ask support for a delivery."},
    RefusalKind{RefusalCode::key_beyond_grant, "key.beyond-grant", "BEN-04",
                "No more units are delivered than the order grants."},
    RefusalKind{RefusalCode::key_used_up, "key.used-up", "SWK-03",
                "All activations of this key are used, and no more are granted."},
    RefusalKind{RefusalCode::token_not_splittable, "token.not-splittable", "CLD-02",
                "A token is redeemed whole: ask for all of its seats."},
    RefusalKind{RefusalCode::token_none_left, "token.none-left", "BEN-04",
                "All seats that the order grants stand in tokens that were issued already."},
    RefusalKind{RefusalCode::partner_full, "partner.full", "LED-01",
                "The partner's record has reached its bound: nothing more fits in."},
};

constexpr const RefusalKind& kind_of(RefusalCode code) {
    return kRefusalKinds[static_cast<std::size_t>(code)];
}

constexpr bool refusal_kinds_in_order() {
    for (std::size_t i = 0; i < kRefusalKinds.size(); ++i)
        if (static_cast<std::size_t>(kRefusalKinds[i].code) != i) return false;
    return kRefusalKinds.back().code == RefusalCode::partner_full;
}
static_assert(refusal_kinds_in_order(), "the table names every code, in the order of the enum");

// The code of a text; nothing when there is none such.
std::optional<RefusalCode> find_refusal_code(std::string_view text);

struct Refusal {
    RefusalCode code{};
    std::string rule;
    std::string reason;
    std::optional<Date> earliest;  // the first day on which it would pass, where a date decides

    std::string_view text() const { return kind_of(code).text; }
};

// With the table's own rule and sentence, or with a sentence, or a rule and a sentence, that fit
// closer.
Refusal refuse(RefusalCode code);
Refusal refuse(RefusalCode code, std::string reason);
Refusal refuse(RefusalCode code, std::string_view rule, std::string reason);

}  // namespace ledger
