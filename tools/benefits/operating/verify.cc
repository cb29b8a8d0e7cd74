// `benefits verify`
#include "consumers/verify.h"

#include <memory>

#include "tools/benefits/asking/at_work.h"
#include "tools/benefits/cli/command_line.h"
#include "tools/benefits/cli/document.h"
#include "tools/benefits/cli/format.h"
#include "tools/benefits/cli/output.h"
#include "tools/benefits/cli/progress.h"
#include "tools/benefits/cli/table.h"
#include "tools/benefits/screens/copy_text.h"
#include "tools/benefits/screens/lost_keys_text.h"

namespace ledger::tools {
namespace {

// The log is read as far as the views have come.
Result<std::uint64_t> records_to_read(const Ledger& ledger, const views::Snapshot& rows) {
    std::uint64_t all = 0;
    for (std::uint32_t i = 0; i < ledger.log->partitions(); ++i) {
        const auto stands = views::find_reading(rows, PartitionId{i});
        if (!stands) return stands.error();
        all += number(stands->reading.next);
    }
    return all;
}

Result<Verification> verify_showing(const Ledger& ledger) {
    const auto rows = ledger.rows->snapshot();
    const auto all = records_to_read(ledger, *rows);
    if (!all) return all.error();
    Progress progress("verifying", "records");
    return ledger::verify(*ledger.log, *rows, *ledger.keys,
                          [&](std::uint64_t records) { progress.at(records, *all); });
}

fb::VerifiedT verified(const Verification& found, bool complete, bool clean) {
    fb::VerifiedT answer;
    answer.clean = clean;
    answer.complete = complete;
    answer.partition_count = found.partitions.size();
    answer.records = found.records;
    answer.entries = found.entries;
    answer.rows_compared = found.rows_compared;
    answer.difference_count = found.difference_count;
    answer.differences = found.differences;
    answer.lost = keys_lost(found.lost);
    return answer;
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
                                 ": its counts don't agree with each other",
                             on, 2);
    return out;
}

ExitCode verify(const LedgerPlace& place, const ListFormat& format) {
    const auto at_work = open_caught_up(place, StoppedPartition::fails);
    if (!at_work) return fail(at_work.error());
    (*at_work)->node->close(kClosePatience);
    const Ledger& ledger = (*at_work)->ledger;
    const auto found = verify_showing(ledger);
    if (!found) return fail(found.error());
    bool complete = true;
    for (const views::Completeness& partition : found->partitions)
        complete = complete && partition.holds();
    const bool clean = found->clean() && complete && !ledger.key_list->doubt();
    print_answer(format, verified(*found, complete, clean), {},
                 [&] { return tables(*found, complete, clean); });
    const ExitCode keys = end_with(found->lost, ledger.key_list.get());
    if (found->difference_count == 0 && complete) return keys;
    say("benefits: the views are not what the log comes to; the log is the truth: 'benefits "
        "rebuild' "
        "makes the views again from it");
    return ExitCode::failed;
}

}  // namespace

void add_verify(Subcommand parent, Action& chosen) {
    const Subcommand command = parent.add_subcommand(
        "verify",
        "Reads the whole log, judges and folds it anew, compares every row of the views, and looks "
        "for every key");
    auto format = std::make_shared<ListFormat>();
    add_format(command, *format);
    add_examples(command,
                 "  benefits verify\n"
                 "  benefits verify -o json | jq .clean\n");
    command.callback([format, &chosen] {
        chosen.run = [format](const LedgerPlace& place) { return verify(place, *format); };
    });
}

}  // namespace ledger::tools
