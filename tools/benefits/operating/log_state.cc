// `benefits log state`: what the log came to at a moment, partition by partition. Read and judged
// from the beginning, without the views: an auditor compares it with what was written down before.
#include <charconv>
#include <memory>
#include <optional>

#include "consumers/read_partition.h"
#include "events/log/genesis.h"
#include "events/record.h"
#include "events/sha256.h"
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

namespace ledger::tools {
namespace {

struct StateOptions {
    std::string at;  // empty: now
    std::optional<std::uint32_t> partition;
    ListFormat format;
};

// The end of a day, or right behind a position.
struct Until {
    std::optional<Date> day;
    std::optional<std::uint64_t> position;
};

std::optional<Until> parse_until(const std::string& text) {
    if (text.empty()) return Until{};
    if (const auto day = parse_date(text)) return Until{*day, std::nullopt};
    std::uint64_t position = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), position);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
    return Until{std::nullopt, position};
}

std::string in_words(const Until& until) {
    if (until.day) return "at the end of " + to_string(*until.day);
    if (until.position) return "right behind position " + std::to_string(*until.position);
    return "now";
}

class StateReader {
public:
    StateReader(log::Log& log, const Until& until, Progress& progress)
        : log_(log), until_(until), progress_(progress) {}

    Result<fb::PartitionStateT> read(std::uint32_t partition);
    // Whether the position that was asked for is one of any partition that was read.
    bool reached() const { return reached_; }

private:
    log::Log& log_;
    const Until& until_;
    Progress& progress_;
    std::uint64_t records_ = 0;
    bool reached_ = false;
};

// The reading before the first valid entry of a later day; what stands between is of the day still.
Result<fb::PartitionStateT> StateReader::read(std::uint32_t partition) {
    auto end = log_.end(PartitionId{partition});
    if (!end) return end.error();
    reached_ = reached_ || !until_.position || *until_.position < number(*end);
    if (until_.position && *until_.position < number(*end)) end = Position{*until_.position + 1};
    Reading reading;
    const auto keep = [&](const Judged& judged, const Reading& after) -> Result<bool> {
        progress_.at(++records_);
        const bool later = until_.day && judged.verdict.kind == VerdictKind::applied &&
                           *until_.day < date_of(Time{judged.record.entry->time()});
        if (!later) reading = after;
        return !later;
    };
    const auto read = read_partition(log_, PartitionId{partition}, *end, keep);
    if (!read) return read.error();
    return answers::partition_state(PartitionId{partition}, reading);
}

// No root covers the genesis record: it comes before the first entry.
fb::LogStateT log_state_of(const Ledger& ledger, const Hash& genesis, const Until& until,
                           std::vector<fb::PartitionStateT> partitions) {
    fb::LogStateT state;
    state.ledger = std::make_unique<fb::Id128>(to_fb(ledger.id));
    state.genesis = std::make_unique<fb::Hash256>(to_fb(genesis));
    if (until.day) state.day = until.day->days;
    if (until.position) state.position = *until.position;
    state.partitions = std::move(partitions);
    return state;
}

std::string tables(const Ledger& ledger, const Hash& genesis, const Until& until,
                   const fb::LogStateT& state) {
    const Screen on = screen();
    Table table, roots;
    table.column("partition", Align::right).column("next", Align::right);
    table.column("seq", Align::right).column("epoch", Align::right).column("term");
    table.column("last entry").column("claims", Align::right).column("void", Align::right);
    table.column("control", Align::right);
    roots.column("partition", Align::right).column("root");
    for (const fb::PartitionStateT& each : state.partitions) {
        const fb::RecordCountsT& counts = *each.records;
        const std::string partition = std::to_string(each.partition);
        table.row({partition, grouped(each.next), grouped(each.seq), grouped(each.epoch), each.term,
                   each.time ? to_string(date_of(Time{*each.time})) : "", grouped(counts.claims),
                   grouped(counts.void_), grouped(counts.control)});
        roots.row({partition, to_hex(hash_of(*each.root))});
    }
    return title("Ledger " + to_hex(ledger.id) + ", " + in_words(until), on) + table.text(on) +
           "\n" + roots.text(on) + "\n" +
           paragraph(
               "A root proves every entry up to its seq (RFC 6962): the same seq always has "
               "the same root. What the ledger began with is proved by its genesis record's "
               "SHA-256, " +
                   to_hex(genesis) + ".",
               on);
}

ExitCode log_state(const LedgerPlace& place, const StateOptions& options) {
    const auto until = parse_until(options.at);
    if (!until) {
        say("benefits log state: --at: expected a date like 2021-02-01 or a position like 1000, "
            "found '" +
            options.at + "'" + date_fault(options.at));
        return ExitCode::usage;
    }
    auto ledger = open_log_only(place);
    if (!ledger) return fail(ledger.error());
    say_notes(*ledger);
    const std::uint32_t partitions = ledger->log->partitions();
    if (options.partition && *options.partition >= partitions) {
        say("benefits: the ledger has the partitions 0 to " + std::to_string(partitions - 1) +
            ", no partition " + std::to_string(*options.partition));
        return ExitCode::usage;
    }
    const auto genesis = log::read_genesis(*ledger->log, PartitionId{0});
    if (!genesis) return fail(genesis.error());
    const Hash genesis_hash = sha256(*genesis);
    std::vector<fb::PartitionStateT> states;
    bool reached = false;
    {
        Progress progress("reading the log", "records");
        StateReader reader(*ledger->log, *until, progress);
        for (std::uint32_t i = 0; i < partitions; ++i) {
            if (options.partition && *options.partition != i) continue;
            auto state = reader.read(i);
            if (!state) return fail(state.error());
            states.push_back(std::move(*state));
        }
        reached = reader.reached();
    }
    if (!reached) {
        say("benefits: the log has no position " + std::to_string(*until->position) +
            (options.partition ? " in partition " + std::to_string(*options.partition) : "") +
            " yet; 'benefits log state' tells where each partition ends");
        return ExitCode::not_found;
    }
    const fb::LogStateT state = log_state_of(*ledger, genesis_hash, *until, std::move(states));
    print_list(options.format, state, state.partitions,
               [&] { return tables(*ledger, genesis_hash, *until, state); });
    return ExitCode::done;
}

}  // namespace

void add_log_state(Subcommand parent, Action& chosen) {
    const Subcommand command = parent.add_subcommand(
        "state", "Tells what the log came to at a moment: seq, epoch, root and counts");
    auto options = std::make_shared<StateOptions>();
    command
        .add_option("--at", options->at,
                    "The end of a day by the entries' own times, or right behind a position of "
                    "each partition (default: now)")
        .type_name("DATE|POSITION");
    command.add_option("--partition", options->partition, "Only this partition").type_name("N");
    add_format(command, options->format);
    add_examples(command,
                 "  benefits log state\n"
                 "  benefits log state --at 2021-02-01\n"
                 "  benefits log state --at 1000 --partition 3 -o json | jq -r "
                 "'.partitions[0].root'\n"
                 "\n"
                 "Write roots down elsewhere: whoever changes a past entry can't give the same "
                 "root again.\n");
    command.callback([options, &chosen] {
        chosen.run = [options](const LedgerPlace& place) { return log_state(place, *options); };
    });
}

}  // namespace ledger::tools
