#include "tools/benefits/screens/benefit_units.h"

#include "aggregates/benefit_kind.h"
#include "screen_words_generated.h"
#include "tools/benefits/cli/table.h"
#include "tools/benefits/screens/days_text.h"

namespace ledger::tools {
namespace {

std::string seats(const fb::BenefitLineT& benefit, Date today, const Screen& screen) {
    if (benefit.seats.empty()) return {};
    Table table(2);
    table.column(words::column_seat(), Align::right).column(words::column_holder());
    table.column(words::column_since()).column(words::column_movable_from());
    for (const fb::SeatLineT& seat : benefit.seats)
        table.row(
            {std::to_string(seat.seat),
             seat.person.empty() ? words::nobody_last(seat.previous) : seat.person,
             day_text(seat.since),
             seat.movable_from <= today.days ? words::movable_now() : day_text(seat.movable_from)});
    return "\n" + title(words::seats_of(benefit.sku), screen) + table.text(screen);
}

// "in stock", "shown to kim, park", "handed out", "redeemed"
std::string where(const fb::KeyLineT& key, const StockWords& stock) {
    if (key.redeemed) return words::key_redeemed(day_text(key.redeemed), key.tenant);
    if (key.in_stock) return words::key_in_stock();
    const std::string who = joined_texts(key.seen_by);
    const std::string_view taken = said_in(stock.taken, language());
    return who.empty() ? words::key_taken(taken, day_text(key.taken))
                       : words::key_taken_by(taken, who, day_text(key.taken));
}

std::string keys(const fb::BenefitLineT& benefit, Date today, const Screen& screen) {
    const StockWords* stock = kind_of(benefit.kind).stock;
    if (benefit.keys.empty() || !stock) return {};
    Table table(2);
    table.column(std::string(said_in(stock->one, language()))).column(words::column_where());
    table.column(stock->is_activated ? words::column_activated() : words::column_seats(),
                 Align::right);
    table.column(words::column_machines()).column(words::column_usable_until());
    for (const fb::KeyLineT& key : benefit.keys) {
        const std::string units = std::to_string(key.units);
        const std::string until = day_text(key.until);
        table.row(
            {key.id, where(key, *stock),
             stock->is_activated ? words::count_of(std::to_string(key.activated), units) : units,
             joined_texts(key.machines),
             key.until && *key.until < today.days ? words::until_over(until) : until});
    }
    return "\n" +
           title(words::stock_of(said_in(stock->title, language()), benefit.sku,
                                 std::to_string(benefit.in_stock.value_or(0)),
                                 std::to_string(benefit.keys.size())),
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
