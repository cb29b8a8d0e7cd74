// The fold: judged records in, rows out. Position and data go into one batch; a batch is folded in
// memory and every row is written once, with its final value. Pure but for the rows it reads; one
// thread.
//
// A valid entry whose partner version is not the next one, or whose command id stands already,
// stops the fold: the judge took it, so its writer is broken, and no view may hide that.
#pragma once

#include <list>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "aggregates/ledger_state.h"
#include "aggregates/partner.h"
#include "events/reading.h"
#include "events/text_map.h"
#include "projections/rows.h"

namespace ledger::views {

// What a valid entry can't be, unless its writer is broken.
inline constexpr ErrorCode kWrongScope{"history.wrong-scope"};
inline constexpr ErrorCode kPartnerInvalid{"history.partner-invalid"};
inline constexpr ErrorCode kVersionNotNext{"history.version-not-next"};
inline constexpr ErrorCode kCommandIdTwice{"history.command-id-twice"};

class Fold {
public:
    // `partners_max` states are kept between batches, so that a partner at work is not unpacked
    // again each time.
    explicit Fold(Rows& rows, std::size_t partners_max = 65536);

    // Folds records of one partition, in order; `after` is the reading behind the last one. Nothing
    // is written yet.
    Result<void> add(PartitionId partition, const std::vector<Judged>& records,
                     const Reading& after);

    // A row that is no fold of records, to be written with what is added.
    void put_beside(Family family, std::string_view key, std::string_view value) {
        batch_.put(family, key, value);
    }

    // Writes what was added since the last commit, positions included, in one batch. Error: also a
    // command id that stands twice; nothing is written then, and what was added stays to be written
    // (Rows::full).
    Result<void> commit();

private:
    struct Kept {
        PartnerState state;
        // As they stand in the rows (anchors.h, lists.h).
        std::vector<std::string> anchors;
        std::vector<std::string> lists;
        bool dirty = false;
        std::list<const std::string*>::iterator used;
    };
    struct Position {
        Reading reading;
        LedgerState ledger;
        bool dirty = false;
        bool ledger_dirty = false;
    };

    Result<void> apply(PartitionId partition, const Judged& judged);
    Result<Kept*> partner(std::string_view id);
    Result<Position*> position(PartitionId partition);
    Result<void> check_receipts();
    void put_index(Family family, std::vector<std::string>& stand, std::vector<std::string> now);
    const Snapshot& before();
    void trim();

    Rows& rows_;
    std::unique_ptr<const Snapshot> before_;  // the last batch
    std::size_t partners_max_;
    RowBatch batch_;
    std::string key_;  // memory for one key
    flatbuffers::FlatBufferBuilder builder_;
    TextMap<Kept> partners_;
    std::list<const std::string*> by_use_;
    std::vector<Kept*> dirty_;
    std::unordered_map<std::uint32_t, Position> positions_;
};

}  // namespace ledger::views
