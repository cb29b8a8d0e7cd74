// `benefits policy check` and `benefits catalogue check`
#include <memory>

#include "tools/benefits/asking/ledger_versions.h"
#include "tools/benefits/asking/version_files.h"
#include "tools/benefits/cli/document.h"
#include "tools/benefits/cli/table.h"
#include "tools/benefits/questions/versions.h"
#include "tools/benefits/screens/days_text.h"

namespace ledger::tools {
namespace {

struct CheckedFiles {
    std::string path;
    bool against_ledger = false;
    ListFormat format;
};

std::string tables(const fb::VersionsCheckedT& answer) {
    const Screen on = screen();
    const std::string what =
        std::to_string(answer.versions) +
        (answer.versions == 1 ? " version in " : " versions in ") + std::to_string(answer.files) +
        (answer.files == 1 ? " file" : " files") +
        (answer.today ? ", after those of the ledger on " + day_text(answer.today) : "");
    if (answer.faults.empty()) return title("Nothing is wrong: " + what, on);
    Table table;
    table.column("file").column("what is wrong").column("code");
    for (const fb::FileFaultT& fault : answer.faults)
        table.row({fault.file, fault.reason, fault.code});
    return title(std::to_string(answer.faults.size()) +
                     (answer.faults.size() == 1 ? " fault: " : " faults: ") + what,
                 on) +
           table.text(on);
}

template <typename Native>
ExitCode check_files(const LedgerPlace& place, const CheckedFiles& options) {
    const auto given = read_files(options.path);
    if (!given) return fail(given.error());
    VersionFiles<Native> files = read_version_files<Native>(given->files);
    files.faults.insert(files.faults.begin(), given->faults.begin(), given->faults.end());
    fb::VersionsCheckedT answer;
    answer.files = given->files.size();
    answer.versions = files.versions.size();
    if (options.against_ledger) {
        const auto versions = read_versions(place);
        if (!versions) return fail(versions.error());
        answer.today = versions->today.days;
        check_sequence(files, std::nullopt,
                       std::optional(Published<Native>{versions_of<Native>(versions->ledger),
                                                       versions->today}));
    } else {
        // A folder is what a ledger may begin with.
        check_sequence(files, given->is_folder ? std::optional(1U) : std::nullopt);
    }
    answer.faults = fault_rows(files.faults);
    print_list(options.format, answer, answer.faults, [&] { return tables(answer); });
    return answer.faults.empty() ? ExitCode::done : ExitCode::failed;
}

template <typename Native>
void add_check_of(Subcommand parent, const std::string& examples, Action& chosen) {
    const Subcommand command = parent.add_subcommand(
        "check", "Looks at a file, or at all files of a folder, and tells all that is wrong");
    auto options = std::make_shared<CheckedFiles>();
    command
        .add_option("path", options->path, "A file with a version or a list of them, or a folder")
        .type_name("FILE|DIR")
        .required();
    command.add_flag("--against-ledger", options->against_ledger,
                     "They are to follow the versions of the ledger, on its day");
    add_format(command, options->format);
    add_examples(command, examples);
    command.callback([options, &chosen] {
        chosen.needs_ledger = options->against_ledger;
        chosen.run = [options](const LedgerPlace& place) {
            return check_files<Native>(place, *options);
        };
    });
}

}  // namespace

void add_policy_check(Subcommand policy, Action& chosen) {
    add_check_of<fb::PolicyVersionT>(policy,
                                     "  benefits policy check policies/\n"
                                     "  benefits policy check draft.json --against-ledger\n"
                                     "  benefits policy check policies/ -o jsonl | jq .place\n",
                                     chosen);
}

void add_catalogue_check(Subcommand catalogue, Action& chosen) {
    add_check_of<fb::CatalogueVersionT>(catalogue,
                                        "  benefits catalogue check catalogues/\n"
                                        "  benefits catalogue check draft.json --against-ledger\n",
                                        chosen);
}

}  // namespace ledger::tools
