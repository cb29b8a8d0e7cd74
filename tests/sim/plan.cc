#include "tests/sim/plan.h"

namespace ledger::sim {
namespace {

constexpr std::uint64_t kStepsMax = 60'000;

std::string option(const char* name, const std::optional<std::uint64_t>& value) {
    return value ? std::string(" --") + name + " " + std::to_string(*value) : "";
}

std::string counted(std::uint64_t count, const char* what) {
    return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

}  // namespace

std::string Cuts::arguments() const {
    std::string text = option("partitions", partitions) + option("writers", writers) +
                       option("readers", readers) + option("commands", commands) +
                       option("steps", steps);
    if (dice > 0) text += option("dice", dice);
    if (only) {
        text += " --only ";
        for (std::size_t i = 0; i < only->size(); ++i) text += (i == 0 ? "" : ",") + (*only)[i];
        if (only->empty()) text += "none";
    }
    return text;
}

Plan Plan::draw(Dice& dice) {
    Plan plan;
    plan.partitions = dice.per_mille(250) ? 2 : 1;
    plan.writers = dice.between(1, 4);
    plan.readers = dice.per_mille(500) ? dice.between(1, 3) : 0;
    plan.sandbox = dice.per_mille(700);
    plan.commands = dice.between(80, 400);
    plan.open_max = dice.between(1, 24);
    plan.step_ms = dice.per_mille(500) ? 3 : 30;
    plan.steps = kStepsMax;
    plan.ask_again = dice.between(0, 3);
    plan.closes = dice.per_mille(500);
    plan.faults = Faults::draw(dice);
    plan.settings.in_flight_max_entries = static_cast<std::uint32_t>(dice.between(1, 12));
    plan.settings.checkpoint_every_entries =
        plan.settings.in_flight_max_entries + static_cast<std::uint32_t>(dice.between(1, 8));
    plan.settings.queue_max_commands = dice.per_mille(200) ? 4 : 64;
    plan.settings.hot_partners_max = dice.between(1, 4);
    plan.settings.tenure_min_ms = 50 * plan.step_ms * dice.between(1, 20);
    plan.settings.tenure_max_ms = 3 * plan.settings.tenure_min_ms;
    // Tenures are long here, and a pause of doubt is one that was doubled: healing waits for it.
    plan.settings.doubt_growth_max = 1;
    plan.settings.tenure_round_trips = dice.between(0, 4);
    plan.settings.read_back_patience_ms = dice.per_mille(500) ? 300 : 3'000;
    plan.settings.silence_ms = 500;
    return plan;
}

bool Plan::cut(const Cuts& cuts) {
    partitions = cuts.partitions.value_or(partitions);
    writers = cuts.writers.value_or(writers);
    readers = cuts.readers.value_or(readers);
    commands = cuts.commands.value_or(commands);
    steps = cuts.steps.value_or(steps);
    return !cuts.only || faults.keep_only(*cuts.only);
}

std::string Plan::text() const {
    return counted(partitions, "partition") + ", " + counted(writers, "writing node") + ", " +
           counted(readers, "reading node") + ", " + counted(commands, "command") + ", at most " +
           std::to_string(open_max) + " at once, " + (sandbox ? "sandbox" : "production") +
           "; per thousand: " + faults.text();
}

}  // namespace ledger::sim
