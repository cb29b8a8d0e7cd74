// One event of a partner's history by its version, and where in it a day begins: history read from
// any place, in either direction, without reading what lies before.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "events/bytes.h"
#include "events/date.h"
#include "events/ids.h"
#include "events/record.h"
#include "events/result.h"
#include "projections/rows.h"

namespace ledger::views {

class StoredEvents {
public:
    StoredEvents(const Snapshot& rows, PartitionId partition, const PartnerId& partner)
        : rows_(rows), partition_(partition), partner_(partner) {}

    // 0: there is no such partner.
    Result<std::uint64_t> newest_version() const;

    struct Event {
        Position position{};
        RecordView record;
    };
    // `version` is 1 .. newest_version(). It holds until the next call. Error: the rows can't be
    // read, or are damaged.
    Result<Event> at(std::uint64_t version);

    // Some of them, the newest at the beginning or at the end.
    struct Some {
        std::uint64_t first = 1;
        std::uint64_t last = 0;  // newest_version() or less; none before `first`
        bool newest_first = false;
    };
    // Event by event, until `visit` says false; quicker than by version. Rows behind the one where
    // it ends are not read.
    Result<void> each(const Some& some, const std::function<bool(const Event&)>& visit);

    // The first version of that day or a later one; newest + 1 when there is none. Versions stand
    // in the order of their times.
    Result<std::uint64_t> first_since(Date day, std::uint64_t newest);

private:
    // Nothing: it is damaged.
    std::optional<Event> decode(std::string_view row);
    Error damaged(std::uint64_t version) const;

    const Snapshot& rows_;
    PartitionId partition_;
    PartnerId partner_;
    std::string key_;
    std::string row_;
    Bytes scratch_;
};

}  // namespace ledger::views
