// What falls due in the whole ledger is found on its day, whatever changes meanwhile, and a day
// costs no more than what is due around it.
#include "consumers/due_agenda.h"

#include "aggregates/ledger_row.h"
#include "events/record.h"
#include "projections/anchors.h"
#include "projections/map_rows.h"
#include "projections/queries.h"
#include "tests/support/catch.h"

namespace ledger {
namespace {

using views::Family;
using views::MapRows;
using views::RowBatch;

Date day(const char* date) { return *parse_date(date); }

fb::PolicyVersionT policy(std::uint32_t version, const char* effective,
                          const std::vector<std::int16_t>& days = {}) {
    fb::PolicyVersionT policy;
    policy.version = version;
    policy.effective = day(effective).days;
    policy.renewal_window_days = 30;
    policy.note = "tested";
    for (const std::int16_t each : days) {
        fb::ReminderDayT reminder;
        reminder.days = each;
        policy.reminders.push_back(reminder);
    }
    return policy;
}

fb::OrderT order(const std::string& id, Date anniversary) {
    fb::OrderT order;
    order.id = id;
    order.offer = "action-pack";
    order.anniversary = anniversary.days;
    return order;
}

// Counts the partners' rows that are read.
class Counted : public views::Snapshot {
public:
    explicit Counted(const MapRows& rows) : snapshot_(rows.snapshot()) {}

    Result<std::optional<std::string>> get(Family family, std::string_view key) const override {
        if (family == Family::partners) ++partners;
        return snapshot_->get(family, key);
    }
    Result<void> walk(Family family, const views::Walk& way, const Visit& visit) const override {
        return snapshot_->walk(family, way, [&](std::string_view key, std::string_view value) {
            ++keys;
            return visit(key, value);
        });
    }
    Result<std::vector<bool>> have(Family family,
                                   std::span<const std::string_view> sought) const override {
        return snapshot_->have(family, sought);
    }

    mutable std::size_t partners = 0;
    mutable std::size_t keys = 0;

private:
    std::unique_ptr<const views::Snapshot> snapshot_;
};

// One partition; partners as their rows say, with the index of their anchors.
class Book {
public:
    Book() { publish(policy(1, "2000-01-01")); }

    void publish(const fb::PolicyVersionT& version) {
        ledger_.policies.push_back(version);
        RowBatch batch;
        batch.put(Family::ledger, views::ledger_key(PartitionId{0}), text_of(pack(ledger_)));
        REQUIRE(rows_.write(batch).ok());
    }
    void put(const PartnerState& partner) {
        RowBatch batch;
        if (const auto row = *rows_.snapshot()->get(Family::partners, partner.partner))
            for (const std::string& key : views::anchor_keys(*unpack(view_of(*row))))
                batch.erase(Family::anchors, key);
        batch.put(Family::partners, partner.partner, text_of(pack(partner)));
        for (const std::string& key : views::anchor_keys(partner))
            batch.put(Family::anchors, key, {});
        REQUIRE(rows_.write(batch).ok());
    }
    PartnerState partner(const std::string& id) const {
        const auto row = *rows_.snapshot()->get(Family::partners, id);
        return row ? *unpack(view_of(*row)) : new_partner(PartnerId{id});
    }
    void add(const std::string& id, const std::vector<fb::OrderT>& orders) {
        PartnerState state = partner(id);
        state.orders.insert(state.orders.end(), orders.begin(), orders.end());
        put(state);
    }
    // What the command says came to pass.
    void happen(const DueCommand& command) {
        PartnerState state = partner(command.partner);
        const fb::Command& packed = *fb::GetCommand(command.command.data());
        for (fb::OrderT& each : state.orders) {
            if (const auto* reminder = packed.body_as_SendReminder();
                reminder && text_of(reminder->order()) == each.id) {
                fb::RemindedT sent;
                sent.due = reminder->due();
                each.reminded.push_back(sent);
            }
            if (const auto* expiry = packed.body_as_NoteExpiry();
                expiry && text_of(expiry->order()) == each.id)
                each.noted = true;
        }
        put(state);
    }
    const MapRows& rows() const { return rows_; }

private:
    LedgerState ledger_;
    MapRows rows_;
};

std::optional<DueDay> next(DueAgenda& agenda, const Book& book, const char* through) {
    auto found = agenda.next(*book.rows().snapshot(), {day(through), {}});
    REQUIRE(found.ok());
    return *std::move(found);
}

// All that is due through a day, in order: "2021-12-11 contoso due/reminder".
std::vector<std::string> all_due(DueAgenda& agenda, Book& book, const char* through) {
    std::vector<std::string> all;
    while (const auto due = next(agenda, book, through))
        for (const DueCommand& each : due->commands) {
            all.push_back(to_string(due->on) + " " + each.partner + " " +
                          each.id.substr(0, each.id.find('/', 4)));
            book.happen(each);
            agenda.done(each);
        }
    return all;
}

std::string numbered(int number) { return "p" + std::to_string(1'000 + number); }

// A year's partners, each with an anniversary of its own day from 2021-01-01 on.
void fill(Book& book, int partners) {
    for (int i = 0; i < partners; ++i)
        book.add(numbered(i), {order("o1", plus_days(day("2021-01-01"), i))});
}

}  // namespace

TEST_CASE("Everything that is due comes once, the earliest day first, to the end", "[MEM-10]") {
    Book book;
    book.add("contoso", {order("o1", day("2021-03-01")), order("o2", day("2021-03-16"))});
    book.add("fabrikam", {order("o1", day("2021-03-01"))});
    DueAgenda agenda(1);
    CHECK_FALSE(next(agenda, book, "2021-01-29").has_value());
    CHECK(all_due(agenda, book, "2021-02-14") ==
          std::vector<std::string>{
              "2021-01-30 contoso due/reminder", "2021-01-30 fabrikam due/reminder",
              "2021-02-14 contoso due/reminder", "2021-02-14 fabrikam due/reminder",
              "2021-02-14 contoso due/reminder"});
    CHECK(all_due(agenda, book, "2030-01-01").size() == 15 - 5);
    CHECK_FALSE(next(agenda, book, "2040-01-01").has_value());
}

TEST_CASE("A reminder is found as far before its anniversary as any policy has it", "[MEM-10]") {
    Book book;
    book.add("contoso", {order("o1", day("2021-12-31"))});
    DueAgenda agenda(1);
    CHECK_FALSE(next(agenda, book, "2021-06-01").has_value());
    // A version that is published while the agenda is at work.
    book.publish(policy(2, "2020-06-01", {-365, -200}));
    const auto due = next(agenda, book, "2021-06-01");
    REQUIRE(due.has_value());
    CHECK(due->on == day("2020-12-31"));
    CHECK(all_due(agenda, book, "2021-12-31") ==
          std::vector<std::string>{"2020-12-31 contoso due/reminder",
                                   "2021-06-14 contoso due/reminder"});
}

TEST_CASE("For one day no rows are read but those whose anniversaries are around it") {
    Book book;
    fill(book, 300);
    DueAgenda agenda(1);
    const auto look = [&](const char* through, std::size_t due, std::size_t rows_max) {
        const Counted counted(book.rows());
        const auto found = agenda.next(counted, {day(through), {}});
        REQUIRE(found.ok());
        REQUIRE((*found).has_value());
        CHECK((**found).commands.size() == due);
        CHECK(counted.partners <= rows_max);
        CHECK(counted.keys <= 64);
        for (const DueCommand& each : (**found).commands) {
            book.happen(each);
            agenda.done(each);
        }
    };
    // The first day on which anything is due is 30 days before the first anniversary.
    look("2022-12-31", 1, 3);
    look("2022-12-31", 1, 3);
    // Further on a day has what is due on it: reminders of four, and an expiry.
    for (int i = 0; i < 70; ++i) {
        const auto found = next(agenda, book, "2022-12-31");
        for (const DueCommand& each : found->commands) {
            book.happen(each);
            agenda.done(each);
        }
    }
    for (int i = 0; i < 5; ++i) look("2022-12-31", 5, 12);
}

TEST_CASE(
    "An order that comes while the agenda is at work is met, also one whose day is long past") {
    Book book;
    fill(book, 40);
    DueAgenda agenda(1);
    REQUIRE(next(agenda, book, "2021-06-30").has_value());
    // Of a partner that is known, before all that is walked over, and of one that isn't.
    book.add(numbered(39), {order("o2", day("2020-06-01"))});
    book.add("zoo", {order("o1", day("2021-01-20"))});
    std::size_t late = 0, of_zoo = 0;
    const auto all = all_due(agenda, book, "2021-06-30");
    for (const std::string& each : all) {
        if (each.starts_with("2020-05") || each.starts_with("2020-06")) ++late;
        if (each.find("zoo") != std::string::npos) ++of_zoo;
    }
    CHECK(late == 4);  // and its expiry in July
    CHECK(of_zoo == 5);
    CHECK(all.size() == 40 * 5 + 5 + 5);
}

TEST_CASE("An order that is renewed while the agenda is at work is due no more, its successor is") {
    Book book;
    book.add("contoso", {order("o1", day("2021-03-01"))});
    DueAgenda agenda(1);
    CHECK(all_due(agenda, book, "2021-03-02").size() == 3);
    PartnerState renewed = book.partner("contoso");
    renewed.orders.front().renewed_by = "o2";
    renewed.orders.push_back(order("o2", day("2022-03-01")));
    book.put(renewed);
    CHECK(all_due(agenda, book, "2022-02-14") ==
          std::vector<std::string>{"2022-01-30 contoso due/reminder",
                                   "2022-02-14 contoso due/reminder"});
}

TEST_CASE("What came to no event is not found again before everything is looked at anew",
          "[LED-02]") {
    Book book;
    book.add("contoso", {order("o1", day("2021-03-01"))});
    DueAgenda agenda(1);
    const auto first = next(agenda, book, "2021-06-30");
    REQUIRE(first.has_value());
    CHECK(first->on == day("2021-01-30"));
    agenda.pass_over(first->commands.front());
    CHECK(next(agenda, book, "2021-06-30")->on == day("2021-02-14"));
    CHECK_FALSE(next(agenda, book, "2021-02-13").has_value());
    agenda.look_anew();
    const auto again = next(agenda, book, "2021-06-30");
    REQUIRE(again.has_value());
    CHECK(again->commands == first->commands);
}

TEST_CASE(
    "Only what is due in wanted partitions is in the agenda, and the rest when it is wanted") {
    Book book;
    book.add("contoso", {order("o1", day("2021-03-01"))});
    DueAgenda agenda(1);
    const auto none = agenda.next(*book.rows().snapshot(),
                                  {day("2021-06-30"), [](PartitionId) { return false; }});
    REQUIRE(none.ok());
    CHECK_FALSE((*none).has_value());
    CHECK(all_due(agenda, book, "2021-06-30").size() == 5);
}

TEST_CASE("A row of the index that is none, or of a partner that isn't there, is an error") {
    const auto code_with = [](const std::string& key) {
        Book book;
        RowBatch batch;
        batch.put(Family::anchors, key, {});
        MapRows rows = book.rows();
        REQUIRE(rows.write(batch).ok());
        DueAgenda agenda(1);
        const auto found = agenda.next(*rows.snapshot(), {day("2021-06-30"), {}});
        REQUIRE_FALSE(found.ok());
        return found.error().code;
    };
    CHECK(code_with("abc") == views::kRowDamaged);
    CHECK(code_with(views::anchor_keys([] {
              PartnerState gone = new_partner(PartnerId{"gone"});
              gone.orders.push_back(order("o1", day("2021-03-01")));
              return gone;
          }())[0]) == views::kRowDamaged);
}

}  // namespace ledger
