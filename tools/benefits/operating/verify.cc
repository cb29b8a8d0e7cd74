// `benefits verify`
#include "consumers/verify.h"

#include <chrono>
#include <memory>

#include "tools/benefits/asking/at_work.h"
#include "tools/benefits/cli/command_line.h"
#include "tools/benefits/cli/format.h"
#include "tools/benefits/cli/json_text.h"
#include "tools/benefits/cli/output.h"
#include "tools/benefits/cli/table.h"
#include "tools/benefits/screens/lost_keys_text.h"

namespace ledger::tools {
namespace {

// Nothing is shown of what takes no longer than this, and no more often than this after it.
constexpr std::chrono::milliseconds kProgressEvery{1'000};

std::function<void(std::uint64_t)> progress() {
    auto shown = std::chrono::steady_clock::now();
    return [shown](std::uint64_t records) mutable {
        const auto now = std::chrono::steady_clock::now();
        if (now - shown < kProgressEvery) return;
        shown = now;
        show_progress("verifying, " + std::to_string(records) + " records read");
    };
}

std::string json(const Verification& found, bool complete, bool clean) {
    JsonList differences;
    for (const std::string& difference : found.differences) differences.add_text(difference);
    JsonObject document;
    document.flag("clean", clean).flag("complete", complete);
    document.number("partitions", found.partitions.size()).number("records", found.records);
    document.number("entries", found.entries).number("rows_compared", found.rows_compared);
    document.number("difference_count", found.difference_count)
        .json("differences", differences.line());
    add_lost_keys(document, found.lost);
    return indented(document.line());
}

std::string tables(const Verification& found, bool complete, bool clean) {
    const Screen on = screen();
    std::string out =
        title(clean ? "Verified: the views are what the log comes to" : "Not verified", on);
    out += facts({{"partitions", std::to_string(found.partitions.size())},
                  {"records read", std::to_string(found.records)},
                  {"entries applied", std::to_string(found.entries)},
                  {"rows compared", std::to_string(found.rows_compared)},
                  {"differences", std::to_string(found.difference_count)},
                  {"numbers agree", complete ? "yes" : "no"},
                  {"keys lost", std::to_string(found.lost.keys)}},
                 on, 2);
    for (const std::string& difference : found.differences) out += paragraph(difference, on, 2);
    for (const views::Completeness& partition : found.partitions)
        if (!partition.holds())
            out += paragraph("partition " + std::to_string(number(partition.partition)) +
                                 ": its numbers don't agree",
                             on, 2);
    return out;
}

ExitCode verify(const LedgerPlace& place, Format format) {
    const auto at_work = open_caught_up(place);
    if (!at_work) return fail(at_work.error());
    (*at_work)->node->close(kClosePatience);
    const Ledger& ledger = (*at_work)->ledger;
    const auto found =
        ledger::verify(*ledger.log, *ledger.rows->snapshot(), *ledger.keys, progress());
    show_progress({});
    if (!found) return fail(found.error());
    bool complete = true;
    for (const views::Completeness& partition : found->partitions)
        complete = complete && partition.holds();
    const bool clean = found->clean() && complete && !ledger.key_list->doubt();
    print(format == Format::json ? json(*found, complete, clean) : tables(*found, complete, clean));
    const ExitCode keys = end_with(found->lost, ledger.key_list.get());
    if (found->difference_count == 0 && complete) return keys;
    say("benefits: the views are not what the log comes to; the log is the truth: delete the views "
        "folder, they are "
        "made again from it");
    return ExitCode::failed;
}

}  // namespace

void add_verify(Subcommand parent, Action& chosen) {
    const Subcommand command = parent.add_subcommand(
        "verify",
        "Reads the whole log, judges and folds it anew, compares every row of the views, and looks "
        "for every key");
    auto format = std::make_shared<Format>(Format::table);
    add_format(command, *format);
    add_examples(command,
                 "  benefits verify\n"
                 "  benefits verify -o json | jq .clean\n");
    command.callback([format, &chosen] {
        chosen.run = [format](const LedgerPlace& place) { return verify(place, *format); };
    });
}

}  // namespace ledger::tools
