// Lists over a million partners: how long a page takes. The rows are made directly: a page depends
// on nothing else, and as many commands would take a quarter of an hour.
#include <chrono>
#include <filesystem>
#include <random>

#include "aggregates/ledger_row.h"
#include "events/limits.h"
#include "projections/answers/partner_lists.h"
#include "projections/sorted_runs.h"
#include "tools/bench/bench.h"
#include "tools/bench/workload.h"

namespace ledger::bench {
namespace {

using ListClock = std::chrono::steady_clock;

constexpr std::uint64_t kPageLines = 100;
constexpr int kPages = 500;
constexpr std::uint64_t kPageDrawSeed = 20210901;
constexpr std::size_t kListRunBytes = 64 * 1024 * 1024;
constexpr double kPageP99MaxMs = 20;
// Anniversaries lie from so many days before the ledger's day through a year after it.
constexpr std::int32_t kOldestDays = 1'095;
constexpr std::int32_t kNewestDays = 365;

// A partner with an order of what the catalogue grants, in each of the standings that lists tell of.
class ListedPartners {
public:
    explicit ListedPartners(const LedgerState& ledger)
        : offer_(catalogue_on(ledger, ledger.clock).offers.front()), today_(ledger.clock) {}

    PartnerState make(std::uint32_t partner) {
        PartnerState state = new_partner(PartnerId{partner_id(partner)});
        state.version = 8;
        state.legal_name = "Bench " + std::to_string(partner);
        state.address = "1 Main Street";
        state.tenants = {"bench.example"};
        state.contact_id = "kim";
        state.member_since = today_.days - kOldestDays;
        for (const char* id : {"kim", "lee"}) {
            fb::UserT& user = state.users.emplace_back();
            user.id = id;
            user.name.assign(80, 1);
            user.email.assign(80, 2);
        }
        state.orders.push_back(order(partner));
        return state;
    }

private:
    fb::OrderT order(std::uint32_t partner) {
        fb::OrderT order;
        order.id = "ap-2020";
        order.offer = offer_.id;
        order.kind = offer_.kind;
        order.charge_amount = 47'500;
        order.charge_currency = "USD";
        order.payment = fb::PaymentMethod::card;
        for (const fb::GrantT& grant : offer_.grants) {
            fb::BenefitT& benefit = order.benefits.emplace_back();
            benefit.sku = grant.sku;
            benefit.title = grant.title;
            benefit.granted = grant.quantity;
        }
        const auto spread = static_cast<std::int32_t>(draw_() % (kOldestDays + kNewestDays));
        if (partner % 50 == 0) {
            order.payment = fb::PaymentMethod::bank_transfer;
            order.purchased = today_.days;
            order.pay_by = today_.days + spread % 30;
            return order;
        }
        order.anniversary = today_.days - kOldestDays + spread;
        order.first = order.start = order.purchased = order.anniversary - 365;
        if (partner % 50 == 1) order.charge_failed = order.anniversary;
        if (partner % 50 == 2) {
            order.charge_ordered = order.anniversary;
            order.renewal_order = "renewal";
        }
        for (const std::int32_t days : {-30, -15, 1, 23})
            if (order.anniversary + days < today_.days)
                order.reminded.emplace_back().due = order.anniversary + days;
        return order;
    }

    const fb::OfferT& offer_;
    const Date today_;
    std::mt19937_64 draw_{kPageDrawSeed};
};

Result<void> write_listed(views::RocksRows& rows, const LedgerState& ledger,
                          std::uint32_t partners) {
    ListedPartners made(ledger);
    views::SortedRuns runs(rows, kListRunBytes);
    flatbuffers::FlatBufferBuilder builder;
    for (std::uint32_t i = 0; i < partners; ++i) {
        const PartnerState state = made.make(i);
        const auto put =
            runs.put(views::Family::partners, state.partner, text_of(pack(state, builder)));
        if (!put) return put;
        for (const std::string& key : views::list_keys(state))
            if (const auto listed = runs.put(views::Family::lists, key, {}); !listed) return listed;
    }
    const Bytes row = pack(ledger);
    for (std::uint32_t i = 0; i < limits::kPartitionsDefault; ++i)
        if (const auto put =
                runs.put(views::Family::ledger, views::ledger_key(PartitionId{i}), text_of(row));
            !put)
            return put;
    return runs.write();
}

using AskPage = std::function<Result<std::uint64_t>(const answers::LedgerMoment& moment,
                                                    const answers::ListPage& page)>;

template <typename LineT, typename Asked, typename Each>
AskPage page_of(Asked asked, Each each) {
    return [asked, each](const answers::LedgerMoment& moment,
                         const answers::ListPage& page) -> Result<std::uint64_t> {
        std::uint64_t lines = 0;
        const Result<bool> told = each(moment, asked, page, [&lines](const LineT& line) {
            lines += line.partner.empty() ? 0 : 1;
            return true;
        });
        if (!told) return told.error();
        return lines;
    };
}

// From a snapshot on: with the ledger's own state of every partition, as each question reads it.
// Each begins on a day drawn from the range.
Result<Measured> ask_pages(const views::RocksRows& rows, Date today, answers::DayRange since,
                           const AskPage& ask) {
    std::mt19937_64 draw(kPageDrawSeed);
    std::vector<double> latencies;
    const auto began = ListClock::now();
    for (int i = 0; i < kPages; ++i) {
        answers::ListPage page;
        page.limit = kPageLines;
        const std::int64_t days = std::int64_t{since.last.days} - since.first.days + 1;
        page.since = plus_days(
            since.first, static_cast<std::int32_t>(draw() % static_cast<std::uint64_t>(days)));
        const auto asked = ListClock::now();
        const auto snapshot = rows.snapshot();
        const auto moment = answers::ledger_moment(*snapshot, limits::kPartitionsDefault, today);
        if (!moment) return moment.error();
        const auto lines = ask(*moment, page);
        if (!lines) return lines.error();
        if (*lines != kPageLines) return error("a page of the benchmark is not full");
        latencies.push_back(
            std::chrono::duration<double, std::milli>(ListClock::now() - asked).count());
    }
    return of_latencies(latencies, std::chrono::duration<double>(ListClock::now() - began).count());
}

struct ListAsked {
    const char* name;
    answers::DayRange since;
    AskPage ask;
};

std::vector<ListAsked> lists_asked(Date today) {
    using namespace answers;
    const DayRange past{plus_days(today, -kOldestDays), plus_days(today, -90)};
    const DayRange coming{plus_days(today, -20), plus_days(today, 20)};
    const DayRange old{plus_days(today, -kOldestDays), plus_days(today, -kOldestDays)};
    return {
        {"list memberships --expired", past,
         page_of<fb::ListedMembershipT>(MembershipsAsked{MembershipsThat::ended, 0, today},
                                        each_membership)},
        {"list orders --ending 30", coming,
         page_of<fb::ListedOrderT>(OrdersAsked{OrdersThat::end, 30, today}, each_order)},
        {"list orders --unpaid", old,
         page_of<fb::ListedOrderT>(OrdersAsked{OrdersThat::wait, 0, today}, each_order)},
        {"list orders --failed", past,
         page_of<fb::ListedOrderT>(OrdersAsked{OrdersThat::failed, 0, today}, each_order)},
        {"list charges", past,
         page_of<fb::ListedChargeT>(ChargesAsked{ChargesThat::stand, {}}, each_charge)},
        {"list reminders", past,
         page_of<fb::ListedReminderT>(RemindersAsked{kAllDays, {}}, each_reminder)},
    };
}

}  // namespace

Result<std::vector<BenchRow>> bench_lists(const BenchSettings& settings) {
    const std::string directory = settings.directory + "/lists";
    const auto rows = views::RocksRows::open(directory);
    if (!rows) return rows.error();
    fb::GenesisT made = genesis(limits::kPartitionsDefault);
    flatbuffers::FlatBufferBuilder builder;
    builder.Finish(fb::Genesis::Pack(builder, &made));
    LedgerState ledger =
        from_genesis(*flatbuffers::GetRoot<fb::Genesis>(builder.GetBufferPointer()));
    ledger.clock = plus_days(ledger.clock, kOldestDays);
    if (const auto written = write_listed(**rows, ledger, settings.listed_partners); !written)
        return written.error();
    std::vector<BenchRow> measured;
    for (const ListAsked& list : lists_asked(ledger.clock)) {
        const auto pages = ask_pages(**rows, ledger.clock, list.since, list.ask);
        if (!pages) return pages.error();
        BenchRow row = figure_row("p99 of " + std::string(list.name) + ", a page of " +
                                      std::to_string(kPageLines) + " of " +
                                      std::to_string(settings.listed_partners) + " partners",
                                  pages->p99_ms, "ms", kPageP99MaxMs,
                                  "reading and unpacking a partner's row for each line, from a "
                                  "block of its own");
        row.ours = *pages;
        measured.push_back(std::move(row));
    }
    return measured;
}

}  // namespace ledger::bench
