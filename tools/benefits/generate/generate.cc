// `benefits generate`: commands of made-up partners, for tests and for a first look. Where they are
// many nothing is kept of a partner but the days on which it acts, so a million of them fit.
#include <algorithm>
#include <memory>
#include <span>
#include <vector>

#include "aggregates/possible/dice.h"
#include "command_generated.h"
#include "events/date.h"
#include "events/json/encode.h"
#include "tools/benefits/asking/ledger_clock.h"
#include "tools/benefits/cli/command_line.h"
#include "tools/benefits/cli/output.h"
#include "tools/benefits/generate/generated_partner.h"

namespace ledger::tools {
namespace {

constexpr std::uint64_t kPartnersMax = 1'000'000;
constexpr std::uint32_t kDaysMax = 3'660;
// So many partners are kept whole; of more of them each is made again for every day it acts on.
constexpr std::uint64_t kKeptPartnersMax = 20'000;
// Partners whose commands of a day are mixed with one another.
constexpr std::size_t kMixedPartners = 64;
constexpr std::size_t kWriteBytes = 64 * 1024;

struct GenerateOptions {
    std::uint64_t partners = 0;
    std::uint64_t seed = 0;
    std::uint32_t days = 0;
    std::string start = "2020-09-01";
};

// The partners' lives, day by day.
class Lives {
public:
    Lives(const GenerateOptions& options, std::uint32_t days)
        : seed_(options.seed), days_(days), start_(*parse_date(options.start)), active_(days) {
        for (std::uint32_t i = 0; i < options.partners; ++i) {
            std::vector<GeneratedStep> steps = generated_partner(seed_, i, days_, start_);
            std::uint32_t last = kDaysMax;
            for (const GeneratedStep& step : steps) {
                if (step.day != last) active_[step.day].push_back(i);
                last = step.day;
            }
            if (options.partners <= kKeptPartnersMax) kept_.push_back(std::move(steps));
        }
    }

    // Who does something on the day.
    std::span<const std::uint32_t> active_on(std::uint32_t day) const { return active_[day]; }

    // What the partner does on the day, the last first.
    std::vector<GeneratedStep> backwards_on(std::uint32_t day, std::uint32_t partner) const {
        std::vector<GeneratedStep> made;
        if (kept_.empty()) made = generated_partner(seed_, partner, days_, start_);
        const std::vector<GeneratedStep>& steps = kept_.empty() ? made : kept_[partner];
        std::vector<GeneratedStep> wanted;
        for (auto step = steps.rbegin(); step != steps.rend(); ++step)
            if (step->day == day) wanted.push_back(*step);
        return wanted;
    }

private:
    std::uint64_t seed_;
    std::uint32_t days_;
    Date start_;
    std::vector<std::vector<std::uint32_t>> active_;
    std::vector<std::vector<GeneratedStep>> kept_;
};

// What these partners do on one day: each in its own order, one among the other.
std::string mixed(const Lives& lives, std::uint64_t seed, std::span<const std::uint32_t> partners,
                  std::uint32_t day) {
    std::vector<std::vector<GeneratedStep>> waiting;
    for (const std::uint32_t partner : partners)
        waiting.push_back(lives.backwards_on(day, partner));
    possible::Dice dice(
        possible::derived_seed(possible::derived_seed(seed, kPartnersMax + day), partners.front()));
    std::string lines;
    while (!waiting.empty()) {
        const std::size_t at = dice.index(waiting.size());
        lines += waiting[at].back().command;
        waiting[at].pop_back();
        if (waiting[at].empty()) {
            waiting[at].swap(waiting.back());
            waiting.pop_back();
        }
    }
    return lines;
}

std::string clock_line(Date date, std::uint32_t day) {
    fb::ClockLineT line;
    line.clock = date.days;
    line.cards = cards_on(static_cast<int>(day));
    return json::to_json(json::Packed(line).view()) + "\n";
}

ExitCode generate(const GenerateOptions& options) {
    const std::uint32_t days = std::max<std::uint32_t>(1, options.days);
    const Lives lives(options, days);
    std::string lines;
    for (std::uint32_t day = 0; day < days; ++day) {
        const Date date = plus_days(*parse_date(options.start), static_cast<std::int32_t>(day));
        if (options.days > 0) lines += clock_line(date, day);
        const std::span<const std::uint32_t> active = lives.active_on(day);
        for (std::size_t from = 0; from < active.size(); from += kMixedPartners) {
            const std::size_t count = std::min(kMixedPartners, active.size() - from);
            lines += mixed(lives, options.seed, active.subspan(from, count), day);
            if (lines.size() < kWriteBytes) continue;
            if (!print(lines)) return ExitCode::done;
            lines.clear();
        }
    }
    print(lines);
    return ExitCode::done;
}

}  // namespace

void add_generate(Subcommand parent, Action& chosen) {
    const Subcommand command = parent.add_subcommand(
        "generate", "Prints commands of made-up partners: the same for the same seed");
    auto options = std::make_shared<GenerateOptions>();
    command.add_option("--partners", options->partners, "How many partners")
        .type_name("N")
        .required()
        .within(std::uint64_t{1}, kPartnersMax);
    command.add_option("--seed", options->seed, "Another seed, other commands")
        .type_name("S")
        .required();
    command
        .add_option("--days", options->days,
                    "Spread over D days, with lines that move a sandbox ledger's clock "
                    "(default: 0, without)")
        .type_name("D")
        .within(std::uint32_t{0}, kDaysMax);
    command.add_option("--start", options->start, "First day (default: 2020-09-01)")
        .type_name("DATE")
        .check(date_form);
    command.footer(
        "Examples:\n"
        "  benefits generate --partners 100 --seed 7 | benefits submit > answers.jsonl\n"
        "  benefits generate --partners 1000 --seed 7 --days 365 > year.jsonl\n"
        "\n"
        "About 24 commands a partner; some are refused, some change nothing, some come twice.");
    command.callback([options, &chosen] {
        chosen.needs_ledger = false;
        chosen.pages = false;
        chosen.run = [options](const LedgerPlace&) { return generate(*options); };
    });
}

}  // namespace ledger::tools
