// `benefits create`
#include <memory>

#include "consumers/create_ledger.h"
#include "consumers/wall_clock.h"
#include "events/date.h"
#include "tools/benefits/asking/ledger_clock.h"
#include "tools/benefits/asking/version_files.h"
#include "tools/benefits/cli/command_line.h"
#include "tools/benefits/cli/output.h"

namespace ledger::tools {
namespace {

struct CreateOptions {
    bool sandbox = false;
    std::string clock;
    std::uint32_t partitions = limits::kPartitionsDefault;
    std::string policies;  // a folder, or a file
    std::string catalogues;
};

// What the ledger begins with, where the operator says it.
Result<void> read_first(const CreateOptions& options, CreateSettings& settings) {
    if (!options.policies.empty()) {
        auto policies = first_versions<fb::PolicyVersionT>(options.policies);
        if (!policies) return policies.error();
        settings.policies = std::move(*policies);
    }
    if (!options.catalogues.empty()) {
        auto catalogues = first_versions<fb::CatalogueVersionT>(options.catalogues);
        if (!catalogues) return catalogues.error();
        settings.catalogues = std::move(*catalogues);
    }
    return {};
}

ExitCode create(const LedgerPlace& place, const CreateOptions& options) {
    CreateSettings settings;
    settings.partitions = options.partitions;
    settings.sandbox = options.sandbox;
    if (options.sandbox)
        settings.clock = options.clock.empty() ? wall_date() : *parse_date(options.clock);
    if (const auto read = read_first(options, settings); !read) {
        fail(read.error());
        return ExitCode::usage;
    }
    const auto made = create_ledger(place, settings);
    if (!made) return fail(made.error());
    print(*made + "\n");
    if (!settings.sandbox)
        print("Its entries will bear the time of this machine's clock, " + to_string(wall_clock()) +
              "; make sure that it is right.\n");
    return ExitCode::done;
}

}  // namespace

void add_create(Subcommand parent, Action& chosen) {
    const Subcommand command =
        parent.add_subcommand("create", "Makes a ledger, embedded in a folder or on Kafka");
    auto options = std::make_shared<CreateOptions>();
    const Option sandbox =
        command.add_flag("--sandbox", options->sandbox,
                         "Its clock stands in the log and is moved by {\"clock\": ...} lines");
    command
        .add_option("--clock", options->clock,
                    "Where a sandbox ledger's clock starts (default: today)")
        .type_name("DATE")
        .needs(sandbox)
        .check(date_form);
    command
        .add_option("--partitions", options->partitions,
                    "Number of partitions, fixed for ever (default: " +
                        std::to_string(limits::kPartitionsDefault) + ")")
        .type_name("N")
        .within(std::uint32_t{1}, limits::kPartitionsMax);
    command
        .add_option("--policies", options->policies,
                    "The policy versions that it begins with, a file each (default: built in)")
        .type_name("DIR");
    command
        .add_option("--catalogues", options->catalogues,
                    "The catalogue versions that it begins with, a file each (default: built in)")
        .type_name("DIR");
    add_examples(command,
                 "  benefits create --ledger /var/lib/benefits\n"
                 "  benefits create --ledger /tmp/ledger --sandbox --clock 2020-08-31\n"
                 "  benefits create --ledger /tmp/ledger --sandbox --policies policies/\n"
                 "  benefits create --ledger ./node1 --kafka 127.0.0.1:9092 --partitions 16\n");
    command.callback([options, &chosen] {
        chosen.run = [options](const LedgerPlace& place) { return create(place, *options); };
    });
}

}  // namespace ledger::tools
