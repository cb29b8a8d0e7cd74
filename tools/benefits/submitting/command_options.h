// The options of a command, made from the schema: one for each field of a table, nested tables
// flattened ("--charge-amount"), lists of tables taken whole from a file of JSON. Sealed texts
// (names, e-mails, keys) are never taken from the command line, where other users of the machine
// and the shell's history would see them, but from a file or stdin, or asked for at the terminal.
// Amounts of money are typed as people write them (cli/money_text.h).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "events/json/plain.h"
#include "events/json/schema.h"
#include "events/result.h"
#include "tools/benefits/cli/subcommand.h"

namespace ledger::tools {

struct CommandOption {
    std::vector<const json::Field*> path;  // from the table down to the field
    bool required = false;

    const json::Field& field() const { return *path.back(); }
    std::string name() const;   // "--charge-amount"
    std::string place() const;  // "charge.amount", as the codec's errors name it
    std::string takes() const;  // "NAME", "card|bank_transfer", "@FILE|-", "AMOUNT"
    std::string help() const;   // the doc comment and what is allowed
    bool from_file() const;     // takes @FILE or - only
    bool is_amount() const;     // of money
    // May be left out where a person can be asked for it (cli/unseen.h).
    bool is_asked_for() const { return required && field().kind == json::Kind::sealed; }
};

// In the order of the schema, without what callers don't send.
std::vector<CommandOption> options_of(const json::Table& table);

// One that was added to the parser, and what was typed.
struct TypedOption {
    CommandOption option;
    std::string value;
    bool on = false;              // of one that takes no value
    std::optional<Option> typed;  // once it was added
    bool given() const { return typed->given(); }
};

// The options stay where they are as long as the parser is in use. Here and below an error repeats
// what was typed only with `shows`.
void add_options(Subcommand command, std::vector<TypedOption>& options, bool shows);

// What was given, by its place.
using GivenValues = std::map<std::string, json::Plain>;

// What is wrong with a value shows when it is read by the schema: here it only gets its form. Files
// and stdin are read for it, stdin once. What a person must give and has not is asked for, one after
// the other, where stdin is a terminal. The error names the option.
Result<GivenValues> values_of(const std::vector<const TypedOption*>& options, bool shows);

// The table, an object of what was given for it. `prefix` stands before its fields' places.
json::Plain table_of_values(const json::Table& table, const GivenValues& values,
                            const std::string& prefix = "");

}  // namespace ledger::tools
