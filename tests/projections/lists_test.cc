// The index of the lists: of each partner what its row says, whatever came before and in whichever
// batches it came.
#include "projections/lists.h"

#include <algorithm>
#include <map>

#include "projections/fold.h"
#include "projections/map_rows.h"
#include "projections/queries.h"
#include "tests/support/catch.h"

namespace ledger::views {
namespace {

std::int32_t days_of(const char* date) { return parse_date(date)->days; }

// With a term from the first of September 2020 on.
fb::OrderT order_with_term(const std::string& id) {
    fb::OrderT order;
    order.id = id;
    order.offer = "action-pack";
    order.charge_currency = "USD";
    order.purchased = order.start = order.first = days_of("2020-09-01");
    order.anniversary = days_of("2021-09-01");
    return order;
}

PartnerState with(std::vector<fb::OrderT> orders) {
    PartnerState state = new_partner(PartnerId{"contoso"});
    state.orders = std::move(orders);
    return state;
}

// "o 2021-09-01/contoso/o1", without those of memberships.
std::vector<std::string> listed(const PartnerState& state, char without = 'm') {
    std::vector<std::string> all;
    for (const std::string& key : list_keys(state)) {
        const auto parsed = parse_list_key(key);
        REQUIRE(parsed);
        if (key[0] != without) all.push_back(key.substr(0, 1) + " " + place_of(*parsed));
    }
    return all;
}

using Places = std::vector<std::string>;

}  // namespace

TEST_CASE("An order with a term is listed by its anniversary, its charge by the day it was paid",
          "[MEM-02][OFF-01]") {
    CHECK(listed(with({order_with_term("o1")})) ==
          Places{"c 2020-09-01/contoso/o1/paid", "o 2021-09-01/contoso/o1"});
}

TEST_CASE("An order that waits for its money, or lapsed, is listed by the last day for it alone",
          "[MEM-13]") {
    fb::OrderT order;
    order.id = "o1";
    order.charge_currency = "USD";
    order.purchased = days_of("2021-01-10");
    order.pay_by = days_of("2021-02-08");
    CHECK(listed(with({order})) == Places{"u 2021-02-08/contoso/o1"});
    order.withdrawn = days_of("2021-01-20");
    CHECK(listed(with({order})).empty());
}

TEST_CASE("An order whose place another one has taken is listed for its charge alone",
          "[MEM-09][MEM-12][OFF-06]") {
    const Places charge{"c 2020-09-01/contoso/o1/paid"};
    for (const auto& over : std::vector<void (*)(fb::OrderT&)>{
             [](fb::OrderT& order) { order.renewed_by = "o2"; },
             [](fb::OrderT& order) { order.replaced = days_of("2021-03-01"); },
             [](fb::OrderT& order) { order.cancelled = days_of("2020-09-20"); }}) {
        fb::OrderT order = order_with_term("o1");
        over(order);
        CHECK(listed(with({order}), '-') == charge);
    }
}

TEST_CASE("A charge that was ordered is open until it is paid or fails", "[OFF-03]") {
    fb::OrderT order = order_with_term("o1");
    order.charge_ordered = days_of("2021-09-01");
    order.renewal_order = "renewal-2021";
    CHECK(listed(with({order})) ==
          Places{"a 2021-09-01/contoso/o1/ordered", "c 2020-09-01/contoso/o1/paid",
                 "c 2021-09-01/contoso/o1/ordered", "o 2021-09-01/contoso/o1"});
    fb::OrderT failed = order;
    failed.charge_failed = days_of("2021-09-03");
    failed.renewal_order.clear();
    CHECK(listed(with({failed})) == Places{"c 2020-09-01/contoso/o1/paid",
                                           "c 2021-09-03/contoso/o1/failed",
                                           "f 2021-09-03/contoso/o1/failed",
                                           "n 2021-09-03/contoso/o1", "o 2021-09-01/contoso/o1"});
    fb::OrderT renewal = order_with_term("renewal-2021");
    renewal.purchased = renewal.start = days_of("2021-09-01");
    renewal.anniversary = days_of("2022-09-01");
    renewal.renews = "o1";
    order.renewed_by = renewal.id;
    order.renewal_order.clear();
    const Places paid{"c 2020-09-01/contoso/o1/paid", "c 2021-09-01/contoso/renewal-2021/paid",
                      "o 2022-09-01/contoso/renewal-2021"};
    CHECK(listed(with({order, renewal})) == paid);
    // The renewal was cancelled, and the first order's dates speak again: its charge was answered.
    renewal.cancelled = days_of("2021-09-10");
    order.renewed_by.clear();
    CHECK(listed(with({order, renewal})) == Places{"c 2020-09-01/contoso/o1/paid",
                                                   "c 2021-09-01/contoso/renewal-2021/paid",
                                                   "o 2021-09-01/contoso/o1"});
}

TEST_CASE("A charge that failed stays among the charges when the order is renewed by hand",
          "[OFF-03]") {
    fb::OrderT order = order_with_term("o1");
    order.charge_failed = days_of("2021-09-01");
    order.renewed_by = "o2";
    CHECK(listed(with({order})) == Places{"c 2020-09-01/contoso/o1/paid",
                                          "c 2021-09-01/contoso/o1/failed",
                                          "f 2021-09-01/contoso/o1/failed"});
}

TEST_CASE("A reminder is listed by the day it was for", "[MEM-10]") {
    fb::OrderT order = order_with_term("o1");
    for (const char* due : {"2021-08-02", "2021-08-17"}) {
        fb::RemindedT reminded;
        reminded.due = days_of(due);
        order.reminded.push_back(reminded);
    }
    order.renewed_by = "o2";
    CHECK(listed(with({order})) == Places{"c 2020-09-01/contoso/o1/paid", "r 2021-08-02/contoso/o1",
                                          "r 2021-08-17/contoso/o1"});
}

TEST_CASE("A membership is listed once, by the order whose term ends last", "[MEM-05]") {
    fb::OrderT later = order_with_term("o2");
    later.anniversary = days_of("2022-03-01");
    fb::OrderT cancelled = order_with_term("o3");
    cancelled.anniversary = days_of("2023-03-01");
    cancelled.cancelled = days_of("2022-03-02");
    const PartnerState state = with({order_with_term("o1"), later, cancelled});
    REQUIRE(last_term(state));
    CHECK(last_term(state)->id == "o2");
    Places memberships;
    for (const std::string& each : listed(state, '-'))
        if (each[0] == 'm') memberships.push_back(each);
    CHECK(memberships == Places{"m 2022-03-01/contoso"});
    CHECK_FALSE(last_term(with({cancelled})));
}

TEST_CASE("A place leads back to its key, and nothing else is one") {
    for (const std::string& key : list_keys(with({order_with_term("o1")}))) {
        const auto parsed = parse_list_key(key);
        REQUIRE(parsed);
        CHECK(key_at(Listed{key[0]}, place_of(*parsed)) == key);
    }
    for (const char* wrong : {"", "2021-09-01", "2021-09-01/", "2021-13-01/contoso", "contoso/o1",
                              "2021-09-01 contoso"})
        CHECK_FALSE(key_at(Listed::order, wrong));
    CHECK_FALSE(key_at(Listed::order, std::string_view("2021-09-01/contoso\0o1", 21)));
    for (const char* wrong : {"", "o", "oabcd", "oabcdcontoso"}) CHECK_FALSE(parse_list_key(wrong));
}

namespace {

struct ListedEvent {
    std::string partner;
    fb::EventUnion event;
};

template <typename EventT>
ListedEvent list_event(const std::string& partner, EventT event) {
    ListedEvent one{partner, {}};
    one.event.Set(std::move(event));
    return one;
}

ListedEvent order_placed(const std::string& partner, const std::string& order) {
    fb::OrderPlacedT event;
    event.order = order;
    event.offer = "action-pack";
    event.charge = std::make_unique<fb::MoneyT>();
    event.charge->currency = "USD";
    event.on = days_of("2021-01-10");
    event.pay_by = days_of("2021-02-08");
    return list_event(partner, std::move(event));
}

ListedEvent order_paid(const std::string& partner, const std::string& order, const char* day) {
    fb::PaymentReceivedT event;
    event.order = order;
    event.amount = std::make_unique<fb::MoneyT>();
    event.amount->currency = "USD";
    event.on = event.start = days_of(day);
    event.anniversary = plus_years(Date{event.start}, 1).days;
    return list_event(partner, std::move(event));
}

std::vector<ListedEvent> orders_by_transfer() {
    std::vector<ListedEvent> all;
    all.push_back(order_placed("contoso", "o1"));
    all.push_back(order_placed("fabrikam", "o1"));
    all.push_back(order_placed("contoso", "o2"));
    all.push_back(order_paid("contoso", "o1", "2021-01-20"));
    fb::OrderWithdrawnT withdrawn;
    withdrawn.order = "o2";
    withdrawn.on = days_of("2021-01-21");
    all.push_back(list_event("contoso", std::move(withdrawn)));
    all.push_back(order_paid("fabrikam", "o1", "2021-01-22"));
    fb::OrderCancelledT cancelled;
    cancelled.request = "r1";
    cancelled.order = "o1";
    cancelled.refund = std::make_unique<fb::MoneyT>();
    cancelled.refund->currency = "USD";
    cancelled.on = days_of("2021-01-30");
    all.push_back(list_event("fabrikam", std::move(cancelled)));
    return all;
}

// What a log of one partition would hold, judged, folded from the first to before the second.
void fold_orders(Fold& fold, std::size_t from, std::size_t to) {
    const auto story = orders_by_transfer();
    std::map<std::string, std::uint64_t> versions;
    std::vector<Bytes> records;
    std::vector<Judged> judged;
    Reading reading;
    records.reserve(story.size());
    for (std::size_t i = 0; i < to; ++i) {
        EntryHeader header;
        header.epoch = 1;
        header.seq = ++reading.judge.seq;
        header.partner = story[i].partner;
        header.version = ++versions[story[i].partner];
        const std::string command = "c" + std::to_string(header.version);
        header.command_id = command;
        header.actor_id = "kim";
        records.push_back(encode_entry(header, encode_body(story[i].event)));
        reading.judge.frontier.add(records.back());
        reading.next = next(reading.next);
        if (i >= from)
            judged.push_back(
                {Position{i}, {VerdictKind::applied, Why::none}, decode_record(records.back())});
    }
    REQUIRE(fold.add(PartitionId{0}, judged, reading).ok());
    REQUIRE(fold.commit().ok());
}

// Each partner's row says what its lists are, and the index has no others.
void check_lists_follow_the_rows(const MapRows& rows) {
    std::vector<std::string> expected;
    for (const auto& [partner, row] : rows.all(Family::partners))
        for (std::string& key : list_keys(*unpack(view_of(row))))
            expected.push_back(std::move(key));
    std::sort(expected.begin(), expected.end());
    std::vector<std::string> found;
    for (const auto& [key, value] : rows.all(Family::lists)) {
        CHECK(value.empty());
        found.push_back(key);
    }
    CHECK(found == expected);
}

Places places_in(const MapRows& rows) {
    Places places;
    for (const auto& [key, value] : rows.all(Family::lists))
        places.push_back(key.substr(0, 1) + " " + place_of(*parse_list_key(key)));
    return places;
}

}  // namespace

TEST_CASE("The lists follow the partners' rows in whichever batches entries come", "[MEM-13]") {
    const std::size_t all = orders_by_transfer().size();
    const Places expected{"c 2021-01-20/contoso/o1/paid", "c 2021-01-22/fabrikam/o1/paid",
                          "m 2022-01-20/contoso", "o 2022-01-20/contoso/o1"};
    for (std::size_t batch = 1; batch <= all; ++batch)
        // Partners are kept between batches, or none is, as after a restart.
        for (const std::size_t partners_max : {0U, 10U}) {
            MapRows rows;
            Fold fold(rows, partners_max);
            for (std::size_t at = 0; at < all; at += batch) {
                fold_orders(fold, at, std::min(at + batch, all));
                check_lists_follow_the_rows(rows);
            }
            CHECK(places_in(rows) == expected);
        }
}

TEST_CASE("A key of a list is written when it comes to stand there, and not again", "[MEM-13]") {
    class CountedRows : public MapRows {
    public:
        Result<void> write(const RowBatch& rows) override {
            for (std::size_t i = 0; i < rows.size(); ++i)
                if (rows.row(i).family == Family::lists) ++written;
            return MapRows::write(rows);
        }
        int written = 0;
    };
    CountedRows rows;
    Fold fold(rows);
    const std::vector<int> expected{1, 2, 3, 7, 8, 12, 14};
    for (std::size_t at = 0; at < expected.size(); ++at) {
        fold_orders(fold, at, at + 1);
        CHECK(rows.written == expected[at]);
    }
}

}  // namespace ledger::views
