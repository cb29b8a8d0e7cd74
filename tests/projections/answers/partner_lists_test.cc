// Lists over all partners: who stands in them on the day before, the day and the day after, and that
// a page reads no more than it tells of.
#include "projections/answers/partner_lists.h"

#include <algorithm>

#include "projections/map_rows.h"
#include "projections/queries.h"
#include "tests/support/catch.h"

namespace ledger::answers {
namespace {

Date on_day(const char* date) { return *parse_date(date); }

// Counts the rows that are read below it.
class ReadsCounted : public views::Snapshot {
public:
    explicit ReadsCounted(const views::Snapshot& below) : below_(below) {}

    Result<std::optional<std::string>> get(views::Family family,
                                           std::string_view key) const override {
        ++read;
        return below_.get(family, key);
    }
    Result<void> walk(views::Family family, const views::Walk& way,
                      const Visit& visit) const override {
        return below_.walk(family, way, [&](std::string_view key, std::string_view value) {
            ++read;
            return visit(key, value);
        });
    }
    Result<std::vector<bool>> have(views::Family family,
                                   std::span<const std::string_view> keys) const override {
        read += keys.size();
        return below_.have(family, keys);
    }

    mutable std::uint64_t read = 0;

private:
    const views::Snapshot& below_;
};

// Bought a year before its anniversary.
fb::OrderT term_until(const std::string& id, const char* anniversary) {
    fb::OrderT order;
    order.id = id;
    order.offer = "action-pack";
    order.charge_amount = 47'500;
    order.charge_currency = "USD";
    order.payment = fb::PaymentMethod::card;
    order.anniversary = on_day(anniversary).days;
    order.purchased = order.start = order.first = plus_years(on_day(anniversary), -1).days;
    return order;
}

fb::OrderT waits_until(const std::string& id, const char* pay_by) {
    fb::OrderT order = term_until(id, "2021-09-01");
    order.payment = fb::PaymentMethod::bank_transfer;
    order.anniversary = order.start = order.first = 0;
    order.pay_by = on_day(pay_by).days;
    return order;
}

using Lines = std::vector<std::string>;

// A ledger of one partition whose policy gives thirty days for a renewal.
class AllPartners {
public:
    AllPartners() {
        fb::PolicyVersionT policy;
        policy.version = 1;
        policy.effective = kFirstDate.days;
        policy.renewal_window_days = 30;
        ledger_.policies.push_back(policy);
    }

    void add(const std::string& partner, std::vector<fb::OrderT> orders) {
        PartnerState state = new_partner(PartnerId{partner});
        state.version = 1;
        state.legal_name = partner + " Ltd";
        state.member_since = kFirstDate.days;
        state.orders = std::move(orders);
        views::RowBatch batch;
        batch.put(views::Family::partners, partner, text_of(pack(state)));
        for (const std::string& key : views::list_keys(state))
            batch.put(views::Family::lists, key, {});
        REQUIRE(rows_.write(batch).ok());
    }
    void erase_list_row(views::Listed kind, const std::string& place) {
        views::RowBatch batch;
        batch.erase(views::Family::lists, *views::key_at(kind, place));
        REQUIRE(rows_.write(batch).ok());
    }
    void erase_partner(const std::string& partner) {
        views::RowBatch batch;
        batch.erase(views::Family::partners, partner);
        REQUIRE(rows_.write(batch).ok());
    }
    void window_from(const char* day, int days) {
        fb::PolicyVersionT policy = ledger_.policies.back();
        ++policy.version;
        policy.effective = on_day(day).days;
        policy.renewal_window_days = static_cast<std::uint8_t>(days);
        ledger_.policies.push_back(policy);
    }

    Lines orders(OrdersThat that, const char* day, int within = 0, ListPage page = {}) {
        return listed<fb::ListedOrderT>(
            [&](const LedgerMoment& moment, const auto& on_line) {
                return each_order(moment, {that, within, on_day(day)}, page, on_line);
            },
            [](const auto& line) { return line.place + " " + fb::EnumNameOrderTerm(line.term); });
    }
    Lines memberships(MembershipsThat that, const char* day, int within = 0, ListPage page = {}) {
        return listed<fb::ListedMembershipT>(
            [&](const LedgerMoment& moment, const auto& on_line) {
                return each_membership(moment, {that, within, on_day(day)}, page, on_line);
            },
            [](const auto& line) {
                return line.place + " " + fb::EnumNameMembership(line.membership);
            });
    }
    Lines charges(ChargesThat that, std::optional<Date> on = std::nullopt, ListPage page = {}) {
        return listed<fb::ListedChargeT>(
            [&](const LedgerMoment& moment, const auto& on_line) {
                return each_charge(moment, {that, on}, page, on_line);
            },
            [](const auto& line) { return line.place; });
    }
    Lines reminders(DayRange sent, ListPage page = {}) {
        return reminders(RemindersAsked{sent, {}}, page);
    }
    // On the first of September 2021.
    Lines reminders(const RemindersAsked& asked, ListPage page = {}) {
        return listed<fb::ListedReminderT>(
            [&](const LedgerMoment& moment, const auto& on_line) {
                return each_reminder(moment, asked, page, on_line);
            },
            [](const auto& line) { return line.place + (line.sent ? " sent" : " due"); });
    }
    template <typename LineT, typename Each>
    std::vector<LineT> lines(const Each& each) {
        std::vector<LineT> all;
        const auto done = run(each, [&](const LineT& line) {
            LineT& copy = all.emplace_back();
            copy_of_line(line, copy);
            return true;
        });
        REQUIRE(done.ok());
        return all;
    }

    bool more() const { return more_; }
    std::uint64_t read() const { return read_; }
    ErrorCode failed() const { return failed_; }

private:
    template <typename LineT>
    static void copy_of_line(const LineT& line, LineT& copy) {
        flatbuffers::FlatBufferBuilder builder;
        builder.Finish(LineT::TableType::Pack(builder, &line));
        flatbuffers::GetRoot<typename LineT::TableType>(builder.GetBufferPointer())
            ->UnPackTo(&copy);
    }
    template <typename Each, typename OnEach>
    Result<bool> run(const Each& each, const OnEach& on_line) {
        const auto all = rows_.snapshot();
        const ReadsCounted rows(*all);
        const LedgerMoment moment{rows, {ledger_}, {Position{1}}, on_day("2021-09-01")};
        const Result<bool> done = each(moment, on_line);
        read_ = rows.read;
        return done;
    }
    template <typename LineT, typename Each, typename Told>
    Lines listed(const Each& each, const Told& told) {
        Lines all;
        const auto done = run(each, [&](const LineT& line) {
            all.push_back(told(line));
            return true;
        });
        failed_ = done ? ErrorCode{} : done.error().code;
        more_ = done && *done;
        return all;
    }

    views::MapRows rows_;
    LedgerState ledger_;
    bool more_ = false;
    std::uint64_t read_ = 0;
    ErrorCode failed_;
};

}  // namespace

TEST_CASE("An order ends by its term until the anniversary, by its window for thirty days after it",
          "[MEM-03][MEM-04][MEM-05]") {
    AllPartners all;
    all.add("contoso", {term_until("o1", "2021-09-01")});
    const Lines active{"2021-09-01/contoso/o1 active"};
    const Lines in_window{"2021-09-01/contoso/o1 in_window"};
    const Lines expired{"2021-09-01/contoso/o1 expired"};
    CHECK(all.orders(OrdersThat::end, "2021-08-01", 30).empty());
    CHECK(all.orders(OrdersThat::end, "2021-08-02", 30) == active);
    CHECK(all.orders(OrdersThat::end, "2021-08-31", 0).empty());
    CHECK(all.orders(OrdersThat::end, "2021-09-01", 0) == active);
    // Its window ends on the first of October.
    CHECK(all.orders(OrdersThat::end, "2021-09-02", 28).empty());
    CHECK(all.orders(OrdersThat::end, "2021-09-02", 29) == in_window);
    CHECK(all.orders(OrdersThat::end, "2021-09-30", 0).empty());
    CHECK(all.orders(OrdersThat::end, "2021-10-01", 0) == in_window);
    CHECK(all.orders(OrdersThat::end, "2021-10-02", 3'660).empty());
    CHECK(all.orders(OrdersThat::expired, "2021-10-01").empty());
    CHECK(all.orders(OrdersThat::expired, "2021-10-02") == expired);
    CHECK(all.orders(OrdersThat::stand, "2021-10-02") == expired);
    CHECK(all.orders(OrdersThat::stand, "2021-09-01") == active);
}

TEST_CASE("What has ended stays so when a later policy gives longer windows", "[MEM-03]") {
    AllPartners all;
    all.add("contoso", {term_until("o1", "2021-09-01")});
    all.add("fabrikam", {term_until("o1", "2021-10-01")});
    all.window_from("2021-10-02", 60);
    CHECK(all.orders(OrdersThat::expired, "2021-10-02") == Lines{"2021-09-01/contoso/o1 expired"});
    CHECK(all.orders(OrdersThat::end, "2021-10-02", 58).empty());
    CHECK(all.orders(OrdersThat::end, "2021-10-02", 59) ==
          Lines{"2021-10-01/fabrikam/o1 in_window"});
    CHECK(all.orders(OrdersThat::expired, "2021-11-30").size() == 1);
    CHECK(all.orders(OrdersThat::expired, "2021-12-01").size() == 2);
}

TEST_CASE("A membership ends with its last term, and is over when its window is", "[MEM-05]") {
    AllPartners all;
    all.add("contoso", {term_until("o1", "2021-06-01"), term_until("o2", "2021-09-01")});
    all.add("fabrikam", {term_until("o1", "2021-06-01")});
    all.add("tailspin", {waits_until("o1", "2021-06-30")});
    const Lines contoso{"2021-09-01/contoso active"};
    CHECK(all.memberships(MembershipsThat::end, "2021-06-01", 0) ==
          Lines{"2021-06-01/fabrikam active"});
    CHECK(all.memberships(MembershipsThat::end, "2021-07-02", 90) == contoso);
    CHECK(all.memberships(MembershipsThat::ended, "2021-07-01").empty());
    CHECK(all.memberships(MembershipsThat::ended, "2021-07-02") ==
          Lines{"2021-06-01/fabrikam read_only"});
    CHECK(all.memberships(MembershipsThat::ended, "2021-10-01").size() == 1);
    CHECK(all.memberships(MembershipsThat::ended, "2021-10-02").size() == 2);
    CHECK(all.memberships(MembershipsThat::stand, "2021-07-02").size() == 2);
}

TEST_CASE(
    "An order that waits for its money is listed through its last day for it, and later only "
    "where one asks since when",
    "[MEM-13]") {
    AllPartners all;
    all.add("contoso", {waits_until("o1", "2021-02-08")});
    CHECK(all.orders(OrdersThat::wait, "2021-02-08") == Lines{"2021-02-08/contoso/o1 waiting"});
    CHECK(all.orders(OrdersThat::wait, "2021-02-09").empty());
    ListPage since;
    since.since = on_day("2021-02-08");
    CHECK(all.orders(OrdersThat::wait, "2021-02-09", 0, since) ==
          Lines{"2021-02-08/contoso/o1 lapsed"});
    since.since = on_day("2021-02-09");
    CHECK(all.orders(OrdersThat::wait, "2021-02-09", 0, since).empty());
    CHECK(all.orders(OrdersThat::stand, "2021-02-08").empty());
}

TEST_CASE("A failed charge is work through the window, and later only where one asks since when",
          "[OFF-03]") {
    AllPartners all;
    fb::OrderT order = term_until("o1", "2021-09-01");
    order.charge_ordered = order.charge_failed = on_day("2021-09-01").days;
    all.add("contoso", {order});
    all.add("fabrikam", {term_until("o1", "2021-09-01")});
    const Lines failed{"2021-09-01/contoso/o1 in_window"};
    CHECK(all.orders(OrdersThat::failed, "2021-09-02") == failed);
    CHECK(all.orders(OrdersThat::failed, "2021-10-01") == failed);
    CHECK(all.orders(OrdersThat::failed, "2021-10-02").empty());
    ListPage since;
    since.since = on_day("2021-09-01");
    CHECK(all.orders(OrdersThat::failed, "2021-10-02", 0, since) ==
          Lines{"2021-09-01/contoso/o1 expired"});
}

TEST_CASE("Charges are listed by day, each once, with what became of it", "[OFF-03][OFF-06]") {
    AllPartners all;
    fb::OrderT first = term_until("o1", "2021-09-01");
    first.charge_ordered = on_day("2021-09-01").days;
    first.renewed_by = "renewal-2021-09-01";
    fb::OrderT renewal = term_until("renewal-2021-09-01", "2022-09-01");
    renewal.renews = "o1";
    renewal.purchased = on_day("2021-09-03").days;
    renewal.cancelled = on_day("2021-09-20").days;
    all.add("contoso", {first, renewal});
    fb::OrderT waiting = term_until("o1", "2021-09-01");
    waiting.charge_ordered = on_day("2021-09-01").days;
    waiting.renewal_order = "renewal-2021-09-01";
    all.add("fabrikam", {waiting});
    fb::OrderT failed = term_until("o1", "2021-09-01");
    failed.charge_failed = on_day("2021-09-01").days;
    all.add("tailspin", {failed});
    all.add("wingtip", {waits_until("o1", "2021-09-30")});
    CHECK(all.charges(ChargesThat::stand) ==
          Lines{"2020-09-01/contoso/o1/paid", "2020-09-01/fabrikam/o1/paid",
                "2020-09-01/tailspin/o1/paid", "2021-09-01/fabrikam/o1/ordered",
                "2021-09-01/tailspin/o1/failed", "2021-09-03/contoso/renewal-2021-09-01/paid"});
    CHECK(all.charges(ChargesThat::wait) == Lines{"2021-09-01/fabrikam/o1/ordered"});
    CHECK(all.charges(ChargesThat::failed) == Lines{"2021-09-01/tailspin/o1/failed"});
    CHECK(all.charges(ChargesThat::stand, on_day("2021-08-31")).empty());
    CHECK(all.charges(ChargesThat::stand, on_day("2021-09-01")).size() == 2);
    CHECK(all.charges(ChargesThat::stand, on_day("2021-09-02")).empty());
    const auto lines = all.lines<fb::ListedChargeT>([](const auto& moment, const auto& on_line) {
        return each_charge(moment, {ChargesThat::stand, on_day("2021-09-03")}, {}, on_line);
    });
    REQUIRE(lines.size() == 1);
    CHECK(lines[0].standing == fb::ChargeStanding::paid);
    CHECK(lines[0].renewal);
    CHECK(lines[0].ordered == on_day("2021-09-01").days);
    CHECK(lines[0].refunded == on_day("2021-09-20").days);
    CHECK(lines[0].charge->amount == 47'500);
}

TEST_CASE("Reminders that were sent are listed by the day they were for", "[MEM-10]") {
    AllPartners all;
    fb::OrderT order = term_until("o1", "2021-09-01");
    for (const char* due : {"2021-08-02", "2021-08-17"}) {
        fb::RemindedT reminded;
        reminded.due = on_day(due).days;
        order.reminded.push_back(reminded);
    }
    all.add("contoso", {order});
    CHECK(all.reminders(kAllDays) ==
          Lines{"2021-08-02/contoso/o1 sent", "2021-08-17/contoso/o1 sent"});
    CHECK(all.reminders({on_day("2021-08-03"), on_day("2021-08-16")}).empty());
    CHECK(all.reminders({on_day("2021-08-17"), on_day("2021-08-17")}).size() == 1);
    const auto lines = all.lines<fb::ListedReminderT>([](const auto& moment, const auto& on_line) {
        return each_reminder(moment, {kAllDays, {}}, {}, on_line);
    });
    REQUIRE(lines.size() == 2);
    CHECK(lines[0].offset == -30);
    CHECK(lines[0].sent);
}

TEST_CASE(
    "Reminders fall due on the policy's days around the anniversary, today's included, and not "
    "again",
    "[MEM-10]") {
    AllPartners all;
    const auto sent_for = [](fb::OrderT order, const char* due) {
        order.reminded.emplace_back().due = on_day(due).days;
        return order;
    };
    // Today is the first of September.
    all.add("contoso", {term_until("o1", "2021-10-01")});
    all.add("fabrikam", {sent_for(term_until("o1", "2021-10-01"), "2021-09-01")});
    all.add("tailspin", {term_until("o1", "2021-09-01")});
    fb::OrderT renewed = term_until("o1", "2021-09-01");
    renewed.renewed_by = "o2";
    all.add("wingtip", {renewed, term_until("o2", "2022-09-01")});
    const Lines through_october{
        "2021-09-01/2021-10-01/contoso/o1 due",  "2021-09-02/2021-09-01/tailspin/o1 due",
        "2021-09-16/2021-10-01/contoso/o1 due",  "2021-09-16/2021-10-01/fabrikam/o1 due",
        "2021-09-24/2021-09-01/tailspin/o1 due", "2021-10-02/2021-10-01/contoso/o1 due",
        "2021-10-02/2021-10-01/fabrikam/o1 due"};
    const auto due = [&](const char* first, const char* last, ListPage page = {}) {
        return all.reminders(RemindersAsked{{}, DayRange{on_day(first), on_day(last)}}, page);
    };
    CHECK(due("2021-09-01", "2021-10-02") == through_october);
    CHECK(due("2021-08-01", "2021-10-02") == through_october);
    CHECK(due("2021-09-03", "2021-09-15").empty());
    CHECK(due("2021-09-16", "2021-09-16").size() == 2);
    for (const std::uint64_t size : {1U, 2U, 3U, 7U, 8U}) {
        Lines pages;
        ListPage page;
        page.limit = size;
        do {
            for (const std::string& line : due("2021-09-01", "2021-10-02", page))
                pages.push_back(line);
            REQUIRE_FALSE(pages.empty());
            page.after = pages.back().substr(0, pages.back().find(' '));
        } while (all.more());
        CHECK(pages == through_october);
    }
}

TEST_CASE("The reminders for today are those that were sent and then those that are still due",
          "[MEM-10]") {
    AllPartners all;
    fb::OrderT sent = term_until("o1", "2021-10-01");
    sent.reminded.emplace_back().due = on_day("2021-09-01").days;
    all.add("contoso", {sent});
    all.add("adatum", {term_until("o1", "2021-10-01")});
    const DayRange today{on_day("2021-09-01"), on_day("2021-09-01")};
    const Lines both{"2021-09-01/contoso/o1 sent", "2021-09-01/2021-10-01/adatum/o1 due"};
    CHECK(all.reminders(RemindersAsked{today, today}) == both);
    ListPage page;
    page.limit = 1;
    CHECK(all.reminders(RemindersAsked{today, today}, page) == Lines{both[0]});
    CHECK(all.more());
    page.after = "2021-09-01/contoso/o1";
    CHECK(all.reminders(RemindersAsked{today, today}, page) == Lines{both[1]});
    CHECK_FALSE(all.more());
}

namespace {

// Anniversaries of two partners a day, from the first of January 2021 on.
AllPartners two_a_day(int days) {
    AllPartners all;
    for (int i = 0; i < 2 * days; ++i) {
        const std::string day = to_string(plus_days(on_day("2021-01-01"), i / 2));
        const std::string number = std::to_string(1'000 + i);
        all.add("p" + number.substr(1), {term_until("o1", day.c_str())});
    }
    return all;
}

std::string place_in(const std::string& line) { return line.substr(0, line.find(' ')); }

}  // namespace

TEST_CASE("Pages of any size, one behind the other, are the whole list in either order") {
    AllPartners all = two_a_day(20);
    for (const bool newest_first : {false, true})
        for (const OrdersThat that : {OrdersThat::stand, OrdersThat::end, OrdersThat::expired}) {
            // Some are expired then, some in their windows, some active.
            const char* day = "2021-02-05";
            ListPage whole;
            whole.newest_first = newest_first;
            const Lines expected = all.orders(that, day, 27, whole);
            REQUIRE(expected.size() > 4);
            for (const std::uint64_t size : {1U, 2U, 7U, 100U}) {
                Lines pages;
                ListPage page = whole;
                page.limit = size;
                do {
                    for (const std::string& line : all.orders(that, day, 27, page))
                        pages.push_back(line);
                    REQUIRE_FALSE(pages.empty());
                    page.after = place_in(pages.back());
                } while (all.more());
                CHECK(pages == expected);
            }
        }
}

TEST_CASE("The next page begins behind a place whose line has gone meanwhile") {
    AllPartners all = two_a_day(3);
    ListPage page;
    page.limit = 2;
    const Lines first = all.orders(OrdersThat::stand, "2021-01-01", 0, page);
    REQUIRE(first.size() == 2);
    page.after = place_in(first[1]);
    const Lines next = all.orders(OrdersThat::stand, "2021-01-01", 0, page);
    all.erase_list_row(views::Listed::order, page.after);
    CHECK(all.orders(OrdersThat::stand, "2021-01-01", 0, page) == next);
}

TEST_CASE("A page reads its lines' rows and one more of the index, however long the list is") {
    AllPartners all = two_a_day(400);
    ListPage page;
    page.limit = 10;
    const auto read_for = [&](OrdersThat that, const ListPage& wanted) {
        CHECK(all.orders(that, "2022-01-20", 5, wanted).size() == 10);
        CHECK(all.more());
        return all.read();
    };
    // A line is a row of the index and its partner's; whether there are more is one further of each.
    constexpr std::uint64_t kRead = 2 * (10 + 1);
    CHECK(read_for(OrdersThat::stand, page) == kRead);
    CHECK(read_for(OrdersThat::expired, page) == kRead);
    // The place behind which it begins is read too, and the end of a range of days.
    ListPage later = page;
    later.after = "2021-07-01/p362/o1";
    CHECK(read_for(OrdersThat::expired, later) <= kRead + 1);
    CHECK(read_for(OrdersThat::end, page) <= kRead + 1);
    later.after.clear();
    later.since = on_day("2021-11-01");
    CHECK(read_for(OrdersThat::expired, later) == kRead);
    page.newest_first = true;
    CHECK(read_for(OrdersThat::expired, page) <= kRead + 1);
    CHECK(all.memberships(MembershipsThat::ended, "2022-01-20", 0, page).size() == 10);
    CHECK(all.read() <= kRead + 1);
    CHECK(all.charges(ChargesThat::stand, std::nullopt, page).size() == 10);
    CHECK(all.read() == kRead);
}

TEST_CASE("An index that names what isn't there is an error, not a shorter list") {
    AllPartners all = two_a_day(2);
    all.erase_partner("p002");
    CHECK(all.orders(OrdersThat::stand, "2021-01-01").size() == 2);
    CHECK(all.failed() == views::kRowDamaged);
    ListPage page;
    page.after = "o1";
    all.orders(OrdersThat::stand, "2021-01-01", 0, page);
    CHECK(all.failed() == kNoSuchPlace);
}

}  // namespace ledger::answers
