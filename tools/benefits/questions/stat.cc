// `benefits stat`
#include <algorithm>
#include <memory>

#include "consumers/start.h"
#include "consumers/tried_again.h"
#include "events/record.h"
#include "projections/answers/stat.h"
#include "tools/benefits/asking/at_work.h"
#include "tools/benefits/asking/ledger_clock.h"
#include "tools/benefits/cli/command_line.h"
#include "tools/benefits/cli/document.h"
#include "tools/benefits/cli/format.h"
#include "tools/benefits/cli/output.h"
#include "tools/benefits/cli/progress.h"
#include "tools/benefits/cli/rows_text.h"
#include "tools/benefits/cli/table.h"
#include "tools/benefits/screens/lost_keys_text.h"
#include "tools/benefits/screens/stat_text.h"

namespace ledger::tools {
namespace {

// The views as they are, before anything more of the log is read, beside the log's ends.
struct Stat {
    fb::LedgerStatT answer;
    LostKeys lost;  // looked for where the key store is in doubt
};

// How far the log goes, and how much of it the views have not read yet.
Result<void> read_ends(const Ledger& ledger, const views::Snapshot& rows, fb::LedgerStatT& stat) {
    std::uint64_t all = 0;
    for (fb::PartitionStatT& each : stat.partitions) {
        const PartitionId partition{each.count->partition};
        // Views of another log have no lag behind this one.
        if (const auto fits = stored_reading(*ledger.log, rows, partition); !fits)
            return fits.error();
        const auto end = ledger.log->end(partition);
        if (!end) return end.error();
        each.end = number(*end);
        each.lag = *each.end - std::min(*each.end, each.count->next);
        all += *each.lag;
    }
    stat.lag = all;
    return {};
}

void forget_ends(fb::LedgerStatT& stat) {
    for (fb::PartitionStatT& each : stat.partitions) {
        each.end.reset();
        each.lag.reset();
    }
}

Result<void> count_rows(const Ledger& ledger, const views::Snapshot& rows, fb::LedgerStatT& stat) {
    const auto partitions = views::count_everything(rows, ledger.log->partitions());
    if (!partitions) return partitions.error();
    stat.total = std::make_unique<fb::TotalCountT>(answers::total_count(*partitions));
    for (fb::PartitionCountT& count : answers::partition_counts(*partitions))
        stat.partitions.emplace_back().count =
            std::make_unique<fb::PartitionCountT>(std::move(count));
    const auto partners = answers::count_partners(rows);
    if (!partners) return partners.error();
    stat.partners = *partners;
    const auto state = ledger_state(rows, PartitionId{0});
    if (!state) return state.error();
    stat.today = today_of(*state).days;
    return {};
}

Result<LostKeys> read_lost_keys(const Ledger& ledger, const views::Snapshot& rows,
                                fb::LedgerStatT& stat) {
    LostKeys lost;
    if (ledger.key_list && ledger.key_list->doubt()) {
        auto found = find_lost_keys(rows, *ledger.keys);
        if (!found) return found.error();
        lost = std::move(*found);
    }
    stat.keys_lost = lost.keys;
    stat.keys_lost_partners = lost.partners;
    return lost;
}

Result<Stat> read_stat(const Ledger& ledger) {
    Stat stat;
    fb::LedgerStatT& answer = stat.answer;
    const auto rows = ledger.rows->snapshot();
    answer.ledger = std::make_unique<fb::Id128>(to_fb(ledger.id));
    answer.sandbox = ledger.sandbox;
    answer.at = name_of(ledger.place);
    answer.closed = ledger.closed.has_value();
    if (const auto counted = count_rows(ledger, *rows, answer); !counted) return counted.error();
    if (const auto read = read_ends(ledger, *rows, answer); !read) {
        if (!read.error().no_answer) return read.error();
        if (!ledger.closed) say("benefits: " + read.error().message);
        forget_ends(answer);
    }
    const auto retries = read_tried_again(ledger.place.directory);
    if (!retries) return retries.error();
    for (const auto& [name, count] : *retries) {
        fb::NamedCountT& named = answer.retries.emplace_back();
        named.name = name;
        named.count = count;
    }
    auto lost = read_lost_keys(ledger, *rows, answer);
    if (!lost) return lost.error();
    stat.lost = std::move(*lost);
    return stat;
}

// "doubts 3, producers made 1", or "nothing".
std::string retries_text(const std::vector<fb::NamedCountT>& retries) {
    std::string text;
    for (const fb::NamedCountT& each : retries)
        if (each.count > 0)
            text += (text.empty() ? "" : ", ") + each.name + " " + grouped(each.count);
    std::replace(text.begin(), text.end(), '_', ' ');
    return text.empty() ? "nothing" : text;
}

std::string tables(const Ledger& ledger, const fb::LedgerStatT& stat) {
    const Screen on = screen();
    const fb::RecordCountsT& counts = *stat.total->counts;
    std::string out = title("Ledger " + to_hex(ledger.id), on);
    out += facts(
        {{"kind", stat.sandbox ? "sandbox" : "production"},
         {"log", stat.at + ", " + std::to_string(stat.partitions.size()) + " partitions"},
         {"closed", ledger.closed ? ledger.closed->message : ""},
         {"today", to_string(Date{stat.today})},
         {"partners", grouped(stat.partners)},
         {"entries", grouped(counts.applied)},
         {"lag", stat.lag ? grouped(*stat.lag) + " records of the log not read into the views yet"
                          : "unknown: the log doesn't answer"},
         {"claims", grouped(counts.claims)},
         {"void", grouped(counts.void_)},
         {"tried again", retries_text(stat.retries)},
         {"complete", stat.total->complete ? "yes" : "NO: 'benefits verify' says where"}},
        on, 2);
    Table table(2);
    table.column("partition", Align::right).column("end", Align::right);
    table.column("lag", Align::right).column("epoch", Align::right);
    table.column("entries", Align::right).column("claims", Align::right);
    table.column("void", Align::right).column("absent", Align::right).column("complete");
    for (const fb::PartitionStatT& each : stat.partitions) {
        const fb::RecordCountsT& own = *each.count->records;
        table.row({std::to_string(each.count->partition), each.end ? grouped(*each.end) : "?",
                   each.lag ? grouped(*each.lag) : "?", grouped(each.count->epoch),
                   grouped(own.applied), grouped(own.claims), grouped(own.void_),
                   grouped(own.absent), each.count->complete ? "yes" : "NO"});
    }
    return out + "\n" + table.text(on);
}

ExitCode stat(const LedgerPlace& place, const ListFormat& format) {
    const auto ledger = open_views(place);
    if (!ledger) return fail(ledger.error());
    const auto stat = read_stat(*ledger);
    if (!stat) return fail(stat.error());
    const fb::LedgerStatT& answer = stat->answer;
    print_list(format, answer, answer.partitions, [&] { return tables(*ledger, answer); });
    const ExitCode keys = end_with(stat->lost, ledger->key_list.get());
    if (answer.total->complete) return keys;
    say("benefits: the counts of a partition don't agree with each other; 'benefits verify' says "
        "where");
    return ExitCode::failed;
}

}  // namespace

void add_stat(Subcommand parent, Action& chosen) {
    const Subcommand command = parent.add_subcommand(
        "stat", "Tells how the ledger is doing: lag of the views, voids, claims, completeness");
    auto format = std::make_shared<ListFormat>();
    add_format(command, *format);
    add_examples(command,
                 "  benefits stat\n"
                 "  benefits stat -o json | jq .lag\n"
                 "  benefits stat -o csv | cut -d, -f1,3\n"
                 "\n"
                 "The numbers are of the views as they are; 'benefits log stat' reads the log to "
                 "its end first.\n"
                 "Tried again: what this folder's nodes had to do again, in all runs together.\n" +
                     std::string(kCompleteMeans) + "\n");
    command.callback([format, &chosen] {
        chosen.run = [format](const LedgerPlace& place) { return stat(place, *format); };
    });
}

}  // namespace ledger::tools
