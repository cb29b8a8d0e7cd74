// The headers that are made from the schema, each as the text that stands in it. Every one of them
// is there so that no list of commands or events is written by hand.
#pragma once

#include "events/generate/schema.h"

namespace ledger::generate {

// visit_generated.h: the visitors over the unions of events and commands, and which of them are the
// ledger's own.
//   visit_event(const fb::Body&, f)      calls f(const fb::X&) with the event of its type
//   visit_command(const fb::Command&, f) the same with the command
// A new member of a union makes every visitor that lacks an overload for it a compile error.
std::string visitors(const reflection::Schema& schema);

// actions_generated.h: what the schema says of its commands and events, as tables for actions.cc.
std::string actions(const reflection::Schema& schema, Faults& faults);

// found_generated.h: what each event brings in that its partner is found by.
//   find_in(const fb::X&, finder)  calls finder.order(id), finder.email(bytes, id), ..., one method
//                                  for each value of the attribute `found_as`
std::string found(const reflection::Schema& schema, Faults& faults);

// state_format_generated.h: a hash of all that the packed state depends on.
std::string state_format(const reflection::Schema& schema);

}  // namespace ledger::generate
