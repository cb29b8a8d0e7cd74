// How often what goes wrong, per thousand; drawn from the seed, so that runs differ in character.
#pragma once

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
    std::uint64_t clock_jump = 0;
    std::uint64_t flush = 0;  // the views become durable as they are

    static Faults draw(Dice& dice) {
        // Three characters for each: never, now and then, often.
        const auto level = [&](std::uint64_t rare, std::uint64_t often) {
            const std::uint64_t character = dice.between(0, 9);
            return character < 3 ? 0 : character < 8 ? rare : often;
        };
        Faults faults;
        faults.lose = level(5, 30);
        faults.lose_noticed = level(5, 30);
        faults.error = level(6, 40);
        faults.false_doubt = level(5, 30);
        faults.duplicate = level(10, 100);
        faults.hole = level(5, 60);
        faults.poison = level(5, 40);
        faults.forge = level(10, 60);
        faults.claim = level(2, 10);
        faults.end_unavailable = level(50, 400);
        faults.crash = level(1, 4);
        faults.close = level(1, 2);
        faults.pause = level(3, 12);
        faults.clock_jump = level(2, 10);
        faults.flush = level(20, 100) + 5;
        return faults;
    }
};

}  // namespace ledger::sim
