// The one table of what the commands are called on the command line: "order buy" for PurchaseOffer.
// All else about a command (options, help) comes from the schema. That every command of the schema
// stands here is checked at compile time.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "command_generated.h"
#include "events/json/schema.h"

namespace ledger::tools {

struct Area {
    std::string_view name;
    std::string_view about;
};
std::span<const Area> areas();

struct CommandName {
    fb::CommandBody type{};
    std::string_view area;
    std::string_view name;
    std::string_view example;  // a line for the shell, which works; @files are what they say
};
std::span<const CommandName> command_names();

// "order buy"
std::string full_name(const CommandName& command);

// "PurchaseOffer"
std::string_view type_name(const CommandName& command);

// The command's own table of the schema.
const json::Table& table_of(const CommandName& command);

}  // namespace ledger::tools
