// Random commands: what somebody might send who knows a partner as it stands, or sends by mistake.
// The same dice, dials and standing give the same commands. Whoever tests, simulates, fuzzes or
// makes up lives draws them here, so that a new command of the schema is met everywhere at once.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "aggregates/possible/choices.h"
#include "aggregates/possible/command.h"
#include "aggregates/possible/dice.h"

namespace ledger::possible {

// A command's share beside the others.
struct Share {
    fb::CommandBody type{};
    std::uint32_t often = 0;
};

// Each in a thousand.
struct Dials {
    std::uint32_t wrong = 40;      // of the fields are drawn wrong
    std::uint32_t likely = 800;    // of the commands the rules would accept, if there is any such
    std::uint32_t wrong_door = 0;  // name a partner though they are the ledger's own, or none
    std::uint32_t of_ledger = 0;   // of the commands are the ledger's own
    std::uint32_t expected = 100;  // have an expected_version
    std::uint32_t until = 100;     // have a not_after
    std::span<const Share> shares = {};  // where the schema's (attribute `often`) don't do
};

class Drawing {
public:
    // The dice, and the shares of the dials, must outlive it.
    Drawing(Dice& dice, const Dials& dials);

    // A command of any kind with that id; of the partner, or of its ledger.
    Bytes any(const Standing& standing, const std::string& id);
    // One that the rules would accept; nothing when many throws found none.
    std::optional<Bytes> likely(const Standing& standing, const std::string& id);
    // One of that kind.
    Bytes of(const json::Choice& type, const Standing& standing, const std::string& id);

private:
    struct Kind {
        const json::Choice* type;
        std::uint32_t often;
    };

    // Kinds in a random order, those that come often rather first.
    std::vector<const json::Choice*> shuffled(bool of_ledger);
    // Nothing when the partner has nothing that some field could name.
    std::optional<Bytes> draw_if_possible(const json::Choice& type, const Standing& standing,
                                          const std::string& id, bool explained);
    Envelope envelope(const json::Choice& type, const Standing& standing, const std::string& id,
                      bool explained);
    void draw_actor(Envelope& envelope, const Standing& standing);

    Dice& dice_;
    Dials dials_;
    std::vector<Kind> kinds_;
};

}  // namespace ledger::possible
