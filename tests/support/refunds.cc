#include "tests/support/refunds.h"

#include <memory>

namespace ledger::rules {

Asked order_by_transfer(std::string_view offer, std::string_view order) {
    fb::PurchaseOfferT form = order_form(offer, order);
    form.payment = fb::PaymentMethod::bank_transfer;
    return ask(std::move(form));
}

Asked receive_payment(std::string_view order, std::int64_t amount, std::string_view currency) {
    fb::ReceivePaymentT command;
    command.order = order;
    command.amount = std::make_unique<fb::MoneyT>();
    command.amount->amount = amount;
    command.amount->currency = currency;
    return ask(std::move(command)).by_system();
}

Asked request_cancellation(std::string_view request, std::string_view order) {
    fb::RequestCancellationT command;
    command.request = request;
    command.order = order;
    return ask(std::move(command));
}

Asked resolve_cancellation(std::string_view request) {
    fb::ResolveCancellationT command;
    command.request = request;
    return ask(std::move(command)).by_support();
}

Asked refuse_cancellation(std::string_view request) {
    fb::RefuseCancellationT command;
    command.request = request;
    return ask(std::move(command)).by_support();
}

Asked adjust_usage(std::string_view sku, std::int32_t change, std::string_view order) {
    fb::AdjustUsageT command;
    command.order = order;
    command.sku = sku;
    command.change = change;
    return ask(std::move(command)).by_support();
}

Asked explained(const Asked& asked) { return asked.saying("counted twice").correcting(3); }

}  // namespace ledger::rules
