// `benefits policy diff` and `benefits catalogue diff`
#include <algorithm>
#include <charconv>
#include <memory>

#include "projections/answers/policies.h"
#include "tools/benefits/asking/ledger_versions.h"
#include "tools/benefits/asking/version_files.h"
#include "tools/benefits/cli/document.h"
#include "tools/benefits/cli/table.h"
#include "tools/benefits/questions/versions.h"
#include "tools/benefits/screens/days_text.h"

namespace ledger::tools {
namespace {

struct DiffedVersions {
    std::string from;
    std::string to;
    ListFormat format;
};

// A number of the ledger's; nothing: the name of a file.
std::optional<std::uint32_t> number_in(const std::string& given) {
    std::uint32_t number = 0;
    const char* end = given.data() + given.size();
    const auto read = std::from_chars(given.data(), end, number);
    return read.ec == std::errc() && read.ptr == end ? std::optional(number) : std::nullopt;
}

template <typename Native>
struct Side {
    Native version;
    std::string file;
};

template <typename Native>
std::string numbers_of(const std::vector<Native>& versions) {
    std::vector<std::string> numbers;
    numbers.reserve(versions.size());
    for (const Native& each : versions) numbers.push_back(std::to_string(each.version));
    return joined_texts(numbers);
}

constexpr ErrorCode kVersionUnknown{"version.unknown"};

template <typename Native>
Result<Side<Native>> side_of(const std::string& given, const std::vector<Native>& versions) {
    const auto number = number_in(given);
    if (!number) {
        auto version = one_version<Native>(given);
        if (!version) return version.error();
        return Side<Native>{std::move(*version), given};
    }
    const auto found = std::find_if(versions.begin(), versions.end(),
                                    [&](const Native& each) { return each.version == *number; });
    if (found == versions.end())
        return error(kVersionUnknown, "the ledger has no version " + given + ", but " +
                                          numbers_of(versions) +
                                          "; a file is given by its name, like ./" + given);
    return Side<Native>{*found, {}};
}

std::string in_words(const fb::ComparedVersionT& side) {
    return "version " + std::to_string(side.version) + " of " + day_text(side.effective) +
           (side.file.empty() ? "" : " (" + side.file + ")");
}

std::string tables(const fb::VersionChangesT& answer) {
    const Screen on = screen();
    const std::string sides = "from " + in_words(*answer.from) + " to " + in_words(*answer.to);
    if (answer.changes.empty()) return title("Nothing changes " + sides, on);
    Table table;
    table.column("what").column("before").column("after").column("what it is");
    for (const fb::VersionChangeT& change : answer.changes)
        table.row({change.change->what, change.change->before.empty() ? "-" : change.change->before,
                   change.change->after.empty() ? "-" : change.change->after, change.meaning});
    return title("Changes " + sides, on) + table.text(on);
}

// Two files need no ledger.
template <typename Native>
ExitCode diff_versions(const LedgerPlace& place, const DiffedVersions& options) {
    std::vector<Native> known;
    if (number_in(options.from) || number_in(options.to)) {
        const auto versions = read_versions(place);
        if (!versions) return fail(versions.error());
        known = versions_of<Native>(versions->ledger);
    }
    const auto from = side_of<Native>(options.from, known);
    const auto to = from ? side_of<Native>(options.to, known) : from;
    if (!to) {
        fail(to.error());
        return to.error().code == kVersionUnknown ? ExitCode::not_found : ExitCode::usage;
    }
    fb::VersionChangesT answer = answers::version_changes(from->version, to->version);
    answer.from->file = from->file;
    answer.to->file = to->file;
    print_list(options.format, answer, answer.changes, [&] { return tables(answer); });
    return ExitCode::done;
}

template <typename Native>
void add_diff_of(Subcommand parent, const std::string& about, const std::string& examples,
                 Action& chosen) {
    const Subcommand command = parent.add_subcommand("diff", about);
    auto options = std::make_shared<DiffedVersions>();
    command.add_option("from", options->from, "The one: a number of the ledger's, or a file")
        .type_name("N|FILE")
        .required();
    command.add_option("to", options->to, "The other").type_name("N|FILE").required();
    add_format(command, options->format);
    add_examples(command, examples);
    command.callback([options, &chosen] {
        chosen.needs_ledger = number_in(options->from) || number_in(options->to);
        chosen.run = [options](const LedgerPlace& place) {
            return diff_versions<Native>(place, *options);
        };
    });
}

}  // namespace

void add_policy_diff(Subcommand policy, Action& chosen) {
    add_diff_of<fb::PolicyVersionT>(
        policy, "Tells what one version says otherwise than another, field by field",
        "  benefits policy diff 4 5\n"
        "  benefits policy diff 6 draft.json\n"
        "  benefits policy diff 1 6 -o csv\n",
        chosen);
}

void add_catalogue_diff(Subcommand catalogue, Action& chosen) {
    add_diff_of<fb::CatalogueVersionT>(
        catalogue, "Tells which offers and lines one version adds, takes away or changes",
        "  benefits catalogue diff 1 2\n"
        "  benefits catalogue diff 3 draft.json\n",
        chosen);
}

}  // namespace ledger::tools
