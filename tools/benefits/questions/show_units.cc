// What a benefit is counted in, one by one: seats, keys, tokens.
#include "aggregates/benefit_kind.h"
#include "tools/benefits/cli/table.h"
#include "tools/benefits/questions/show.h"

namespace ledger::tools {
namespace {

std::string joined(const std::vector<std::string>& texts) {
    std::string words;
    for (const std::string& text : texts) words += (words.empty() ? "" : ", ") + text;
    return words;
}

std::string seats(const BenefitLine& benefit, Date today, const Screen& screen) {
    if (benefit.seats.empty()) return {};
    Table table(2);
    table.column("seat", Align::right).column("who").column("since").column("movable from");
    for (const SeatLine& seat : benefit.seats)
        table.row({std::to_string(seat.number),
                   seat.person.empty() ? "nobody (last: " + seat.previous + ")" : seat.person,
                   to_string(seat.since),
                   seat.movable_from <= today ? "now" : to_string(seat.movable_from)});
    return "\n" + title("Seats of " + benefit.sku, screen) + table.text(screen);
}

// "in stock", "shown to kim, park", "handed out", "redeemed"
std::string where(const KeyLine& key, const StockWords& words) {
    if (key.redeemed.days != 0)
        return "redeemed on " + to_string(key.redeemed) + " on tenant " + key.tenant;
    if (key.taken.days == 0) return "in stock";
    const std::string who = joined(key.seen_by);
    return std::string(words.taken) + (who.empty() ? "" : " to " + who) + ", first on " +
           to_string(key.taken);
}

std::string keys(const BenefitLine& benefit, Date today, const Screen& screen) {
    const StockWords* words = kind_of(benefit.kind).stock;
    if (benefit.keys.empty() || !words) return {};
    Table table(2);
    table.column(std::string(words->one)).column("where");
    table.column(words->is_activated ? "activated" : "seats", Align::right).column("machines");
    table.column("usable until");
    for (const KeyLine& key : benefit.keys) {
        const std::string units = std::to_string(key.units);
        std::string until = key.until.days == 0 ? "" : to_string(key.until);
        if (!until.empty() && key.until < today) until += " (over)";
        table.row({key.id, where(key, *words),
                   words->is_activated ? std::to_string(key.activated) + " of " + units : units,
                   joined(key.machines), until});
    }
    return "\n" +
           title(std::string(words->title) + " of " + benefit.sku + ", " +
                     std::to_string(benefit.in_stock()) + " of " +
                     std::to_string(benefit.keys.size()) + " in stock",
                 screen) +
           table.text(screen);
}

}  // namespace

std::string show_units(const OrderLine& order, Date today, const Screen& screen) {
    std::string out;
    for (const BenefitLine& benefit : order.benefits)
        out += seats(benefit, today, screen) + keys(benefit, today, screen);
    return out;
}

}  // namespace ledger::tools
