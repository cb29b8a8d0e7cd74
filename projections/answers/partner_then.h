// A partner at a moment: what it had come to, the day whose policy counts, and the policies and
// catalogues that were published by then.
#pragma once

#include <cstdint>
#include <variant>

#include "aggregates/partner.h"
#include "projections/answers/snapshot.h"
#include "projections/past.h"

namespace ledger::answers {

struct PartnerThen {
    PartnerState state;
    Date day;  // the one that was asked for, that of the version's event, or today
    LedgerState ledger;
    std::uint64_t newest_version = 0;
};

// Why there is no such partner at that moment.
enum class Missing {
    day_ahead,            // the day lies after the ledger's
    no_such_partner,      // at no moment
    not_registered_yet,   // `first` is the day on which it was
    version_not_reached,  // it stands at `newest_version`
};

struct NoPartner {
    Missing why{};
    Date first;
    std::uint64_t newest_version = 0;
};

using PartnerAtMoment = std::variant<PartnerThen, NoPartner>;

Result<PartnerAtMoment> partner_then(const Snapshot& snapshot, const PartnerId& partner,
                                     const views::Moment& moment);

}  // namespace ledger::answers
