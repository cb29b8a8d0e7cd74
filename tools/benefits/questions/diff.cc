// `benefits diff`
#include <memory>

#include "tools/benefits/asking/unsealed.h"
#include "tools/benefits/cli/command_line.h"
#include "tools/benefits/cli/format.h"
#include "tools/benefits/cli/json_text.h"
#include "tools/benefits/cli/rows_text.h"
#include "tools/benefits/cli/table.h"
#include "tools/benefits/questions/show.h"
#include "tools/benefits/screens/json_leaves.h"

namespace ledger::tools {
namespace {

constexpr std::string_view kDiffColumns[] = {"what", "before", "after"};

struct DiffOptions {
    std::string partner;
    std::string from;
    std::string to;  // empty: now
    bool unseal = false;
    ListFormat format;
};

// What says where and when a moment is, and not what the partner has then; and what follows from
// the day alone.
const std::vector<std::string_view> kLeftOut{
    "partner", "version", "newest_version", "today", "partition", "position", "coming", "days_left",
};

std::string path_in_words(const Change& change) {
    std::string words;
    for (const std::string& step : change.path) words += (words.empty() ? "" : ", ") + step;
    return words;
}

std::string moment_in_words(const Snapshot& snapshot) {
    return to_string(snapshot.day) + " (version " + std::to_string(snapshot.state.version) + ")";
}

std::string tables(const std::vector<Change>& changes, const Snapshot& from, const Snapshot& to) {
    const Screen on = screen();
    const std::string span =
        "of " + to.state.partner + " from " + moment_in_words(from) + " to " + moment_in_words(to);
    if (changes.empty()) return title("Nothing changed " + span, on);
    Table table;
    table.column("what").column("before").column("after");
    for (const Change& change : changes)
        table.row({path_in_words(change), change.before.empty() ? "-" : change.before,
                   change.after.empty() ? "-" : change.after});
    return title("Changes " + span, on) + table.text(on);
}

std::string moment_json(const Snapshot& snapshot) {
    return JsonObject()
        .text("day", to_string(snapshot.day))
        .number("version", snapshot.state.version)
        .line();
}

std::string change_json(const Change& change) {
    JsonList path;
    for (const std::string& step : change.path) path.add_text(step);
    JsonObject object;
    object.json("path", path.line()).text("what", path_in_words(change));
    if (!change.before.empty()) object.text("before", change.before);
    if (!change.after.empty()) object.text("after", change.after);
    return object.line();
}

std::string document(const std::vector<Change>& changes, const Snapshot& from, const Snapshot& to) {
    JsonList list;
    for (const Change& change : changes) list.add(change_json(change));
    JsonObject object;
    object.text("partner", to.state.partner).json("from", moment_json(from));
    object.json("to", moment_json(to)).json("changes", list.line());
    return indented(object.line());
}

std::vector<Leaf> leaves(const PartnerQuery& query, const Snapshot& snapshot, bool unseal) {
    return leaves_of(show_json(shown_of(query, snapshot, true, unseal)), kLeftOut);
}

ExitCode wrong_moment(const char* option, const std::string& given) {
    say("benefits diff: " + std::string(option) +
        ": expected a date like 2021-02-01 or a version like 12, found '" + given + "'" +
        date_fault(given));
    return ExitCode::usage;
}

ExitCode diff(const LedgerPlace& place, const DiffOptions& options) {
    const auto from = parse_moment(options.from);
    if (!from) return wrong_moment("--from", options.from);
    const auto to = options.to.empty() ? views::Moment{} : parse_moment(options.to);
    if (!to) return wrong_moment("--to", options.to);
    const auto query = begin_query(place, options.partner);
    if (!query) return fail(query.error());
    if (const auto may = check_unseal(query->opened(), options.unseal); !may)
        return fail(may.error());
    const LookUp first = look_up(*query, *from);
    if (const auto* none = std::get_if<NotThere>(&first)) return fail(*none);
    const LookUp last = look_up(*query, *to);
    if (const auto* none = std::get_if<NotThere>(&last)) return fail(*none);
    const auto& before = std::get<Snapshot>(first);
    const auto& after = std::get<Snapshot>(last);
    const std::vector<Change> changes = changes_between(leaves(*query, before, options.unseal),
                                                        leaves(*query, after, options.unseal));
    if (is_rows(options.format)) {
        std::vector<std::string> rows;
        rows.reserve(changes.size());
        for (const Change& change : changes) rows.push_back(change_json(change));
        print_rows(options.format, rows, kDiffColumns);
        return ExitCode::done;
    }
    print(options.format == Format::json ? document(changes, before, after)
                                         : tables(changes, before, after));
    return ExitCode::done;
}

}  // namespace

void add_diff(Subcommand parent, Action& chosen) {
    const Subcommand command = parent.add_subcommand(
        "diff", "Tells what changed for a partner between two moments, field by field");
    auto options = std::make_shared<DiffOptions>();
    add_partner(command, options->partner);
    command
        .add_option("--from", options->from,
                    "The earlier moment: the end of a day, or right after a version")
        .type_name("DATE|N")
        .required();
    command.add_option("--to", options->to, "The later moment (default: now)").type_name("DATE|N");
    add_unseal(command, options->unseal);
    add_format(command, options->format);
    add_examples(command,
                 "  benefits diff contoso --from 2020-09-01 --to 2020-12-14\n"
                 "  benefits diff contoso --from 12 --to 13\n"
                 "  benefits diff contoso --from 2020-09-01 -o json | jq '.changes[].what'\n");
    command.callback([options, &chosen] {
        chosen.run = [options](const LedgerPlace& place) { return diff(place, *options); };
    });
}

}  // namespace ledger::tools
