// The canonical replay of one partition: its valid entries, the states they lead to, and what a
// command would have been told at any position.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "aggregates/answer_of.h"
#include "tests/sim/sim_log.h"

namespace ledger::sim {

class Replay {
public:
    Replay(const SimLog& log, const fb::Genesis& genesis);

    struct ValidEntry {
        Position position{};
        const RecordView* record = nullptr;
    };
    const std::vector<ValidEntry>& entries() const { return entries_; }

    // Where a command's entry stands; null: nowhere. The first of two.
    const ValidEntry* find(const std::string& partner, const std::string& command_id) const;

    // The version of a partner, or of the ledger itself, behind a position.
    std::uint64_t version_at(const std::string& partner, Position position) const;

    // What a command, under this fingerprint, comes to on all that stands up to a position, at a
    // time; of a sandbox ledger the log's own clock is taken. By the shipped code, whatever mutant
    // is under test.
    Ruling ruling_at(const fb::Command& command, Id128 fingerprint, Position position,
                     std::int64_t time_ms) const;

    // The entry is what its command comes to on the state before it; else why not.
    std::string check_decided(const ValidEntry& entry, const fb::Command& command) const;

    // The partner's packed state at the end.
    std::map<std::string, std::string> partner_rows() const;

private:
    template <typename State>
    struct Stand {
        Position from{};  // the state behind this position
        State state;
    };
    struct Partner {
        std::vector<Stand<PartnerState>> stands;
        std::vector<fb::Event> event_types;
    };
    static const Stand<LedgerState>& stand_at(const std::vector<Stand<LedgerState>>& stands,
                                              Position position);

    std::vector<ValidEntry> entries_;
    std::map<std::pair<std::string, std::string>, std::size_t> by_command_;
    std::map<std::string, Partner> partners_;
    std::vector<Stand<LedgerState>> ledger_;
};

}  // namespace ledger::sim
