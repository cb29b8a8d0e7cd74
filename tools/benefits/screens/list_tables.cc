#include "tools/benefits/screens/list_tables.h"

#include "events/money.h"
#include "screen_words_generated.h"
#include "tools/benefits/screens/days_text.h"

namespace ledger::tools {
namespace {

std::string days_to_go(std::int32_t days) { return days > 0 ? std::to_string(days) : ""; }

std::string on_or_off(bool on) { return on ? words::on() : words::off(); }

// The last day of what it is in: its term, its renewal window or its wait. Nothing where that is
// over.
std::string last_day(const fb::ListedOrderT& order) {
    switch (order.term) {
        case fb::OrderTerm::waiting:
            return day_text(order.pay_by);
        case fb::OrderTerm::active:
            return day_text(order.anniversary);
        case fb::OrderTerm::in_window:
            return day_text(order.window_closes);
        case fb::OrderTerm::lapsed:
        case fb::OrderTerm::withdrawn:
        case fb::OrderTerm::expired:
        case fb::OrderTerm::cancelled:
        case fb::OrderTerm::renewed:
        case fb::OrderTerm::replaced:
            return {};
    }
    return {};
}

// Its renewal by itself: whether it is on, or what became of it.
std::string renewal_by_itself(const fb::ListedOrderT& order) {
    if (order.charge_failed) return words::renewal_failed(day_text(*order.charge_failed));
    if (order.charge_ordered) return words::renewal_ordered(day_text(*order.charge_ordered));
    return on_or_off(order.automatic_renewal);
}

// What there is to be paid, or would have been.
std::string open_charge(const fb::ListedOrderT& order) {
    if (!order.pay_by && !order.charge_failed && !order.charge_ordered) return {};
    return money(order.charge->amount, order.charge->currency);
}

std::string offset_text(std::int32_t days) { return (days > 0 ? "+" : "") + std::to_string(days); }

}  // namespace

// A screen of a hundred columns has room for these; csv has all there is.
Table membership_columns() {
    Table table;
    table.column(words::column_ends())
        .column(words::column_partner())
        .column(words::column_legal_name())
        .column(words::column_membership());
    table.column(words::column_term_state())
        .column(words::column_days_left(), Align::right)
        .column(words::column_window_until())
        .column(words::column_order());
    table.column(words::column_renewal());
    return table;
}

std::vector<std::string> cells_of(const fb::ListedMembershipT& line) {
    return {day_text(line.ends),          line.partner,     line.legal_name,
            named(line.membership),       named(line.term), days_to_go(line.days_left),
            day_text(line.window_closes), line.order,       on_or_off(line.automatic_renewal)};
}

Table order_columns() {
    Table table;
    table.column(words::column_day())
        .column(words::column_partner())
        .column(words::column_order())
        .column(words::column_offer())
        .column(words::column_competency());
    table.column(words::column_term_state())
        .column(words::column_until())
        .column(words::column_days_left(), Align::right);
    table.column(words::column_charge(), Align::right).column(words::column_renewal());
    return table;
}

std::vector<std::string> cells_of(const fb::ListedOrderT& line) {
    return {day_text(line.on), line.partner,           line.order,     line.offer,
            line.competency,   named(line.term),       last_day(line), days_to_go(line.days_left),
            open_charge(line), renewal_by_itself(line)};
}

Table charge_columns() {
    Table table;
    table.column(words::column_day())
        .column(words::column_partner())
        .column(words::column_legal_name())
        .column(words::column_standing());
    table.column(words::column_charge(), Align::right)
        .column(words::column_payment())
        .column(words::column_order())
        .column(words::column_for_column());
    table.column(words::column_charge_ordered()).column(words::column_paid_back());
    return table;
}

std::vector<std::string> cells_of(const fb::ListedChargeT& line) {
    const std::string renewal = line.renewal_order.empty()
                                    ? words::for_renewal()
                                    : words::for_renewal_order(line.renewal_order);
    return {day_text(line.on),
            line.partner,
            line.legal_name,
            named(line.standing),
            money(line.charge->amount, line.charge->currency),
            named(line.payment),
            line.order,
            line.renewal ? renewal : "",
            day_text(line.ordered),
            day_text(line.refunded)};
}

Table reminder_columns() {
    Table table;
    table.column(words::column_for_day())
        .column(words::column_partner())
        .column(words::column_legal_name())
        .column(words::column_order())
        .column(words::column_offer());
    table.column(words::column_anniversary())
        .column(words::column_days_column(), Align::right)
        .column(words::column_sent());
    return table;
}

std::vector<std::string> cells_of(const fb::ListedReminderT& line) {
    return {day_text(line.due),
            line.partner,
            line.legal_name,
            line.order,
            line.offer,
            day_text(line.anniversary),
            offset_text(line.offset),
            line.sent ? words::sent_yes() : words::sent_not_yet()};
}

}  // namespace ledger::tools
