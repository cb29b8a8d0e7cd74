#include "aggregates/orders/reminders.h"

#include <algorithm>

#include "aggregates/orders/anchor.h"
#include "aggregates/orders/terms.h"
#include "aggregates/permission.h"
#include "aggregates/renewals/standing.h"
#include "aggregates/row_size.h"
#include "events/limits.h"
#include "events/record.h"

namespace ledger::orders {
namespace {

constexpr std::int32_t kReminderDays[] = {-30, -15, 1, 23};

bool was_sent(const fb::OrderT& order, Date due) {
    return std::any_of(order.reminded.begin(), order.reminded.end(),
                       [due](const fb::RemindedT& sent) { return sent.due == due.days; });
}

// Nothing will make it needed again.
bool needs_none(const fb::OrderT& order, Date due, const Context& context) {
    switch (term_of(order, context.today, context.policies)) {
        case Term::lapsed:
        case Term::withdrawn:
        case Term::cancelled:
        case Term::replaced:
            return true;
        case Term::waiting:
            return false;
        case Term::active:
        case Term::in_window:
        case Term::expired:
        case Term::renewed:
            return !order.renewed_by.empty() && due.days > order.anniversary;
    }
    return false;
}

bool is_for(const fb::OrderT& order, Date due, const Policies& policies) {
    const std::vector<Date> dates = reminder_dates(order, policies);
    return std::binary_search(dates.begin(), dates.end(), due);
}

void add_recipients(fb::ReminderSentT& sent, const PartnerState& state) {
    const fb::Role reminded = fb::Role::global_admin | fb::Role::partner_admin;
    for (const fb::UserT& user : state.users) {
        if ((user.roles & reminded) == fb::Role::NONE) continue;
        if (sent.to.size() < limits::kReminderMaxRecipients)
            sent.to.push_back(user.id);
        else
            ++sent.unnamed;
    }
}

}  // namespace

std::vector<std::int32_t> reminder_days(const fb::PolicyVersionT& policy) {
    if (policy.reminders.empty()) return {std::begin(kReminderDays), std::end(kReminderDays)};
    std::vector<std::int32_t> days;
    days.reserve(policy.reminders.size());
    for (const fb::ReminderDayT& each : policy.reminders) days.push_back(each.days);
    std::sort(days.begin(), days.end());
    days.erase(std::unique(days.begin(), days.end()), days.end());
    return days;
}

std::int32_t reminder_lead_days(const Policies& policies) {
    std::int32_t lead = 0;
    for (const fb::PolicyVersionT& policy : policies.all())
        lead = std::max(lead, -reminder_days(policy).front());
    return lead;
}

std::vector<Date> reminder_dates(const fb::OrderT& order, const Policies& policies) {
    std::vector<Date> dates;
    if (order.pay_by != 0 || order.anniversary == 0) return dates;
    const Date last = window_closes(order, policies);
    for (const fb::PolicyVersionT& policy : policies.all())
        for (const std::int32_t days : reminder_days(policy)) {
            const Date on = plus_days(Date{order.anniversary}, days);
            if (on.days < order.purchased || last < on) continue;
            if (&policies.on(on) == &policy) dates.push_back(on);
        }
    std::sort(dates.begin(), dates.end());
    dates.erase(std::unique(dates.begin(), dates.end()), dates.end());
    return dates;
}

std::vector<Date> reminders_due(const fb::OrderT& order, const Policies& policies) {
    if (!anchor_of(order)) return {};
    std::vector<Date> dates = reminder_dates(order, policies);
    std::erase_if(dates, [&order](Date due) { return was_sent(order, due); });
    return dates;
}

Decision decide(const PartnerState& state, const fb::SendReminder& asked, const Context& context) {
    if (auto refusal = require_system(context)) return *std::move(refusal);
    const fb::OrderT* order = find_order(state, text_of(asked.order()));
    if (!order) return refuse(say::OrderUnknown{});
    const Date due{asked.due()};
    if (was_sent(*order, due) || needs_none(*order, due, context))
        return nothing(say::OrderNoReminderToSend{});
    if (!is_for(*order, due, context.policies))
        return refuse(say::ReminderNotDueNoSuchDay{.order = order->id, .due = due});
    if (context.today < due) {
        Refusal refusal = refuse(say::ReminderNotDueEarly{.order = order->id, .due = due});
        refusal.earliest = due;
        return refusal;
    }
    if (auto refusal = refuse_no_room(state, reminder_max_bytes(*order)))
        return *std::move(refusal);
    fb::ReminderSentT sent;
    sent.order = order->id;
    sent.due = due.days;
    sent.offset = static_cast<std::int16_t>(due.days - order->anniversary);
    add_recipients(sent, state);
    sent.extension = renewals::is_in_hardship(*order, context.policy);
    sent.on = context.today.days;
    return accept(std::move(sent));
}

void evolve(PartnerState& state, const fb::ReminderSent& happened) {
    fb::OrderT* order = find_order(state, text_of(happened.order()));
    if (!order || was_sent(*order, Date{happened.due()})) return;
    fb::RemindedT reminded;
    reminded.due = happened.due();
    order->reminded.push_back(reminded);
}

fb::CommandBodyUnion reminder_body(const std::string& order, Date due) {
    fb::SendReminderT reminder;
    reminder.order = order;
    reminder.due = due.days;
    fb::CommandBodyUnion body;
    body.Set(std::move(reminder));
    return body;
}

}  // namespace ledger::orders
