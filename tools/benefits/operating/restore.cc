// `benefits restore`
#include <memory>

#include "consumers/backup.h"
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

struct RestoreOptions {
    std::string backup;
    std::string expected_ledger;
    ListFormat format;
};

ExitCode restore(const LedgerPlace& place, const RestoreOptions& options) {
    if (!place.brokers.empty()) {
        say("benefits restore: a backup is restored into a folder: leave --kafka and "
            "BENEFITS_KAFKA out, and a profile with brokers; 'benefits log copy --to-kafka' then "
            "brings it to brokers");
        return ExitCode::usage;
    }
    const auto restored = [&] {
        Progress progress("reading what was restored", "records");
        RestoreSettings settings;
        settings.expected_ledger = options.expected_ledger;
        settings.progress = [&](std::uint64_t records) { progress.at(records); };
        return ledger::restore(options.backup, place.directory, settings);
    }();
    if (!restored) return fail(restored.error());
    const Screen on = screen();
    print_answer(options.format, backup_held(*restored, place.directory), {}, [&] {
        return title("Restored into " + place.directory, on) + backup_facts(*restored, on);
    });
    if (!restored->has_master_key)
        say("benefits: the backup had no master key: put the ledger's own at " + place.directory +
            "/master.key, mode 600");
    say("benefits: what was accepted after " + to_string(restored->made) +
        " is not in it; where the old ledger still runs, stop it before you write to this one");
    return end_with(restored->lost, nullptr);
}

// The id as `backup` and `stat` show it.
std::string ledger_id(const std::string& text) {
    if (text.size() == 32 && text.find_first_not_of("0123456789abcdef") == std::string::npos)
        return {};
    return "expected a ledger's id, 32 digits of hex, found '" + text + "'";
}

}  // namespace

void add_restore(Subcommand parent, Action& chosen) {
    const Subcommand command = parent.add_subcommand(
        "restore", "Makes a ledger of a backup, and says what it found in it");
    auto options = std::make_shared<RestoreOptions>();
    command.add_option("backup", options->backup, "The folder that 'benefits backup' made")
        .type_name("BACKUP")
        .required();
    command
        .add_option("--expect", options->expected_ledger,
                    "Take the backup of this ledger and of no other")
        .type_name("LEDGER")
        .check(ledger_id);
    add_format(command, options->format);
    add_examples(command,
                 "  benefits restore /mnt/backup/2021-02-01 --ledger /var/lib/benefits\n"
                 "\n"
                 "--ledger names an empty folder, or one that isn't there yet. Every file is "
                 "compared with its\n"
                 "hash, and the log is read and judged whole; what fails leaves the folder "
                 "empty.\n");
    command.callback([options, &chosen] {
        chosen.run = [options](const LedgerPlace& place) { return restore(place, *options); };
    });
}

}  // namespace ledger::tools
