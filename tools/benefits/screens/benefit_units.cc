#include "tools/benefits/screens/benefit_units.h"

#include "aggregates/benefit_kind.h"
#include "tools/benefits/cli/table.h"
#include "tools/benefits/screens/days_text.h"

namespace ledger::tools {
namespace {

std::string seats(const fb::BenefitLineT& benefit, Date today, const Screen& screen) {
    if (benefit.seats.empty()) return {};
    Table table(2);
    table.column("seat", Align::right).column("who").column("since").column("movable from");
    for (const fb::SeatLineT& seat : benefit.seats)
        table.row({std::to_string(seat.seat),
                   seat.person.empty() ? "nobody (last: " + seat.previous + ")" : seat.person,
                   day_text(seat.since),
                   seat.movable_from <= today.days ? "now" : day_text(seat.movable_from)});
    return "\n" + title("Seats of " + benefit.sku, screen) + table.text(screen);
}

// "in stock", "shown to kim, park", "handed out", "redeemed"
std::string where(const fb::KeyLineT& key, const StockWords& words) {
    if (key.redeemed) return "redeemed on " + day_text(key.redeemed) + " on tenant " + key.tenant;
    if (key.in_stock) return "in stock";
    const std::string who = joined_texts(key.seen_by);
    return std::string(words.taken) + (who.empty() ? "" : " to " + who) + ", first on " +
           day_text(key.taken);
}

std::string keys(const fb::BenefitLineT& benefit, Date today, const Screen& screen) {
    const StockWords* words = kind_of(benefit.kind).stock;
    if (benefit.keys.empty() || !words) return {};
    Table table(2);
    table.column(std::string(words->one)).column("where");
    table.column(words->is_activated ? "activated" : "seats", Align::right).column("machines");
    table.column("usable until");
    for (const fb::KeyLineT& key : benefit.keys) {
        const std::string units = std::to_string(key.units);
        std::string until = day_text(key.until);
        if (key.until && *key.until < today.days) until += " (over)";
        table.row({key.id, where(key, *words),
                   words->is_activated ? std::to_string(key.activated) + " of " + units : units,
                   joined_texts(key.machines), until});
    }
    return "\n" +
           title(std::string(words->title) + " of " + benefit.sku + ", " +
                     std::to_string(benefit.in_stock.value_or(0)) + " of " +
                     std::to_string(benefit.keys.size()) + " in stock",
                 screen) +
           table.text(screen);
}

}  // namespace

std::string benefit_units(const fb::OrderLineT& order, Date today, const Screen& screen) {
    std::string out;
    for (const fb::BenefitLineT& benefit : order.benefits)
        out += seats(benefit, today, screen) + keys(benefit, today, screen);
    return out;
}

}  // namespace ledger::tools
