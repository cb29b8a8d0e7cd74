// A table of the schema as a flat list of what it says, each under its place, so that two of them
// can be compared: elements of a list are known by their own name ("order ap-2020", "seat 1")
// where they have one, and not by where they stand in it.
#pragma once

#include <string>
#include <vector>

#include "events/json/encode.h"
#include "events/json/table_view.h"

namespace ledger::answers {

struct Leaf {
    std::vector<std::string> path;  // {"order ap-2020", "benefit office-365-e3", "used"}
    std::string value;              // empty: the mark of a thing that is there
    const json::Field* field;       // that it is of
};

// Fields with the attribute `moment` are passed over. Sealed texts are in words.
std::vector<Leaf> leaves_of(const json::TableView& table, const json::OpenText& open);

}  // namespace ledger::answers
