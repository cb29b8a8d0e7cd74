// How often what goes wrong, or happens on the way, per thousand; drawn from the seed, so that runs
// differ in character. Each has a name, so that it can be left out.
#pragma once

#include <string>
#include <vector>

#include "tests/sim/dice.h"

namespace ledger::sim {

struct Faults {
    // of a record that is about to land
    std::uint64_t lose = 0;          // it never lands, and nobody says so
    std::uint64_t lose_noticed = 0;  // it never lands, and the log says that something may be wrong
    std::uint64_t error =
        0;  // the producer breaks: what waits lands late, behind what comes after, or never
    std::uint64_t false_doubt = 0;  // it lands, and the log says that something may be wrong
    std::uint64_t duplicate = 0;    // it lands, and once more later
    std::uint64_t hole = 0;         // a position without a record comes before it
    std::uint64_t poison = 0;       // bytes that are no record come before it
    std::uint64_t forge = 0;        // a well-formed record by somebody else comes before it
    std::uint64_t claim = 0;        // a valid claim by somebody who is never heard of again
    // of a question for the end
    std::uint64_t end_unavailable = 0;
    // of a step of the simulation
    std::uint64_t crash = 0;
    std::uint64_t close = 0;
    std::uint64_t pause = 0;
    std::uint64_t release = 0;  // a node lets a partition go
    std::uint64_t clock_jump = 0;
    std::uint64_t flush = 0;   // the views become durable as they are
    std::uint64_t differ = 0;  // a bit of a reading node's judge state flips
    // of a crash
    std::uint64_t torn = 0;         // it comes in the middle of a batch of the views
    std::uint64_t older_views = 0;  // an older copy of the views is put back after it
    std::uint64_t rebuild = 0;      // the views are made afresh after it
    // of a step of the clients
    std::uint64_t receipt = 0;  // one of them asks for a receipt
    std::uint64_t settle = 0;
    std::uint64_t copy = 0;  // somebody copies the log
    std::uint64_t due = 0;   // what falls due is issued by whoever sees it in some node's views
    // of a run
    std::uint64_t evening = 0;   // in the end everybody closes, and things go wrong all the same
    std::uint64_t end_hole = 0;  // the log ends with positions that hold no record

    static Faults draw(Dice& dice);

    // All but these are left out. False: there is no such name.
    bool keep_only(const std::vector<std::string>& names);
    // Those that there are.
    std::vector<std::string> names() const;
    // "crash 4, lose 30"
    std::string text() const;
};

}  // namespace ledger::sim
