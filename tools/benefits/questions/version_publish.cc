// `benefits policy publish` and `benefits catalogue publish`: the ledger's own command, with the
// version as it stands in a file.
#include <memory>

#include "events/json/node.h"
#include "tools/benefits/asking/version_files.h"
#include "tools/benefits/cli/given_file.h"
#include "tools/benefits/cli/output.h"
#include "tools/benefits/questions/versions.h"
#include "tools/benefits/submitting/ask.h"
#include "tools/benefits/submitting/who_and_why.h"

namespace ledger::tools {
namespace {

struct PublishedFile {
    explicit PublishedFile(fb::CommandBody type) : command(kind_of(type)) {}

    TypedCommand command;
    std::string path;
};

// `field` is that of the command's body: "policy".
template <typename Native>
ExitCode publish(const LedgerPlace& place, PublishedFile& options, const char* field) {
    if (const auto version = one_version<Native>(options.path); !version) {
        fail(version.error());
        return ExitCode::usage;
    }
    const auto text = read_given_file("@" + options.path, options.path, {});
    if (!text) return fail(text.error());
    const auto given = json::read_node(*text);
    if (!given) return fail(given.error());
    json::Plain version = given->plain();
    // A list of one is as good.
    if (given->is(json::Node::Kind::list))
        given->each_element([&](const json::Node& each) {
            version = each.plain();
            return false;
        });
    json::Plain body = json::Plain::object();
    body.add(field, std::move(version));
    options.command.whole_body = std::move(body);
    return ask(place, options.command);
}

template <typename Native>
void add_publish_of(Subcommand parent, fb::CommandBody type, const char* field,
                    const std::string& examples, Action& chosen) {
    const Subcommand command = parent.add_subcommand(
        "publish", "Publishes the version of a file; its day may not lie before the ledger's");
    auto options = std::make_shared<PublishedFile>(type);
    command.add_option("path", options->path, "The file, with one version as JSON")
        .type_name("FILE")
        .required();
    add_who_and_why(command, options->command);
    add_examples(command, examples);
    command.callback([options, field, &chosen] {
        chosen.run = [options, field](const LedgerPlace& place) {
            return publish<Native>(place, *options, field);
        };
    });
}

}  // namespace

void add_policy_publish(Subcommand policy, Action& chosen) {
    add_publish_of<fb::PolicyVersionT>(
        policy, fb::CommandBody::PublishPolicy, "policy",
        "  benefits policy publish draft.json --as-support desk --dry-run\n"
        "  benefits policy publish draft.json --as-support desk --reason 'as decided in May'\n",
        chosen);
}

void add_catalogue_publish(Subcommand catalogue, Action& chosen) {
    add_publish_of<fb::CatalogueVersionT>(
        catalogue, fb::CommandBody::PublishCatalogue, "catalogue",
        "  benefits catalogue publish draft.json --as-support desk\n", chosen);
}

}  // namespace ledger::tools
