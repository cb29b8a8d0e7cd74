// What falls due in the whole ledger, day by day: found by the index of anchors, and kept. The
// index is read no further than anything can be due by the earliest day there is; a partner's row
// is read when an anchor of it comes into that reach, and once for each thing that is due of it; a
// key that was met before is passed over. So a day costs what is due on it and a walk over the keys
// around it, and memory the partners among those. Pure but for the rows it reads. One thread.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "aggregates/deadlines/due.h"
#include "events/bytes.h"
#include "events/date.h"
#include "events/ids.h"
#include "events/result.h"
#include "events/text_map.h"
#include "projections/rows.h"

namespace ledger {

struct DueCommand {
    std::string partner;
    std::string id;            // derived from what the command says
    Bytes command;             // packed
    std::optional<Date> then;  // when the partner's next thing is due, as its row has it

    auto operator<=>(const DueCommand&) const = default;
};

// One day's; of each partner the next one alone, for it may change what is due after it.
struct DueDay {
    Date on;
    std::vector<DueCommand> commands;
};

struct DueSought {
    Date through;
    // Only in these partitions; in all of them where it is empty.
    std::function<bool(PartitionId)> wanted = {};
};

class DueAgenda {
public:
    explicit DueAgenda(std::uint32_t partitions) : partitions_(partitions) {}
    // Partners are found by views of their names.
    DueAgenda(const DueAgenda&) = delete;
    DueAgenda& operator=(const DueAgenda&) = delete;

    // The earliest day, at most `through`, on which something is due that wasn't done, as these
    // rows have it; nothing where nothing is.
    Result<std::optional<DueDay>> next(const views::Snapshot& rows, const DueSought& sought);

    // It came to an event, which stands in the rows that are asked next.
    void done(const DueCommand& command);
    // It came to none: it isn't found again.
    void pass_over(const DueCommand& command);
    // What was passed over is found again.
    void look_anew();

private:
    struct Kept {
        PartitionId partition{};
        std::optional<Date> next;  // it stands in by_day_ then
        std::size_t anchors = 0;   // of its keys, those in keys_
        std::uint64_t walk = 0;    // in which its row was read last
    };
    struct Ruled {
        std::size_t row_bytes = 0;
        std::vector<fb::PolicyVersionT> policies;
    };
    using Days = std::set<std::pair<Date, std::string_view>>;
    using Partners = TextMap<Kept>;

    Result<void> look_at_policies(const views::Snapshot& rows);
    Result<void> walk(const views::Snapshot& rows, const DueSought& sought, bool whole);
    Result<void> meet(const views::Snapshot& rows, std::string_view key, const DueSought& sought,
                      std::set<std::string>::iterator before);
    void forget_key(std::string_view key);
    Result<std::vector<deadlines::Due>> due_of(const views::Snapshot& rows,
                                               std::string_view partner, PartitionId partition);
    Result<DueDay> due_on(const views::Snapshot& rows, Date day, const DueSought& sought);
    void place(Partners::iterator partner, std::optional<Date> next);
    void again(Partners::iterator partner) { place(partner, Date{}); }
    Date reach_of(const DueSought& sought) const;
    std::optional<Date> earliest(const DueSought& sought) const;

    const std::uint32_t partitions_;
    std::map<PartitionId, Ruled> ruled_;
    std::int32_t lead_days_ = 0;
    Date reach_;  // of the last walk
    // Of the index, as it was when it was last walked over.
    std::set<std::string> keys_;
    Partners partners_;
    std::map<PartitionId, Days> by_day_;
    std::set<std::string> passed_over_;  // partner, 00, id
    std::uint64_t walks_ = 0;
};

}  // namespace ledger
