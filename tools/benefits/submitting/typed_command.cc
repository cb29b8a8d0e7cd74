#include "tools/benefits/submitting/typed_command.h"

#include <algorithm>

#include "aggregates/gate.h"
#include "command_generated.h"

namespace ledger::tools {
namespace {

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

Result<GivenValues> given_values(const std::vector<TypedOption>& options, bool shows) {
    std::vector<const TypedOption*> pointers;
    pointers.reserve(options.size());
    for (const TypedOption& each : options) pointers.push_back(&each);
    return values_of(pointers, shows);
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

json::Plain actor_of(const TypedCommand& command) {
    json::Plain actor = json::Plain::object();
    const auto who = [&](fb::ActorKind kind, const std::string& id) {
        actor.add("kind", json::Plain(fb::EnumNameActorKind(kind))).add("id", json::Plain(id));
    };
    if (!command.user.empty())
        who(fb::ActorKind::user, command.user);
    else if (!command.support.empty())
        who(fb::ActorKind::support, command.support);
    else
        who(fb::ActorKind::system, command.system);
    actor.add("authentication", json::Plain(kAuthentication));
    return actor;
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

Result<json::Plain> given_command(const TypedCommand& command, const std::string& id) {
    const int actors = !command.user.empty() + !command.support.empty() + !command.system.empty();
    if (actors != 1)
        return error("say who acts, by one of --as USER, --as-support ID and --as-system ID");
    auto header = given_values(command.header, command.shows());
    if (!header) return header.error();
    const auto body =
        command.whole_body ? GivenValues{} : given_values(command.body, command.shows());
    if (!body) return body.error();
    header->insert_or_assign("id", json::Plain(id));
    header->insert_or_assign("actor", actor_of(command));
    json::Plain whole = table_of_values(json::table_named("Command"), *header);
    whole.add("type", json::Plain(command.name.type_name));
    whole.add("body", command.whole_body ? *command.whole_body
                                         : table_of_values(table_of(command.name), *body));
    return whole;
}

Result<Bytes> packed(const TypedCommand& command, const json::Plain& given,
                     const json::SealText& seal) {
    auto bytes = json::command_from(json::Node(given), seal, json::Callers::the_ledger);
    if (!bytes) return in_options(command, bytes.error());
    return bytes;
}

Result<Bytes> seal_to_nothing(std::string_view, std::string_view text, std::string_view) {
    return Bytes(text.size() + kAroundTextBytes);
}

}  // namespace ledger::tools
