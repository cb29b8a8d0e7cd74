#include "tests/sim/shrink.h"

#include <algorithm>

#include "tests/sim/world.h"

namespace ledger::sim {
namespace {

constexpr std::uint64_t kDiceTried = 64;

Plan plan_of(std::uint64_t seed, const Cuts& cuts) {
    Dice dice(seed);
    Plan plan = Plan::draw(dice);
    LEDGER_CHECK(plan.cut(cuts));
    return plan;
}

class Shrinker {
public:
    Shrinker(std::uint64_t seed, const Cuts& cuts, std::chrono::seconds time_max)
        : seed_(seed), until_(std::chrono::steady_clock::now() + time_max) {
        shrunk_.cuts = cuts;
        shrunk_.run = run_apart(seed, cuts);
    }

    Shrunk shrink() {
        // What one pass made possible the next one takes.
        for (bool smaller = true; smaller && in_time();) {
            smaller = cut_faults();
            smaller |= cut_number(&Cuts::readers, &Plan::readers, 0);
            smaller |= cut_number(&Cuts::writers, &Plan::writers, 1);
            smaller |= cut_number(&Cuts::partitions, &Plan::partitions, 1);
            smaller |= cut_number(&Cuts::commands, &Plan::commands, 1);
            smaller |= cut_steps();
        }
        return shrunk_;
    }

private:
    bool in_time() const { return std::chrono::steady_clock::now() < until_; }

    // True when the smaller run fails too.
    bool fails(Cuts cuts) {
        const std::uint64_t first = cuts.dice;
        for (std::uint64_t i = 0; i < kDiceTried && in_time(); ++i) {
            cuts.dice = i == 0 ? first : i - (i <= first ? 1 : 0);
            ++shrunk_.runs;
            RanApart run = run_apart(seed_, cuts);
            if (run.objection.empty()) continue;
            shrunk_.cuts = cuts;
            shrunk_.run = std::move(run);
            return true;
        }
        return false;
    }

    // All at once, then one after the other.
    bool cut_faults() {
        const std::vector<std::string> all = plan_of(seed_, shrunk_.cuts).faults.names();
        Cuts cuts = shrunk_.cuts;
        cuts.only = std::vector<std::string>{};
        if (!all.empty() && fails(cuts)) return true;
        bool smaller = false;
        for (const std::string& name : all) {
            cuts = shrunk_.cuts;
            cuts.only = plan_of(seed_, shrunk_.cuts).faults.names();
            std::erase(*cuts.only, name);
            smaller |= fails(cuts);
        }
        return smaller;
    }

    // To the least there can be, else by ever smaller pieces.
    bool cut_number(std::optional<std::uint64_t> Cuts::*cut, std::uint64_t Plan::*planned,
                    std::uint64_t least) {
        return cut_down(cut, plan_of(seed_, shrunk_.cuts).*planned, least);
    }
    bool cut_steps() {
        const std::uint64_t most = plan_of(seed_, shrunk_.cuts).steps;
        return cut_down(&Cuts::steps,
                        shrunk_.run.steps > 0 ? std::min(shrunk_.run.steps, most) : most, 0);
    }
    bool cut_down(std::optional<std::uint64_t> Cuts::*cut, std::uint64_t now, std::uint64_t least) {
        const std::uint64_t before = now;
        for (std::uint64_t piece = now - std::min(now, least); piece > 0;) {
            Cuts cuts = shrunk_.cuts;
            cuts.*cut = now - piece;
            if (fails(cuts))
                now -= piece;
            else
                piece /= 2;
            piece = std::min(piece, now - least);
        }
        return now < before;
    }

    std::uint64_t seed_;
    std::chrono::steady_clock::time_point until_;
    Shrunk shrunk_;
};

}  // namespace

Shrunk shrink(std::uint64_t seed, const Cuts& cuts, std::chrono::seconds time_max) {
    return Shrinker(seed, cuts, time_max).shrink();
}

}  // namespace ledger::sim
