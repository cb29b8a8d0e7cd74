// `benefits generate`: commands of made-up partners, for tests and for a first look. Nothing is
// kept of a partner but the days on which it acts, so a million of them fit.
#include <algorithm>
#include <memory>
#include <span>
#include <vector>

#include "events/date.h"
#include "tools/benefits/command_line.h"
#include "tools/benefits/generated_partner.h"
#include "tools/benefits/json_text.h"
#include "tools/benefits/ledger_clock.h"
#include "tools/benefits/output.h"
#include "tools/benefits/prng.h"

namespace ledger::tools {
namespace {

constexpr std::uint64_t kPartnersMax = 1'000'000;
constexpr std::uint32_t kDaysMax = 3'660;
// Partners whose commands of a day are mixed with one another.
constexpr std::size_t kMixedPartners = 64;
constexpr std::size_t kWriteBytes = 64 * 1024;

struct GenerateOptions {
    std::uint64_t partners = 0;
    std::uint64_t seed = 0;
    std::uint32_t days = 0;
    std::string start = "2020-09-01";
};

// By day, who does something on it.
using ActiveDays = std::vector<std::vector<std::uint32_t>>;

ActiveDays active_days(const GenerateOptions& options, std::uint32_t days) {
    ActiveDays active(days);
    for (std::uint64_t i = 0; i < options.partners; ++i) {
        std::uint32_t last = kDaysMax;
        for (const GeneratedStep& step : generated_partner(options.seed, i, days)) {
            if (step.day != last) active[step.day].push_back(static_cast<std::uint32_t>(i));
            last = step.day;
        }
    }
    return active;
}

// What these partners do on one day: each in its own order, one among the other.
std::string mixed(const GenerateOptions& options, std::span<const std::uint32_t> partners,
                  std::uint32_t day, std::uint32_t days) {
    std::vector<std::vector<GeneratedStep>> waiting;
    for (const std::uint32_t partner : partners) {
        std::vector<GeneratedStep> steps = generated_partner(options.seed, partner, days);
        std::erase_if(steps, [&](const GeneratedStep& step) { return step.day != day; });
        std::reverse(steps.begin(), steps.end());
        waiting.push_back(std::move(steps));
    }
    Prng random(derived_seed(derived_seed(options.seed, kPartnersMax + day), partners.front()));
    std::string lines;
    while (!waiting.empty()) {
        const std::size_t at = random.below(waiting.size());
        lines += waiting[at].back().command;
        waiting[at].pop_back();
        if (waiting[at].empty()) {
            waiting[at].swap(waiting.back());
            waiting.pop_back();
        }
    }
    return lines;
}

ExitCode generate(const GenerateOptions& options) {
    const std::uint32_t days = std::max<std::uint32_t>(1, options.days);
    const ActiveDays active = active_days(options, days);
    std::string lines;
    for (std::uint32_t day = 0; day < days; ++day) {
        const Date date = plus_days(*parse_date(options.start), static_cast<std::int32_t>(day));
        if (options.days > 0) lines += JsonObject().text("clock", to_string(date)).line() + "\n";
        for (std::size_t from = 0; from < active[day].size(); from += kMixedPartners) {
            const std::size_t count = std::min(kMixedPartners, active[day].size() - from);
            lines += mixed(options, std::span(active[day]).subspan(from, count), day, days);
            if (lines.size() < kWriteBytes) continue;
            if (!print(lines)) return ExitCode::done;
            lines.clear();
        }
    }
    print(lines);
    return ExitCode::done;
}

}  // namespace

void add_generate(CLI::App& parent, Action& chosen) {
    CLI::App& command = *parent.add_subcommand(
        "generate", "Prints commands of made-up partners: the same for the same seed");
    auto options = std::make_shared<GenerateOptions>();
    command.add_option("--partners", options->partners, "How many partners")
        ->type_name("N")
        ->required()
        ->check(CLI::Range(std::uint64_t{1}, kPartnersMax).description(""));
    command.add_option("--seed", options->seed, "Another seed, other commands")
        ->type_name("S")
        ->required();
    command
        .add_option("--days", options->days,
                    "Spread over so many days, with lines that move a sandbox ledger's clock "
                    "(default: 0, without)")
        ->type_name("D")
        ->check(CLI::Range(std::uint32_t{0}, kDaysMax).description(""));
    command.add_option("--start", options->start, "First day (default: 2020-09-01)")
        ->type_name("DATE")
        ->check(date_form());
    command.footer(
        "Examples:\n"
        "  benefits generate --partners 100 --seed 7 | benefits submit > answers.jsonl\n"
        "  benefits generate --partners 1000 --seed 7 --days 365 > year.jsonl\n"
        "\n"
        "About 13 commands a partner; some are refused, some change nothing, some come twice.");
    command.callback([options, &chosen] {
        chosen.needs_ledger = false;
        chosen.run = [options](const LedgerPlace&) { return generate(*options); };
    });
}

}  // namespace ledger::tools
