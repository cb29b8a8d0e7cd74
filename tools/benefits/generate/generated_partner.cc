#include "tools/benefits/generate/generated_partner.h"

#include <fmt/format.h>

#include <algorithm>

#include "aggregates/catalogue/catalogue.h"
#include "aggregates/deadlines/due.h"
#include "aggregates/policy/policy.h"
#include "aggregates/possible/drawn.h"
#include "aggregates/possible/stand_in.h"

namespace ledger::tools {
namespace {

constexpr possible::Dials kDeeds{
    .wrong = 10, .likely = 1'000, .nothing = 300, .expected = 10, .until = 0};
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
        const std::uint64_t count = dice_.between(kStepsMin, kStepsMax);
        for (std::uint64_t i = 0; i < count; ++i) {
            step(i);
            day_ += dice_.between(0, i < kStepsOfJoining ? kJoiningPauseMaxDays : kPauseMaxDays);
            day_ = std::min<std::uint64_t>(day_, days_ - 1);
        }
        return std::move(steps_);
    }

private:
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

    // The ledger does it by itself when its clock is moved.
    void take_what_fell_due(Time now) {
        for (const deadlines::Due& due : deadlines::due(
                 believed_.partner(), Policies(first_versions().policies), date_of(now))) {
            const Bytes bytes = deadlines::command_of(believed_.partner().partner, due);
            believed_.take(*fb::GetCommand(bytes.data()), now);
        }
    }

    Bytes drawn(const possible::Standing& standing, const std::string& id) {
        return dice_.per_mille(kSlip) ? slips_.any(standing, id) : deeds_.any(standing, id);
    }

    std::uint32_t today() const { return static_cast<std::uint32_t>(day_); }

    possible::Dice dice_;
    possible::Drawing deeds_{dice_, kDeeds};
    possible::Drawing slips_{dice_, kSlips};
    possible::Believed believed_;
    std::uint32_t days_;
    Date start_;
    std::uint64_t day_;
    std::vector<GeneratedStep> steps_;
};

}  // namespace

std::vector<GeneratedStep> generated_partner(std::uint64_t seed, std::uint64_t index,
                                             std::uint32_t days, Date start) {
    return Life(seed, index, days, start).steps();
}

}  // namespace ledger::tools
