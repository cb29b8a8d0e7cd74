// A JSON document as a flat list of what it says, each under its place, so that two of them can be
// compared: elements of a list are known by their own name ("order ap-2020", "seat 1") and not by
// where they stand in it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ledger::tools {

struct Leaf {
    std::vector<std::string> path;  // {"order ap-2020", "benefit office-365-e3", "used"}
    std::string value;
};

// Members named in `left_out` are passed over at every level. `json` is valid.
std::vector<Leaf> leaves_of(std::string_view json, const std::vector<std::string_view>& left_out);

struct Change {
    std::vector<std::string> path;
    std::string before;  // empty: it was not there
    std::string after;   // empty: it is gone

    bool operator==(const Change&) const = default;
};

// What differs, in the order of the later one, then what is gone. Something that came or went as a
// whole is one change, with its plain fields in one line.
std::vector<Change> changes_between(const std::vector<Leaf>& before,
                                    const std::vector<Leaf>& after);

}  // namespace ledger::tools
