// What the tests of renewals ask for: by hand, by ticket, automatic, and an upgrade.
#pragma once

#include "tests/support/refunds.h"

namespace ledger::rules {

inline constexpr std::string_view kNext = "ap-2";

fb::RenewOrderT renewal_form(std::string_view order = kOrder, std::string_view new_order = kNext);
Asked renew(std::string_view order = kOrder, std::string_view new_order = kNext);
Asked renew_by_transfer(std::string_view order = kOrder, std::string_view new_order = kNext);
// By support, with a reason.
Asked renew_by_ticket(std::string_view order = kOrder, std::string_view new_order = kNext);
Asked order_charge(std::string_view order = kOrder);  // by the system
Asked settle_charge(bool paid = true, std::string_view order = kOrder,
                    std::int64_t amount = 47'500);  // by the system
Asked profile_review();                             // by ada

const fb::OrderT& order_of(const Story& story, std::string_view order);

}  // namespace ledger::rules
