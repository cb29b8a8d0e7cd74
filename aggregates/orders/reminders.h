// Reminders of a renewal [MEM-10]: on the days that the policy names, counted from the anniversary,
// the partner's global admins and partner admins are reminded, once for each day. Pure; one
// PartnerState in, one decision out.
//
// Each day is measured by the policy that is in force on it: a version names the days of its own
// time alone. So a later version neither takes back a day that has come nor brings one into a time
// that is over; a day that came and passed unnoticed stays due. Of an order none is dated before
// the day it was bought, paid or renewed, nor after its window: then it has expired, and a notice
// of its own says so.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "aggregates/partner.h"

namespace ledger::orders {

// Days from the anniversary, negative before it, in order and each once; -30, -15, 1 and 23 where
// the policy names none.
std::vector<std::int32_t> reminder_days(const fb::PolicyVersionT& policy);

// No reminder lies more days before the anniversary, whichever version names it.
std::int32_t reminder_lead_days(const Policies& policies);

// Of an order with a term all reminders there are, sent or not, in order.
std::vector<Date> reminder_dates(const fb::OrderT& order, const Policies& policies);

// Those that the ledger has still to send, whether their day has come or not, in order.
std::vector<Date> reminders_due(const fb::OrderT& order, const Policies& policies);

// role.missing (the system alone), order.unknown, reminder.not-due (first day: the one it is for;
// none where no reminder is for that day), partner.full. Nothing when it was sent, when the order
// lapsed or was withdrawn, cancelled or replaced, and of a renewed order on days after the
// anniversary: what comes before it is sent in any case.
Decision decide(const PartnerState&, const fb::SendReminder&, const Context&);

void evolve(PartnerState&, const fb::ReminderSent&);

// The command that sends one.
fb::CommandBodyUnion reminder_body(const std::string& order, Date due);

}  // namespace ledger::orders
