// `benefits log copy` and `benefits log move`
#include "consumers/log_copy.h"

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

struct CopyOptions {
    std::string directory;
    std::string brokers;
    std::string topics;
    bool with_master_key = false;
    bool move = false;
    ListFormat format;

    std::string name() const { return move ? "move" : "copy"; }
};

LedgerPlace target_of(const CopyOptions& options) {
    LedgerPlace target;
    target.directory = options.directory;
    target.brokers = options.brokers;
    if (!options.topics.empty()) target.topic_prefix = options.topics;
    return target;
}

fb::LogCopiedT log_copied(const Copied& copied, const LedgerPlace& target,
                          const CopyOptions& options) {
    fb::LogCopiedT answer;
    answer.target = name_of(target);
    answer.moved = options.move;
    answer.keys = copied.keys;
    answer.log = log_held(copied.log);
    answer.lost = keys_lost(copied.lost);
    return answer;
}

std::string tables(const Copied& copied, const LedgerPlace& source, const LedgerPlace& target,
                   const CopyOptions& options) {
    const Screen on = screen();
    return title((options.move ? "Moved to " : "Copied to ") + name_of(target), on) +
           facts({{"ledger", to_hex(copied.log.ledger)},
                  {"from", name_of(source)},
                  {"log", log_in_words(copied.log) + "; read back, the roots are the same"},
                  {"data keys", grouped(copied.keys)}},
                 on, 2);
}

// What is left to be done by hand.
void say_next_steps(const LedgerPlace& source, const LedgerPlace& target,
                    const CopyOptions& options) {
    const bool to_kafka = !target.brokers.empty();
    if (!options.with_master_key)
        say("benefits: the master key was not copied: put " + source.directory +
            "/master.key into " +
            (to_kafka ? "the --ledger folder of each node, with no views of another log in it"
                      : target.directory));
    if (options.move)
        say("benefits: " + name_of(source) + " can still be read and takes no more commands");
    else
        say("benefits: both are now the same ledger: write to one of the two only");
}

ExitCode copy(const LedgerPlace& place, const CopyOptions& options) {
    const LedgerPlace target = target_of(options);
    auto ledger = open_log_only(place);
    if (!ledger) return fail(ledger.error());
    say_notes(*ledger);
    const auto copied = [&] {
        Progress progress(options.move ? "moving" : "copying", "records");
        CopySettings settings;
        settings.with_master_key = options.with_master_key;
        settings.progress = [&](std::uint64_t done, std::uint64_t all) { progress.at(done, all); };
        return options.move ? move_log(*ledger, target, settings)
                            : copy_log(*ledger, target, settings);
    }();
    if (!copied) return fail(copied.error());
    print_answer(options.format, log_copied(*copied, target, options), {},
                 [&] { return tables(*copied, place, target, options); });
    say_next_steps(place, target, options);
    return end_with(copied->lost, ledger->key_list.get());
}

void add_target(Subcommand command, CopyOptions& options) {
    const Option folder =
        command
            .add_option("--to-ledger", options.directory,
                        "An embedded ledger: an empty folder, or one that isn't there yet")
            .type_name("DIR");
    const Option brokers = command
                               .add_option("--to-kafka", options.brokers,
                                           "A Kafka ledger on these brokers; its topics are made")
                               .type_name("HOST:PORT,...")
                               .excludes(folder);
    command
        .add_option("--to-topics", options.topics,
                    "Beginning of the new topics' names (default: benefits)")
        .type_name("PREFIX")
        .needs(brokers);
    command
        .add_flag("--with-master-key", options.with_master_key,
                  "Put the master key into the new folder too")
        .needs(folder);
    add_format(command, options.format);
}

void add(Subcommand parent, Action& chosen, bool move, const std::string& about,
         const std::string& examples) {
    auto options = std::make_shared<CopyOptions>();
    options->move = move;
    const Subcommand command = parent.add_subcommand(options->name(), about);
    add_target(command, *options);
    add_examples(command, examples);
    const auto no_target = [options] {
        return options->directory.empty() && options->brokers.empty()
                   ? "no target was named: give --to-ledger DIR or --to-kafka BROKERS"
                   : "";
    };
    command.callback(
        [options, &chosen] {
            chosen.run = [options](const LedgerPlace& place) { return copy(place, *options); };
        },
        no_target);
}

}  // namespace

void add_log_copy(Subcommand parent, Action& chosen) {
    add(parent, chosen, false, "Copies the log and its keys to another place, byte by byte",
        "  benefits log copy --to-ledger /mnt/copy --with-master-key\n"
        "  benefits log copy --to-kafka 127.0.0.1:9092 --to-topics copy\n"
        "  benefits log copy --kafka 127.0.0.1:9092 --to-ledger /mnt/copy   from Kafka\n"
        "\n"
        "No node may be at work on the ledger. Each record keeps its position, is read back and "
        "compared,\n"
        "and at the end the copy's roots are the source's. The copy is the same ledger: write to "
        "one of the\n"
        "two only, or use 'benefits log move'.\n");
}

void add_log_move(Subcommand parent, Action& chosen) {
    add(parent, chosen, true,
        "Closes an embedded ledger for writing, then copies it to another place",
        "  benefits log move --to-kafka 127.0.0.1:9092\n"
        "  benefits log move --to-ledger /srv/benefits --with-master-key\n"
        "\n"
        "The old ledger can still be read and takes no more commands. A ledger on Kafka can't be "
        "closed by\n"
        "one node: stop every node and use 'benefits log copy'.\n");
}

}  // namespace ledger::tools
