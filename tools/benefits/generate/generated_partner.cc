#include "tools/benefits/generate/generated_partner.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "aggregates/catalogue/catalogue.h"
#include "aggregates/deadlines/due.h"
#include "aggregates/orders/terms.h"
#include "aggregates/policy/policy.h"
#include "aggregates/possible/command.h"
#include "aggregates/possible/drawn.h"
#include "aggregates/possible/stand_in.h"
#include "aggregates/renewals/cards.h"

namespace ledger::tools {
namespace {

constexpr possible::Dials kDeeds{
    .wrong = 10, .likely = 1'000, .nothing = 100, .expected = 10, .until = 0};
constexpr possible::Dials kSlips{.wrong = 200, .likely = 0, .expected = 100, .until = 0};
// Of a thousand steps.
constexpr std::uint64_t kSlip = 110;
constexpr std::uint64_t kAgain = 40;
constexpr std::uint64_t kStepsMin = 12;
constexpr std::uint64_t kStepsMax = 36;
// Who joins is in a hurry; then the days go by.
constexpr std::uint64_t kStepsOfJoining = 8;
constexpr std::uint64_t kJoiningPauseMaxDays = 2;
constexpr std::uint64_t kPauseMaxDays = 21;
constexpr std::uint64_t kDaysOfAYear = 365;
// Of a thousand windows that open, and the days until somebody comes.
constexpr std::uint64_t kMinded = 700;
constexpr std::uint64_t kMindedWithinDays = 9;
// Of a thousand steps while something can be renewed.
constexpr std::uint64_t kRenewing = 300;
constexpr std::uint32_t kRenewingShare = 150;

// What makes an order follow another is asked more often than all else then.
std::vector<possible::Share> renewing_shares() {
    std::vector<possible::Share> shares;
    for (const json::Choice& type : possible::commands())
        if (type.table->field("new_order"))
            shares.push_back({static_cast<fb::CommandBody>(type.value), kRenewingShare});
    return shares;
}

const possible::Dials& renewing_deeds() {
    static const std::vector<possible::Share> kShares = renewing_shares();
    static const possible::Dials kDials = [] {
        possible::Dials dials = kDeeds;
        dials.shares = kShares;
        return dials;
    }();
    return kDials;
}

// Cards pay for weeks, fail for one, keep silent for one.
constexpr int kWeekDays = 7;
constexpr int kCardWeeks = 6;

// What a ledger begins with.
const LedgerState& first_versions() {
    static const LedgerState state = [] {
        LedgerState first;
        first.policies = policy::initial_policies().value();
        first.catalogues = catalogue::initial_catalogues().value();
        return first;
    }();
    return state;
}

class Life {
public:
    Life(std::uint64_t seed, std::uint64_t index, std::uint32_t days, Date start)
        : dice_(possible::derived_seed(seed, index)),
          believed_(new_partner(PartnerId{fmt::format("p{:06}", index + 1)}), first_versions()),
          days_(days),
          start_(start),
          day_(dice_.between(0, (days - 1) / 2)) {}

    std::vector<GeneratedStep> steps() {
        const std::uint64_t years = std::max<std::uint64_t>(1, days_ / kDaysOfAYear);
        const std::uint64_t count = dice_.between(kStepsMin, kStepsMax) * years;
        for (std::uint64_t i = 0; i < count; ++i) {
            step(i);
            day_ = day_after(i);
            day_ = std::min<std::uint64_t>(day_, days_ - 1);
        }
        return std::move(steps_);
    }

private:
    // Who is reminded of a renewal comes when its window opens, mostly.
    std::uint64_t day_after(std::uint64_t number) {
        const std::uint64_t pause =
            dice_.between(0, number < kStepsOfJoining ? kJoiningPauseMaxDays : kPauseMaxDays);
        const Date from = plus_days(start_, static_cast<std::int32_t>(day_));
        const Date to = plus_days(from, static_cast<std::int32_t>(pause));
        for (const fb::OrderT& order : believed_.partner().orders) {
            const Date opens = orders::window_opens(order);
            if (opens <= from || to < opens || order.start == 0) continue;
            if (dice_.per_mille(kMinded))
                return static_cast<std::uint64_t>(opens.days - start_.days) +
                       dice_.between(0, kMindedWithinDays);
        }
        return day_ + pause;
    }

    // Something of the partner's can be renewed, upgraded or settled.
    bool wants_renewal(Date today) const {
        const Policies policies(first_versions().policies);
        const auto& orders = believed_.partner().orders;
        return std::any_of(orders.begin(), orders.end(), [&](const fb::OrderT& order) {
            const orders::Term term = orders::term_of(order, today, policies);
            return orders::awaits_charge(order) || term == orders::Term::in_window ||
                   term == orders::Term::expired || order.kind == fb::OfferKind::silver;
        });
    }

    void step(std::uint64_t number) {
        if (!steps_.empty() && dice_.per_mille(kAgain)) {
            steps_.push_back({today(), dice_.pick(steps_).command});
            return;
        }
        const std::string id = fmt::format("c{:03}", number + 1);
        const Time now = start_of(plus_days(start_, static_cast<std::int32_t>(day_)));
        take_what_fell_due(now);
        const Bytes bytes = drawn(believed_.at(now), id);
        const fb::Command& command = *fb::GetCommand(bytes.data());
        believed_.take(command, now);
        steps_.push_back(
            {today(),
             json::to_json(command, json::Style{possible::stand_in_open(), false}) + "\n"});
    }

    // The ledger does it by itself when its clock is moved, day by day, and the cards answer.
    void take_what_fell_due(Time now) {
        const Policies policies(first_versions().policies);
        while (true) {
            auto due = deadlines::due(believed_.partner(), policies, date_of(now));
            std::erase_if(due, [&](const deadlines::Due& each) {
                return passed_over_.contains(deadlines::id_of(each));
            });
            if (due.empty()) return;
            const Date on = std::max(due.front().on, last_due_);
            last_due_ = on;
            const Bytes bytes = deadlines::command_of(believed_.partner().partner, due.front());
            const Ruling ruling = believed_.take(*fb::GetCommand(bytes.data()), start_of(on));
            if (!std::holds_alternative<NewEntry>(ruling.says))
                passed_over_.insert(deadlines::id_of(due.front()));
            let_cards_answer(on);
        }
    }

    // On the day of the charge, or by the move that leaves it.
    void let_cards_answer(Date on) {
        for (const std::uint32_t later : {0U, 1U}) {
            const fb::Cards cards = cards_on(on.days - start_.days + static_cast<int>(later));
            for (const Bytes& bytes : renewals::answers_of_cards(believed_.partner(), cards, on))
                believed_.take(*fb::GetCommand(bytes.data()), start_of(on));
        }
    }

    Bytes drawn(const possible::Standing& standing, const std::string& id) {
        if (wants_renewal(standing.today()) && dice_.per_mille(kRenewing))
            return renewing_.any(standing, id);
        return dice_.per_mille(kSlip) ? slips_.any(standing, id) : deeds_.any(standing, id);
    }

    std::uint32_t today() const { return static_cast<std::uint32_t>(day_); }

    possible::Dice dice_;
    possible::Drawing deeds_{dice_, kDeeds};
    possible::Drawing slips_{dice_, kSlips};
    possible::Drawing renewing_{dice_, renewing_deeds()};
    possible::Believed believed_;
    std::uint32_t days_;
    Date start_;
    std::uint64_t day_;
    Date last_due_;
    std::set<std::string> passed_over_;
    std::vector<GeneratedStep> steps_;
};

}  // namespace

fb::Cards cards_on(int day) {
    switch (day / kWeekDays % kCardWeeks) {
        case 2:
            return fb::Cards::fail;
        case 4:
            return fb::Cards::silent;
    }
    return fb::Cards::ok;
}

std::vector<GeneratedStep> generated_partner(std::uint64_t seed, std::uint64_t index,
                                             std::uint32_t days, Date start) {
    return Life(seed, index, days, start).steps();
}

}  // namespace ledger::tools
