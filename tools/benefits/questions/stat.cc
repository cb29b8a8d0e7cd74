// `benefits stat`
#include <algorithm>
#include <memory>

#include "consumers/start.h"
#include "consumers/tried_again.h"
#include "tools/benefits/asking/at_work.h"
#include "tools/benefits/asking/ledger_clock.h"
#include "tools/benefits/cli/command_line.h"
#include "tools/benefits/cli/format.h"
#include "tools/benefits/cli/json_text.h"
#include "tools/benefits/cli/output.h"
#include "tools/benefits/cli/progress.h"
#include "tools/benefits/cli/rows_text.h"
#include "tools/benefits/cli/table.h"
#include "tools/benefits/screens/lost_keys_text.h"
#include "tools/benefits/screens/stat_text.h"

namespace ledger::tools {
namespace {

constexpr std::string_view kStatColumns[] = {
    "partition", "end",    "lag",  "next",    "epoch",  "seq",
    "applied",   "claims", "void", "control", "absent", "complete",
};

// The views as they are, before anything more of the log is read, beside the log's ends.
struct Stat {
    std::vector<views::Completeness> partitions;
    std::vector<std::uint64_t> ends;  // none: the log doesn't answer
    Total total;
    std::uint64_t partners = 0;
    LedgerState state;
    TriedAgain retries;
    LostKeys lost;  // looked for where the key store is in doubt

    bool knows_ends() const { return !ends.empty(); }
    std::uint64_t lag(std::size_t i) const {
        return ends[i] - std::min(ends[i], number(partitions[i].reading.next));
    }
    std::uint64_t all_lag() const {
        std::uint64_t sum = 0;
        for (std::size_t i = 0; i < ends.size(); ++i) sum += lag(i);
        return sum;
    }
};

Result<void> read_ends(const Ledger& ledger, const views::Snapshot& rows, Stat& stat) {
    for (std::uint32_t i = 0; i < ledger.log->partitions(); ++i) {
        // Views of another log have no lag behind this one.
        if (const auto fits = stored_reading(*ledger.log, rows, PartitionId{i}); !fits)
            return fits.error();
        const auto end = ledger.log->end(PartitionId{i});
        if (!end) return end.error();
        stat.ends.push_back(number(*end));
    }
    return {};
}

Result<Stat> read_stat(const Ledger& ledger) {
    Stat stat;
    const auto rows = ledger.rows->snapshot();
    if (const auto read = read_ends(ledger, *rows, stat); !read) {
        if (!read.error().no_answer) return read.error();
        if (!ledger.closed) say("benefits: " + read.error().message);
        stat.ends.clear();
    }
    auto partitions = views::count_everything(*rows, ledger.log->partitions());
    if (!partitions) return partitions.error();
    stat.partitions = std::move(*partitions);
    stat.total = total_of(stat.partitions);
    const auto counted =
        rows->scan(views::Family::partners, {}, [&](std::string_view, std::string_view) {
            ++stat.partners;
            return true;
        });
    if (!counted) return counted.error();
    auto state = ledger_state(ledger, *rows, PartitionId{0});
    if (!state) return state.error();
    stat.state = std::move(*state);
    auto retries = read_tried_again(ledger.place.directory);
    if (!retries) return retries.error();
    stat.retries = std::move(*retries);
    if (ledger.key_list && ledger.key_list->doubt()) {
        auto lost = find_lost_keys(*rows, *ledger.keys);
        if (!lost) return lost.error();
        stat.lost = std::move(*lost);
    }
    return stat;
}

std::string row_json(const Stat& stat, std::size_t i) {
    JsonObject ends;
    if (stat.knows_ends())
        ends.number("end", stat.ends[i]).number("lag", stat.lag(i));
    else
        ends.json("end", "null").json("lag", "null");
    std::string row = ends.line();
    row.back() = ',';
    return row + partition_json(stat.partitions[i]).substr(1);
}

std::string retries_json(const TriedAgain& retries) {
    JsonObject object;
    for (const auto& [name, count] : retries) object.number(name, count);
    return object.line();
}

// "doubts 3, producers made 1", or "nothing".
std::string retries_text(const TriedAgain& retries) {
    std::string text;
    for (const auto& [name, count] : retries)
        if (count > 0) text += (text.empty() ? "" : ", ") + name + " " + grouped(count);
    std::replace(text.begin(), text.end(), '_', ' ');
    return text.empty() ? "nothing" : text;
}

std::string document(const Ledger& ledger, const Stat& stat) {
    JsonList list;
    for (std::size_t i = 0; i < stat.partitions.size(); ++i) list.add(row_json(stat, i));
    JsonObject object;
    object.text("ledger", to_hex(ledger.id)).flag("sandbox", ledger.sandbox);
    object.text("at", name_of(ledger.place)).text("today", to_string(today_of(stat.state)));
    object.flag("closed", ledger.closed.has_value()).number("partners", stat.partners);
    if (stat.knows_ends())
        object.number("lag", stat.all_lag());
    else
        object.json("lag", "null");
    add_lost_keys(object, stat.lost);
    object.json("total", total_json(stat.total));
    object.json("retries", retries_json(stat.retries));
    return indented(object.json("partitions", list.line()).line());
}

std::string tables(const Ledger& ledger, const Stat& stat) {
    const Screen on = screen();
    const Counts& counts = stat.total.counts;
    std::string out = title("Ledger " + to_hex(ledger.id), on);
    out += facts({{"kind", ledger.sandbox ? "sandbox" : "production"},
                  {"log", name_of(ledger.place) + ", " + std::to_string(stat.partitions.size()) +
                              " partitions"},
                  {"closed", ledger.closed ? ledger.closed->message : ""},
                  {"today", to_string(today_of(stat.state))},
                  {"partners", grouped(stat.partners)},
                  {"entries", grouped(counts.applied)},
                  {"lag", stat.knows_ends() ? grouped(stat.all_lag()) +
                                                  " records of the log not read into the views yet"
                                            : "unknown: the log doesn't answer"},
                  {"claims", grouped(counts.claims)},
                  {"void", grouped(counts.voided)},
                  {"tried again", retries_text(stat.retries)},
                  {"complete", stat.total.complete ? "yes" : "NO: 'benefits verify' says where"}},
                 on, 2);
    Table table(2);
    table.column("partition", Align::right).column("end", Align::right);
    table.column("lag", Align::right).column("epoch", Align::right);
    table.column("entries", Align::right).column("claims", Align::right);
    table.column("void", Align::right).column("absent", Align::right).column("complete");
    for (std::size_t i = 0; i < stat.partitions.size(); ++i) {
        const views::Completeness& each = stat.partitions[i];
        const Counts& own = each.reading.counts;
        table.row({std::to_string(i), stat.knows_ends() ? grouped(stat.ends[i]) : "?",
                   stat.knows_ends() ? grouped(stat.lag(i)) : "?",
                   grouped(each.reading.judge.epoch), grouped(own.applied), grouped(own.claims),
                   grouped(own.voided), grouped(own.absent), each.holds() ? "yes" : "NO"});
    }
    return out + "\n" + table.text(on);
}

ExitCode stat(const LedgerPlace& place, const ListFormat& format) {
    const auto ledger = open_views(place);
    if (!ledger) return fail(ledger.error());
    const auto stat = read_stat(*ledger);
    if (!stat) return fail(stat.error());
    if (is_rows(format)) {
        std::vector<std::string> rows;
        for (std::size_t i = 0; i < stat->partitions.size(); ++i)
            rows.push_back(row_json(*stat, i));
        print_rows(format, rows, kStatColumns);
    } else {
        print(format == Format::json ? document(*ledger, *stat) : tables(*ledger, *stat));
    }
    const ExitCode keys = end_with(stat->lost, ledger->key_list.get());
    if (stat->total.complete) return keys;
    say("benefits: the numbers of a partition don't agree; 'benefits verify' says where");
    return ExitCode::failed;
}

}  // namespace

void add_stat(Subcommand parent, Action& chosen) {
    const Subcommand command = parent.add_subcommand(
        "stat", "Tells how the ledger is: lag of the views, voids, claims, completeness");
    auto format = std::make_shared<ListFormat>();
    add_list_format(command, *format);
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
