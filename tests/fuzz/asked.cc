#include "tests/fuzz/asked.h"

#include "aggregates/possible/drawn.h"
#include "tests/fuzz/decided.h"

namespace ledger::fuzz {
namespace {

// Some right and some wrong; what the rules say is what is to be found out, so they aren't asked.
constexpr possible::Dials kDials{.wrong = 60, .likely = 0, .wrong_door = 10};
constexpr int kOfEach = 2;

}  // namespace

void check_asked(const PartnerState& state) {
    // The same for the same row, so that what is found can be repeated.
    possible::Dice dice(1);
    possible::Drawing drawing(dice, kDials);
    const possible::Standing standing{state, sandbox(), start_of(sandbox().clock)};
    for (const json::Choice& type : possible::commands())
        for (int i = 0; i < kOfEach; ++i) {
            const Bytes command = drawing.of(type, standing, "c1");
            check_decided_for(state, *fb::GetCommand(command.data()));
        }
}

}  // namespace ledger::fuzz
