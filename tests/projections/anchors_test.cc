// The index of anchors: of each partner what its row says, whatever came before and in whichever
// batches it came.
#include "projections/anchors.h"

#include <algorithm>
#include <map>

#include "projections/fold.h"
#include "projections/map_rows.h"
#include "projections/queries.h"
#include "tests/support/catch.h"

namespace ledger::views {
namespace {

struct Happened {
    std::string partner;
    fb::EventUnion event;
};

template <typename EventT>
Happened happened(const std::string& partner, EventT event) {
    Happened one{partner, {}};
    one.event.Set(std::move(event));
    return one;
}

Happened placed(const std::string& partner, const std::string& order, const char* pay_by) {
    fb::OrderPlacedT event;
    event.order = order;
    event.offer = "action-pack";
    event.charge = std::make_unique<fb::MoneyT>();
    event.charge->currency = "USD";
    event.pay_by = parse_date(pay_by)->days;
    return happened(partner, std::move(event));
}

Happened paid(const std::string& partner, const std::string& order) {
    fb::PaymentReceivedT event;
    event.order = order;
    event.amount = std::make_unique<fb::MoneyT>();
    event.amount->currency = "USD";
    event.start = parse_date("2021-01-20")->days;
    event.anniversary = parse_date("2022-01-20")->days;
    return happened(partner, std::move(event));
}

Happened lapsed(const std::string& partner, const std::string& order) {
    fb::OrderLapsedT event;
    event.order = order;
    return happened(partner, std::move(event));
}

std::vector<Happened> story() {
    std::vector<Happened> all;
    all.push_back(placed("contoso", "o1", "2021-02-08"));
    all.push_back(placed("fabrikam", "o1", "2021-02-08"));
    all.push_back(placed("contoso", "o2", "2021-02-09"));
    all.push_back(placed("contoso", "o3", "2021-01-31"));
    all.push_back(placed("contoso", "o4", "2021-01-30"));
    all.push_back(paid("contoso", "o1"));
    all.push_back(paid("contoso", "o3"));
    all.push_back(lapsed("contoso", "o4"));
    return all;
}

// What a log of one partition would hold, judged.
class OneLog {
public:
    explicit OneLog(const std::vector<Happened>& story) {
        std::map<std::string, std::uint64_t> versions;
        Reading reading;
        for (const Happened& each : story) {
            EntryHeader header;
            header.epoch = 1;
            header.seq = ++reading.judge.seq;
            header.partner = each.partner;
            header.version = ++versions[each.partner];
            const std::string command = "c" + std::to_string(header.version);
            header.command_id = command;
            header.actor_id = "kim";
            records_.push_back(encode_entry(header, encode_body(each.event)));
            reading.judge.frontier.add(records_.back());
            reading.next = next(reading.next);
            readings_.push_back(reading);
        }
    }
    std::size_t size() const { return records_.size(); }
    // From the first to before the second, in one batch.
    Result<void> add(Fold& fold, std::size_t from, std::size_t to) const {
        std::vector<Judged> judged;
        for (std::size_t i = from; i < to; ++i)
            judged.push_back(
                {Position{i}, {VerdictKind::applied, Why::none}, decode_record(records_[i])});
        return fold.add(PartitionId{0}, judged, readings_[to - 1]);
    }
    void fold(Fold& fold, std::size_t from, std::size_t to) const {
        REQUIRE(add(fold, from, to).ok());
        REQUIRE(fold.commit().ok());
    }

private:
    std::vector<Bytes> records_;
    std::vector<Reading> readings_;
};

std::vector<std::string> anchors_in(const MapRows& rows) {
    std::vector<std::string> all;
    for (const auto& [key, value] : rows.all(Family::anchors)) {
        const auto anchor = parse_anchor_key(key);
        REQUIRE(anchor);
        CHECK(value.empty());
        all.push_back(to_string(anchor->on) + " " + std::string(anchor->partner) + " " +
                      std::string(anchor->order));
    }
    return all;
}

// Each partner's row says what its anchors are, and the index has no others.
void check_a_function_of_the_rows(const MapRows& rows) {
    std::vector<std::string> expected;
    for (const auto& [partner, row] : rows.all(Family::partners))
        for (std::string& key : anchor_keys(*unpack(view_of(row))))
            expected.push_back(std::move(key));
    std::sort(expected.begin(), expected.end());
    std::vector<std::string> found;
    for (const auto& [key, value] : rows.all(Family::anchors)) found.push_back(key);
    CHECK(found == expected);
}

}  // namespace

TEST_CASE("An order that waits for its money, lapsed unnoted, or has a term has an anchor, by day",
          "[MEM-13]") {
    const OneLog log(story());
    MapRows rows;
    Fold fold(rows);
    log.fold(fold, 0, 5);
    CHECK(anchors_in(rows) ==
          std::vector<std::string>{"2021-01-30 contoso o4", "2021-01-31 contoso o3",
                                   "2021-02-08 contoso o1", "2021-02-08 fabrikam o1",
                                   "2021-02-09 contoso o2"});
    log.fold(fold, 5, log.size());
    CHECK(anchors_in(rows) ==
          std::vector<std::string>{"2021-02-08 fabrikam o1", "2021-02-09 contoso o2",
                                   "2022-01-20 contoso o1", "2022-01-20 contoso o3"});
}

TEST_CASE("The index is the same in whichever batches the entries come, and folded twice",
          "[MEM-13]") {
    const OneLog log(story());
    MapRows whole;
    {
        Fold fold(whole);
        log.fold(fold, 0, log.size());
    }
    for (const std::size_t batch : {1, 2, 3}) {
        MapRows rows;
        Fold fold(rows);
        for (std::size_t at = 0; at < log.size(); at += batch) {
            log.fold(fold, at, std::min(at + batch, log.size()));
            check_a_function_of_the_rows(rows);
        }
        CHECK(rows.all(Family::anchors) == whole.all(Family::anchors));
    }
    MapRows again;
    Fold fold(again);
    log.fold(fold, 0, log.size());
    CHECK(again.all(Family::anchors) == whole.all(Family::anchors));
}

TEST_CASE("A fold that goes on after a restart knows the anchors that stand", "[MEM-13]") {
    const OneLog log(story());
    for (std::size_t killed_at = 1; killed_at < log.size(); ++killed_at) {
        MapRows rows;
        {
            Fold fold(rows);
            log.fold(fold, 0, killed_at);
        }
        // Keeps no partner between batches.
        Fold fold(rows, 0);
        for (std::size_t at = killed_at; at < log.size(); ++at) log.fold(fold, at, at + 1);
        CHECK(anchors_in(rows) ==
              std::vector<std::string>{"2021-02-08 fabrikam o1", "2021-02-09 contoso o2",
                                       "2022-01-20 contoso o1", "2022-01-20 contoso o3"});
    }
}

TEST_CASE("Entries that are delivered again are refused by the fold, and no anchor moves",
          "[LED-02][MEM-13]") {
    const OneLog log(story());
    MapRows rows;
    {
        Fold fold(rows);
        log.fold(fold, 0, log.size());
    }
    const auto before = rows.all(Family::anchors);
    for (std::size_t prefix = 1; prefix <= log.size(); ++prefix) {
        Fold fold(rows);
        CHECK(log.add(fold, 0, prefix).error().code == kVersionNotNext);
        CHECK(rows.all(Family::anchors) == before);
    }
}

TEST_CASE("A key of the index is a day, a partner and an order, and nothing else is one") {
    PartnerState state = new_partner(PartnerId{"contoso"});
    fb::OrderT order;
    order.id = "o1";
    order.pay_by = parse_date("2021-02-08")->days;
    state.orders.push_back(order);
    const auto keys = anchor_keys(state);
    REQUIRE(keys.size() == 1);
    const auto anchor = parse_anchor_key(keys[0]);
    REQUIRE(anchor);
    CHECK(anchor->on == *parse_date("2021-02-08"));
    CHECK(anchor->partner == "contoso");
    CHECK(anchor->order == "o1");
    CHECK_FALSE(parse_anchor_key(""));
    CHECK_FALSE(parse_anchor_key("abc"));
    CHECK_FALSE(parse_anchor_key("abcdcontoso"));
}

}  // namespace ledger::views
