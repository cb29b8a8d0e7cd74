#include "tools/benefits/submitting/typed_command.h"

#include <algorithm>

#include "aggregates/gate.h"
#include "events/json/quote.h"
#include "tools/benefits/cli/json_text.h"

namespace ledger::tools {
namespace {

constexpr std::string_view kAuthentication = "cli";
// What a sealed text has around its ciphertext (see events/seal.h).
constexpr std::size_t kAroundTextBytes = 16 + 16 + 12 + 16;

// Of what stands beside the body: the actor has options of its own, the ledger no partner, and an
// id is made when none is given.
std::vector<TypedOption> header_options(bool ledgers_own) {
    std::vector<TypedOption> options;
    for (CommandOption& option : options_of(json::table_named("Command"))) {
        const std::string& first = option.path.front()->name;
        if (first == "actor" || (first == "partner" && ledgers_own)) continue;
        if (first == "id") option.required = false;
        options.emplace_back().option = std::move(option);
    }
    return options;
}

std::vector<TypedOption> body_options(const json::Table& table) {
    std::vector<CommandOption> found = options_of(table);
    std::vector<TypedOption> options;
    options.reserve(found.size());
    for (CommandOption& option : found) options.emplace_back().option = std::move(option);
    return options;
}

const TypedOption* find_option(const std::vector<TypedOption>& options, std::string_view place) {
    const auto found = std::find_if(options.begin(), options.end(), [&](const TypedOption& each) {
        return each.option.place() == place;
    });
    return found == options.end() ? nullptr : &*found;
}

// `more`: JSON of what has no option of its own, by its place.
Result<std::string> options_json(const json::Table& table, const std::vector<TypedOption>& options,
                                 bool shows, std::map<std::string, std::string> more = {}) {
    std::vector<const TypedOption*> pointers;
    pointers.reserve(options.size());
    for (const TypedOption& each : options) pointers.push_back(&each);
    auto values = values_of(pointers, shows);
    if (!values) return values.error();
    values->merge(more);
    return table_json(table, *values);
}

// The option whose place the codec names, or one above it; the rest of the place stays.
std::string option_words(const std::vector<TypedOption>& options, const std::string& place) {
    for (std::string above = place; !above.empty();) {
        if (const TypedOption* found = find_option(options, above))
            return found->option.name() + place.substr(above.size());
        const std::size_t cut = above.find_last_of(".[");
        above.resize(cut == std::string::npos ? 0 : cut);
    }
    return {};
}

// "body.seat: expected ..." as "--seat: expected ...".
Error in_options(const TypedCommand& command, const Error& wrong) {
    constexpr std::string_view kBody = "body.";
    const std::string& place = wrong.place;
    std::string words;
    if (place == "actor.id")
        words = !command.user.empty()      ? "--as"
                : !command.support.empty() ? "--as-support"
                                           : "--as-system";
    else if (place.starts_with(kBody))
        words = option_words(command.body, place.substr(kBody.size()));
    else
        words = option_words(command.header, place);
    return told_as(wrong, (words.empty() ? place : words) + wrong.message.substr(place.size()));
}

std::string actor_json(const TypedCommand& command) {
    JsonObject actor;
    if (!command.user.empty())
        actor.text("kind", "user").text("id", command.user);
    else if (!command.support.empty())
        actor.text("kind", "support").text("id", command.support);
    else
        actor.text("kind", "system").text("id", command.system);
    return actor.text("authentication", kAuthentication).line();
}

}  // namespace

TypedCommand::TypedCommand(const CommandKind& of)
    : name(of),
      header(header_options(is_ledger_command(of.type))),
      body(body_options(table_of(of))) {}

bool TypedCommand::is_ledgers_own() const { return is_ledger_command(name.type); }

bool TypedCommand::shows() const { return !table_of(name).holds_sealed; }

std::string TypedCommand::partner() const {
    const TypedOption* option = find_option(header, "partner");
    return option ? option->value : "";
}

std::optional<std::string> TypedCommand::id() const {
    const TypedOption* option = find_option(header, "id");
    return option->given() ? std::optional(option->value) : std::nullopt;
}

Result<std::string> command_json(const TypedCommand& command, const std::string& id) {
    const int actors = !command.user.empty() + !command.support.empty() + !command.system.empty();
    if (actors != 1)
        return error("say who acts, by one of --as USER, --as-support ID and --as-system ID");
    const auto header = options_json(json::table_named("Command"), command.header, command.shows(),
                                     {{"actor", actor_json(command)}});
    if (!header) return header.error();
    const auto body = options_json(table_of(command.name), command.body, command.shows());
    if (!body) return body.error();
    JsonObject whole;
    if (!command.id()) whole.text("id", id);
    whole.text("type", command.name.type_name).json("body", *body);
    const std::string line = whole.line();
    return line.substr(0, line.size() - 1) + "," + header->substr(1);
}

Result<Bytes> packed(const TypedCommand& command, std::string_view json,
                     const json::SealText& seal) {
    auto bytes = json::command_from_json(json, seal, json::Callers::the_ledger);
    if (!bytes) return in_options(command, bytes.error());
    return bytes;
}

Result<Bytes> seal_to_nothing(std::string_view, std::string_view text) {
    return Bytes(text.size() + kAroundTextBytes);
}

}  // namespace ledger::tools
