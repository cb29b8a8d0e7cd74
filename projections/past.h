// A partner as it was: its history folded again, event by event, up to a past moment. Pure but for
// the rows it reads; the answer is as of the position the view stands at.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "aggregates/partner.h"
#include "events/date.h"
#include "events/ids.h"
#include "events/record.h"
#include "projections/rows.h"

namespace ledger::views {

// The end of a day, or right after a version; neither: as far as the view has come.
struct Moment {
    std::optional<Date> day;
    std::optional<std::uint64_t> version;

    bool is_now() const { return !day && !version; }
};

struct Past {
    PartnerState state;  // version 0: nothing had happened to it yet
    Time last;           // of the last event folded in
    Time first;          // of the first event there is
    std::uint64_t newest_version = 0;
};

Result<Past> partner_at(const Snapshot& rows, PartitionId partition, const PartnerId& partner,
                        const Moment& moment);

// Called after each event, with the state that it led to.
using Step = std::function<void(const RecordView& record, const PartnerState& after)>;

// The partner's whole history, folded step by step. The records live until their step returns.
Result<void> follow_partner(const Snapshot& rows, PartitionId partition, const PartnerId& partner,
                            const Step& step);

}  // namespace ledger::views
