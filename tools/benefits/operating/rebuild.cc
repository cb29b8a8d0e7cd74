// `benefits rebuild`
#include "consumers/rebuild.h"

#include <memory>

#include "operations_generated.h"
#include "tools/benefits/asking/at_work.h"
#include "tools/benefits/cli/command_line.h"
#include "tools/benefits/cli/document.h"
#include "tools/benefits/cli/format.h"
#include "tools/benefits/cli/output.h"
#include "tools/benefits/cli/progress.h"
#include "tools/benefits/cli/table.h"

namespace ledger::tools {
namespace {

struct RebuildTime {
    Rebuilt rebuilt;
    double seconds = 0;
};

fb::RebuiltT rebuilt_answer(const RebuildTime& outcome) {
    const Rebuilt& rebuilt = outcome.rebuilt;
    fb::RebuiltT answer;
    answer.records = rebuilt.records;
    answer.entries = rebuilt.entries;
    answer.partners = rebuilt.partners;
    answer.milliseconds = static_cast<std::uint64_t>(outcome.seconds * 1000);
    answer.notes = rebuilt.notes;
    answer.compared = rebuilt.not_compared.empty();
    answer.not_compared = rebuilt.not_compared;
    answer.rows_compared = rebuilt.rows_compared;
    answer.difference_count = rebuilt.difference_count;
    answer.differences = rebuilt.differences;
    return answer;
}

std::string compared_in_words(const Rebuilt& rebuilt) {
    if (!rebuilt.not_compared.empty()) return "not compared: " + rebuilt.not_compared;
    const std::string rows = grouped(rebuilt.rows_compared) + " rows compared at equal positions, ";
    if (rebuilt.difference_count == 0) return rows + "all alike";
    return rows + grouped(rebuilt.difference_count) + " of them differ";
}

std::string tables(const RebuildTime& outcome) {
    const Screen on = screen();
    const Rebuilt& rebuilt = outcome.rebuilt;
    char seconds[32];
    std::snprintf(seconds, sizeof seconds, "%.1f s", outcome.seconds);
    std::string out = title("The views were made anew from the log and are in use", on);
    out += facts({{"records", grouped(rebuilt.records)},
                  {"entries", grouped(rebuilt.entries)},
                  {"partners", grouped(rebuilt.partners)},
                  {"took", seconds},
                  {"old views", compared_in_words(rebuilt)}},
                 on, 2);
    for (const std::string& difference : rebuilt.differences) out += paragraph(difference, on, 4);
    if (rebuilt.difference_count > rebuilt.differences.size())
        out += paragraph(
            "and " + grouped(rebuilt.difference_count - rebuilt.differences.size()) + " more", on,
            4);
    return out;
}

ExitCode rebuild(const LedgerPlace& place, const ListFormat& format) {
    auto ledger = open_log_only(place);
    if (!ledger) return fail(ledger.error());
    say_notes(*ledger);
    const auto begun = std::chrono::steady_clock::now();
    const auto rebuilt = [&] {
        Progress progress("rebuilding", "steps");
        RebuildSettings settings;
        settings.progress = [&](std::uint64_t done, std::uint64_t all) { progress.at(done, all); };
        return rebuild_views(*ledger, settings);
    }();
    if (!rebuilt) return fail(rebuilt.error());
    for (const std::string& note : rebuilt->notes) say("benefits: " + note);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
    const RebuildTime outcome{*rebuilt, took.count()};
    print_answer(format, rebuilt_answer(outcome), {}, [&] { return tables(outcome); });
    if (rebuilt->difference_count > 0)
        say("benefits: the old views were not what the log comes to; the new ones are, and what "
            "differed is listed");
    return ExitCode::done;
}

}  // namespace

void add_rebuild(Subcommand parent, Action& chosen) {
    const Subcommand command = parent.add_subcommand(
        "rebuild", "Makes the views anew from the log, compares them with the old, switches");
    auto format = std::make_shared<ListFormat>();
    add_format(command, *format);
    add_examples(command,
                 "  benefits rebuild\n"
                 "  benefits rebuild -o json | jq .difference_count\n"
                 "\n"
                 "The log isn't touched. The old views stay in use until the new ones are whole, "
                 "so there must be\n"
                 "room for both; killed at any moment, run it again. No other process may have the "
                 "ledger's folder\n"
                 "open.\n");
    command.callback([format, &chosen] {
        chosen.run = [format](const LedgerPlace& place) { return rebuild(place, *format); };
    });
}

}  // namespace ledger::tools
