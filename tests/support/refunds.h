// What the tests of payment and refunds ask for: an order by bank transfer and its money, a
// cancellation and its decision, a count mended.
#pragma once

#include "tests/support/rules.h"

namespace ledger::rules {

Asked order_by_transfer(std::string_view offer = "action-pack", std::string_view order = kOrder);
Asked receive_payment(std::string_view order = kOrder, std::int64_t amount = 47'500,
                      std::string_view currency = "USD");  // by the system
Asked request_cancellation(std::string_view request = "sr-1", std::string_view order = kOrder);
Asked resolve_cancellation(std::string_view request = "sr-1");  // by support
Asked refuse_cancellation(std::string_view request = "sr-1");   // by support
Asked adjust_usage(std::string_view sku, std::int32_t change,
                   std::string_view order = kOrder);  // by support
// With a reason, and with the third event of the partner as the one at fault.
Asked explained(const Asked& asked);

}  // namespace ledger::rules
