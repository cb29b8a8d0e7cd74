// One record of every kind, and one entry for every type of event, made up by the schema: a text is
// its field's name, a number its field's id + 1. They are what the golden file is first written
// from.
#pragma once

#include <string>
#include <vector>

#include "events/bytes.h"

namespace ledger::golden {

struct Example {
    std::string name;  // "genesis", "entry SeatAssigned"
    Bytes bytes;
};

std::vector<Example> examples();

// The record decoded into objects and encoded again by the functions that the writer uses; empty
// when it is none.
Bytes written_again(const Bytes& record);

}  // namespace ledger::golden
