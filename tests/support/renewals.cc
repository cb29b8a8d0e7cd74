#include "tests/support/renewals.h"

#include "aggregates/orders/terms.h"

namespace ledger::rules {

fb::RenewOrderT renewal_form(std::string_view order, std::string_view new_order) {
    fb::RenewOrderT command;
    command.order = order;
    command.new_order = new_order;
    command.payment = fb::PaymentMethod::card;
    command.charge = std::make_unique<fb::MoneyT>();
    command.charge->amount = 47'500;
    command.charge->currency = "USD";
    command.terms_accepted = true;
    command.confirmed = true;
    return command;
}

Asked renew(std::string_view order, std::string_view new_order) {
    return ask(renewal_form(order, new_order));
}

Asked renew_by_transfer(std::string_view order, std::string_view new_order) {
    fb::RenewOrderT command = renewal_form(order, new_order);
    command.payment = fb::PaymentMethod::bank_transfer;
    return ask(std::move(command));
}

Asked renew_by_ticket(std::string_view order, std::string_view new_order) {
    const fb::RenewOrderT form = renewal_form(order, new_order);
    fb::RenewByTicketT command;
    command.order = form.order;
    command.new_order = form.new_order;
    command.payment = form.payment;
    command.charge = std::make_unique<fb::MoneyT>(*form.charge);
    command.ticket = "4711";
    command.terms_accepted = true;
    command.confirmed = true;
    return ask(std::move(command)).by_support().saying("the letter of 3 March asked for it");
}

Asked order_charge(std::string_view order) {
    fb::OrderRenewalChargeT command;
    command.order = order;
    return ask(std::move(command)).by_system();
}

Asked settle_charge(bool paid, std::string_view order, std::int64_t amount) {
    fb::SettleRenewalChargeT command;
    command.order = order;
    command.paid = paid;
    command.amount = std::make_unique<fb::MoneyT>();
    command.amount->amount = amount;
    command.amount->currency = "USD";
    if (!paid) command.detail = "card declined";
    return ask(std::move(command)).by_system();
}

Asked profile_review() { return ask(fb::ReviewProfileT()); }

const fb::OrderT& order_of(const Story& story, std::string_view order) {
    return *orders::find_order(story.partner(), order);
}

}  // namespace ledger::rules
