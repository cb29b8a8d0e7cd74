// What the clients of a simulation ask for: few partners, few units of each benefit, many hands, so
// that the order of decisions matters, refusals are frequent, and a refusal that was right a moment
// ago is wrong now. Commands are drawn as for any random test (aggregates/possible), on what the
// views of some node say.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "aggregates/possible/drawn.h"
#include "events/bytes.h"
#include "events/date.h"
#include "events/ids.h"
#include "tests/sim/dice.h"

namespace ledger::sim {

// Where the clocks of a simulation begin.
inline constexpr Date kFirstDay{18628};  // 2021-01-01

struct Asked {
    PartitionId partition{};
    std::string partner;  // empty: the ledger itself
    std::string id;
    Bytes command;
    Id128 fingerprint;
};

// What a node's views say of a partner and of its partition's own entries.
struct Look {
    PartnerState partner;
    LedgerState ledger;
};
using LookUp = std::function<Look(PartitionId, const PartnerId&)>;

class Workload {
public:
    Workload(Dice& dice, std::uint32_t partitions, bool sandbox);

    Bytes genesis(std::uint32_t partition) const;
    // `wall_ms`: the time where the clock isn't in the log.
    Asked next(const LookUp& look_up, std::int64_t wall_ms);
    // Another command under the same id.
    Asked other_body(const Asked& asked);
    // The next that falls due of a partner, as a node's views have it,
    // but for those of these ids.
    std::optional<Asked> due(const std::string& partner, const LookUp& look_up,
                             std::int64_t wall_ms, const std::set<std::string>& but) const;
    const std::vector<std::string>& partners() const { return partners_; }

private:
    Time now_of(const Look& look, std::int64_t wall_ms) const;
    void jump_years(Asked& asked, const Look& look);
    void take_reserved_id(Asked& asked, const Look& look);

    Dice& dice_;
    std::uint32_t partitions_;
    bool sandbox_;
    possible::Drawing drawing_;
    std::vector<std::string> partners_;
    std::uint64_t last_id_ = 0;
};

}  // namespace ledger::sim
