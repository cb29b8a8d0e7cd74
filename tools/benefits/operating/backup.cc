// `benefits backup`
#include "consumers/backup.h"

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

struct BackupOptions {
    std::string directory;
    bool with_master_key = false;
    ListFormat format;
};

ExitCode backup(const LedgerPlace& place, const BackupOptions& options) {
    const auto ledger = open_ledger(place);
    if (!ledger) return fail(ledger.error());
    say_notes(*ledger);
    const auto made = [&] {
        Progress progress("reading the copy", "records");
        BackupSettings settings;
        settings.with_master_key = options.with_master_key;
        settings.progress = [&](std::uint64_t records) { progress.at(records); };
        return back_up(*ledger, options.directory, settings);
    }();
    if (!made) return fail(made.error());
    const Screen on = screen();
    print_answer(options.format, backup_held(*made, options.directory), {}, [&] {
        return title("Backed up into " + options.directory, on) + backup_facts(*made, on);
    });
    if (!made->has_master_key)
        say("benefits: the master key is not in it: without it nothing of the ledger can be read; "
            "keep a copy of " +
            place.directory + "/master.key somewhere else");
    return end_with(made->lost, ledger->key_list.get());
}

}  // namespace

void add_backup(Subcommand parent, Action& chosen) {
    const Subcommand command = parent.add_subcommand(
        "backup", "Copies an embedded ledger into a folder: log, keys, views, refusals");
    auto options = std::make_shared<BackupOptions>();
    command
        .add_option("directory", options->directory, "An empty folder, or one that isn't there yet")
        .type_name("DIR")
        .required();
    command.add_flag("--with-master-key", options->with_master_key,
                     "Put the master key beside the sealed data: whoever has the backup can then "
                     "read names and e-mails");
    add_format(command, options->format);
    add_examples(command,
                 "  benefits backup /mnt/backup/2021-02-01\n"
                 "  (cd /mnt/backup/2021-02-01 && sha256sum --check --quiet SHA256SUMS)\n"
                 "\n"
                 "The copy is read and judged whole before it counts. 'benefits restore' makes a "
                 "ledger of it.\n"
                 "A person who is erased after a backup can be read with its keys again: keep "
                 "backups no longer\n"
                 "than you must.\n");
    command.callback([options, &chosen] {
        chosen.run = [options](const LedgerPlace& place) { return backup(place, *options); };
    });
}

}  // namespace ledger::tools
