// One command as it was typed on the command line, and the values that it comes to, which are then
// read by the schema as those of a line of `benefits submit` are.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "events/bytes.h"
#include "events/json/decode.h"
#include "tools/benefits/cli/command_names.h"
#include "tools/benefits/cli/format.h"
#include "tools/benefits/submitting/command_options.h"

namespace ledger::tools {

// How who acts or asks is known to be that one: it is what was typed.
inline constexpr std::string_view kAuthentication = "cli";

struct TypedCommand {
    explicit TypedCommand(const CommandKind& of);
    TypedCommand(const TypedCommand&) = delete;  // its options stand in the parser
    TypedCommand& operator=(const TypedCommand&) = delete;

    const CommandKind& name;
    std::vector<TypedOption> header;  // id, partner, reason, ...
    std::vector<TypedOption> body;
    std::optional<json::Plain> whole_body;  // where it stands somewhere else than in options
    std::string user;                       // who acts: one of the three
    std::string support;
    std::string system;
    bool dry_run = false;
    ListFormat format;

    bool is_ledgers_own() const;
    bool shows() const;  // an error may repeat what was typed: the command has no sealed text
    std::string partner() const;            // empty for the ledger itself
    std::optional<std::string> id() const;  // if it was given
};

// Reads the files that are named. Error: one sentence that names the option.
Result<json::Plain> given_command(const TypedCommand& command, const std::string& id);

// The command, packed, with its personal texts sealed by `seal`. An error of the codec names the
// option.
Result<Bytes> packed(const TypedCommand& command, const json::Plain& given,
                     const json::SealText& seal);

// Seals to bytes of the right length that hold nothing: for looking whether a command is right.
Result<Bytes> seal_to_nothing(std::string_view subject, std::string_view text,
                              std::string_view found_as);

}  // namespace ledger::tools
