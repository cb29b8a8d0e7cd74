#include "tools/benefits/screens/coming.h"

#include <algorithm>
#include <map>

namespace ledger::tools {
namespace {

class Calendar {
public:
    explicit Calendar(Date today) : today_(today) {}

    void order(const OrderLine& order);
    void policies(const LedgerState& ledger);
    std::vector<Coming> soonest_first();

private:
    void add(Date on, std::string_view kind, const std::string& order, std::string what,
             std::string_view rule) {
        if (today_ <= on) coming_.push_back({on, kind, order, std::move(what), rule});
    }
    void term(const OrderLine& order);
    void seats(const OrderLine& order, const BenefitLine& benefit);
    void tokens(const OrderLine& order, const BenefitLine& benefit);

    Date today_;
    std::vector<Coming> coming_;
};

void Calendar::order(const OrderLine& order) {
    switch (order.term) {
        case orders::Term::waiting:
            add(order.pay_by, "pay_by", order.id,
                "last day for the money of order " + order.id + "; without it the order lapses",
                "MEM-13");
            return;
        case orders::Term::active:
        case orders::Term::in_window:
            term(order);
            break;
        case orders::Term::lapsed:
        case orders::Term::withdrawn:
        case orders::Term::cancelled:
            return;
        case orders::Term::expired:
            break;
    }
    for (const BenefitLine& benefit : order.benefits) {
        if (order.term != orders::Term::expired) seats(order, benefit);
        tokens(order, benefit);
    }
}

void Calendar::term(const OrderLine& order) {
    if (order.refund == Refund::open)
        add(order.refund_until, "refund_window_end", order.id,
            "last day to ask for the cancellation and refund of order " + order.id, "OFF-06");
    add(order.anniversary, "anniversary", order.id,
        "anniversary of order " + order.id +
            ": last day of its term, last day to activate its benefits" +
            (order.automatic_renewal ? "; automatic renewal is on" : ""),
        "MEM-02");
    add(plus_days(order.anniversary, 1), "window_opens", order.id,
        "the renewal window of order " + order.id + " opens", "MEM-03");
    add(order.window_closes, "window_closes", order.id,
        "last day of the renewal window of order " + order.id +
            "; its benefits are lost the day after",
        "MEM-05");
}

// Seats that become movable on the same day are told together.
void Calendar::seats(const OrderLine& order, const BenefitLine& benefit) {
    std::map<Date, std::string> movable;
    for (const SeatLine& seat : benefit.seats) {
        if (seat.movable_from <= today_ || order.window_closes < seat.movable_from) continue;
        std::string& words = movable[seat.movable_from];
        words += (words.empty() ? "" : ", ") + std::to_string(seat.number) + " (" +
                 (seat.person.empty() ? "nobody" : seat.person) + ")";
    }
    for (const auto& [on, seats] : movable)
        add(on, "seat_movable", order.id,
            "may go to another person: seat " + seats + " of " + benefit.sku, "VSS-03");
}

void Calendar::tokens(const OrderLine& order, const BenefitLine& benefit) {
    for (const KeyLine& token : benefit.keys)
        if (token.until.days != 0)
            add(token.until, "subscription_end", order.id,
                "last day of the subscription of token " + token.id + " (" + benefit.sku + ")",
                "BEN-02");
}

void Calendar::policies(const LedgerState& ledger) {
    for (const fb::PolicyVersionT& policy : ledger.policies)
        if (today_.days < policy.effective)
            add(Date{policy.effective}, "policy", {},
                "policy version " + std::to_string(policy.version) +
                    " takes effect: " + policy.note,
                "");
}

std::vector<Coming> Calendar::soonest_first() {
    std::stable_sort(coming_.begin(), coming_.end(),
                     [](const Coming& a, const Coming& b) { return a.on < b.on; });
    return std::move(coming_);
}

}  // namespace

std::vector<Coming> coming_for(const PartnerSheet& sheet, const LedgerState& ledger) {
    Calendar calendar(sheet.today);
    for (const OrderLine& order : sheet.orders) calendar.order(order);
    calendar.policies(ledger);
    return calendar.soonest_first();
}

}  // namespace ledger::tools
