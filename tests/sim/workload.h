// What the clients of a simulation ask for: few partners, few units of each benefit, many hands, so
// that the order of decisions matters, refusals are frequent, and a refusal that was right a moment
// ago is wrong now.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "command_generated.h"
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
    int stage = -1;  // of a partner's setting up
};

class Workload {
public:
    Workload(Dice& dice, std::uint32_t partitions, bool sandbox);

    Bytes genesis(std::uint32_t partition) const;
    Asked next();
    // Another command under the same id.
    Asked other_body(const Asked& asked);

    // What became of a command, as the clients learn it.
    void settled(const Asked& asked, bool accepted, std::uint64_t version);

private:
    struct Known {
        int stage = 0;  // how far the setting up has come
        bool setting_up = false;
        std::uint64_t version = 0;
        std::vector<std::string> orders;
        std::vector<std::string> unpaid;  // of those
    };

    fb::CommandT command(const std::string& partner, fb::ActorKind kind, const std::string& actor);
    Asked asked(fb::CommandT command, int stage = -1);
    void body_of_stage(fb::CommandT& command, int stage);
    void any_body(fb::CommandT& command);
    void seat_body(fb::CommandT& command);
    void user_body(fb::CommandT& command);
    void key_body(fb::CommandT& command);
    void cloud_body(fb::CommandT& command);
    void order_body(fb::CommandT& command);
    void support_body(fb::CommandT& command);
    void deliver(fb::CommandT& command, const char* sku, const std::string& id);
    // About a benefit; now and then the wrong one.
    template <typename Body>
    Body on_line(const fb::CommandT& command, const char* sku);
    Asked move_clock();
    Asked publish();
    // A command of the ledger itself; each partition has its own.
    Asked of_ledger(fb::CommandT command, std::size_t partition);
    std::string person();
    std::string order(const fb::CommandT& command);
    std::string request();

    Dice& dice_;
    std::uint32_t partitions_;
    bool sandbox_;
    std::vector<std::string> partners_;
    std::map<std::string, Known> known_;
    // By partition, as far as the clients know:
    std::vector<std::int32_t> clocks_;
    std::vector<std::uint32_t> policies_;  // the last version
    std::vector<std::uint32_t> catalogues_;
    std::uint64_t last_id_ = 0;
};

}  // namespace ledger::sim
