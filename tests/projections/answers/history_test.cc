// A history by pages: any piece of it, in either order, to the event.
#include "projections/answers/history.h"

#include <functional>

#include "aggregates/partner.h"
#include "events/record.h"
#include "projections/map_rows.h"
#include "tests/support/catch.h"

namespace ledger::answers {
namespace {

using Versions = std::vector<std::uint64_t>;

// Counts what is read of the rows below.
class CountedSnapshot : public views::Snapshot {
public:
    explicit CountedSnapshot(const views::Snapshot& below) : below_(below) {}

    Result<std::optional<std::string>> get(views::Family family,
                                           std::string_view key) const override {
        ++read_;
        return below_.get(family, key);
    }
    Result<void> walk(views::Family family, const views::Walk& way,
                      const Visit& visit) const override {
        return below_.walk(family, way, [&](std::string_view key, std::string_view value) {
            ++read_;
            return visit(key, value);
        });
    }
    Result<std::vector<bool>> have(views::Family family,
                                   std::span<const std::string_view> keys) const override {
        read_ += keys.size();
        return below_.have(family, keys);
    }

    std::uint64_t read() const { return read_; }

private:
    const views::Snapshot& below_;
    mutable std::uint64_t read_ = 0;
};

// Ten events: 1 by kim, then agreements by kim and lee in turn, two a day from 2020-09-02 on.
class Contoso {
public:
    Contoso() {
        fb::PartnerRegisteredT registered;
        registered.legal_name = "Contoso";
        registered.contact = std::make_unique<fb::PersonT>();
        registered.user = std::make_unique<fb::PersonT>();
        registered.user->id = "kim";
        happen("2020-09-01", "kim", std::move(registered));
        for (int i = 0; i < 9; ++i) {
            fb::AgreementAcceptedT accepted;
            accepted.agreement = std::to_string(i);
            const std::string day = "2020-09-0" + std::to_string(2 + i / 2);
            happen(day, i % 2 == 0 ? "lee" : "kim", std::move(accepted));
        }
        PartnerState state = new_partner(PartnerId{"contoso"});
        state.version = version_;
        RowBatch row;
        row.put(views::Family::partners, "contoso", text_of(pack(state)));
        REQUIRE(rows_.write(row).ok());
    }

    // `on_event` is told how many rows were read so far.
    Versions of(
        const Page& page,
        const std::function<void(std::uint64_t)>& on_event = [](std::uint64_t) {}) const {
        const auto all = rows_.snapshot();
        const CountedSnapshot rows(*all);
        const Snapshot snapshot{rows, PartitionId{0}, Position{10}, {}, Date{0}};
        const PartnerId partner{"contoso"};
        const auto newest = newest_version(snapshot, partner);
        REQUIRE(newest.ok());
        const std::uint64_t before = rows.read();
        Versions versions;
        const auto read = each_event(snapshot, partner, *newest, page, words(),
                                     [&](const fb::HistoryEvent& event) {
                                         versions.push_back(event.entry()->version());
                                         on_event(rows.read() - before);
                                         return versions.size() < end_after_;
                                     });
        REQUIRE(read.ok());
        return versions;
    }
    Result<void> without(std::uint64_t version, const Page& page) {
        RowBatch row;
        row.erase(views::Family::history, views::history_key(PartitionId{0}, "contoso", version));
        REQUIRE(rows_.write(row).ok());
        const auto rows = rows_.snapshot();
        const Snapshot snapshot{*rows, PartitionId{0}, Position{10}, {}, Date{0}};
        return each_event(snapshot, PartnerId{"contoso"}, version_, page, words(),
                          [](const fb::HistoryEvent&) { return true; });
    }
    void end_after(std::size_t events) { end_after_ = events; }

private:
    using RowBatch = views::RowBatch;

    static Words words() {
        Words words;
        words.of_event = [](const fb::Body&) { return std::string("something"); };
        return words;
    }

    template <typename Event>
    void happen(const std::string& day, const char* actor, Event event) {
        fb::EventUnion any;
        any.Set(std::move(event));
        EntryHeader header;
        header.partner = "contoso";
        header.version = ++version_;
        header.time_ms = start_of(*parse_date(day)).milliseconds;
        header.command_id = "c";
        header.actor_id = actor;
        const Bytes record = encode_entry(header, encode_body(any));
        const std::uint64_t position = flatbuffers::EndianScalar(version_);
        RowBatch row;
        row.put(views::Family::history, views::history_key(PartitionId{0}, "contoso", version_),
                {reinterpret_cast<const char*>(&position), sizeof position},
                text_of(BytesView(record)));
        REQUIRE(rows_.write(row).ok());
    }

    views::MapRows rows_;
    std::uint64_t version_ = 0;
    std::size_t end_after_ = 1'000;
};

Page page() { return {}; }

}  // namespace

TEST_CASE("A whole history stands from its first event to its last, or the other way round") {
    Page backwards = page();
    backwards.newest_first = true;
    CHECK(Contoso().of(page()) == Versions{1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
    CHECK(Contoso().of(backwards) == Versions{10, 9, 8, 7, 6, 5, 4, 3, 2, 1});
}

TEST_CASE("The last events are the newest ones, in the order that is wanted") {
    Page last = page();
    last.last = 3;
    CHECK(Contoso().of(last) == Versions{8, 9, 10});
    last.newest_first = true;
    CHECK(Contoso().of(last) == Versions{10, 9, 8});
    last.last = 100;
    CHECK(Contoso().of(last).size() == 10);
}

TEST_CASE("A limit counts from the first that is printed") {
    Page limit = page();
    limit.limit = 2;
    CHECK(Contoso().of(limit) == Versions{1, 2});
    limit.newest_first = true;
    CHECK(Contoso().of(limit) == Versions{10, 9});
}

TEST_CASE("Since a day means that day too") {
    const auto since = [](const char* day) {
        Page some = page();
        some.since = parse_date(day);
        return Contoso().of(some);
    };
    CHECK(since("2020-08-01").size() == 10);
    CHECK(since("2020-09-05") == Versions{8, 9, 10});
    CHECK(since("2020-09-06") == Versions{10});
    CHECK(since("2020-09-07").empty());
}

TEST_CASE("Type and actor leave out what doesn't fit, before anything is counted") {
    Page some = page();
    some.type = "AgreementAccepted";
    some.actor = "kim";
    CHECK(Contoso().of(some) == Versions{3, 5, 7, 9});
    some.last = 2;
    CHECK(Contoso().of(some) == Versions{7, 9});
    some.since = parse_date("2020-09-05");
    CHECK(Contoso().of(some) == Versions{9});
    some.type = "PartnerRegistered";
    CHECK(Contoso().of(some).empty());
}

TEST_CASE("Every event of a history is told before the next one is read") {
    for (const bool newest_first : {false, true}) {
        Page some = page();
        some.newest_first = newest_first;
        std::uint64_t told = 0;
        CHECK(Contoso().of(some, [&](std::uint64_t read) { CHECK(read == ++told); }).size() == 10);
    }
}

TEST_CASE("No more of a history is read than the page needs") {
    const auto read_for = [](const Page& page) {
        std::uint64_t most = 0;
        Contoso().of(page, [&](std::uint64_t read) { most = read; });
        return most;
    };
    Page some = page();
    some.limit = 2;
    CHECK(read_for(some) == 2);
    some.newest_first = true;
    CHECK(read_for(some) == 2);
    some.limit = std::nullopt;
    some.last = 3;
    CHECK(read_for(some) == 3);
    // Once from behind to find where they begin, then on from there.
    some.newest_first = false;
    CHECK(read_for(some) == 6);
    // A day is found by halves: four looks at ten events.
    Page since = page();
    since.since = parse_date("2020-09-06");
    CHECK(read_for(since) <= 4 + 1);
}

TEST_CASE("A history with a hole in it is an error, not a shorter history") {
    for (const bool newest_first : {false, true})
        for (const std::uint64_t hole : {1U, 4U, 10U}) {
            Page some = page();
            some.newest_first = newest_first;
            CHECK_FALSE(Contoso().without(hole, some).ok());
        }
}

TEST_CASE("A reading of history ends where it is told to") {
    for (const bool newest_first : {false, true}) {
        Contoso contoso;
        contoso.end_after(2);
        Page some = page();
        some.newest_first = newest_first;
        CHECK(contoso.of(some).size() == 2);
        some.last = 5;
        CHECK(contoso.of(some).size() == 2);
    }
}

}  // namespace ledger::answers
