// What the schema says of the actions: of each command its name on the command line, an example,
// the rules it goes by and the kinds of benefit it is for; of each event its rules and the words it
// is told in, and of both what they are called. It stands in the schema's attributes and doc
// comments (schema/common.fbs) and is generated from there, so a new command or event is in every
// list that is made of these. Constant; any thread may read it.
#pragma once

#include <span>
#include <string_view>

#include "command_generated.h"
#include "visit_generated.h"

namespace ledger {

// A command's first word on the command line, and what its commands are for.
struct Area {
    std::string_view name;
    std::string_view about;
};
// In the order of the help.
std::span<const Area> areas();

struct CommandKind {
    fb::CommandBody type{};
    std::string_view type_name;  // "PurchaseOffer"
    std::string_view area;       // "order"
    std::string_view verb;       // "buy"
    // A line for a shell, which works on the ledger of docs/examples/commands; @files are there.
    std::string_view example;
    std::span<const std::string_view> rules;      // at least one
    std::span<const fb::BenefitKind> benefits{};  // those of its sku; none: it has no sku
    std::string_view korean;                      // what it is called in Korean
};
// Every command, in the order of the areas and then of its number.
std::span<const CommandKind> command_kinds();

struct EventKind {
    fb::Event type{};
    std::string_view type_name;               // "OfferPurchased"
    std::string_view korean;                  // what it is called in Korean
    std::span<const std::string_view> rules;  // at least one
    std::string_view words;                   // json/words.h; empty: it is told field by field
    std::string_view words_ko;                // the same in Korean
};
// Every event, in the order of its number.
std::span<const EventKind> event_kinds();

// Of a type that this program knows.
const CommandKind& kind_of(fb::CommandBody type);
const EventKind& kind_of(fb::Event type);

}  // namespace ledger
