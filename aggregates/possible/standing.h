// What whoever makes up a command knows of where it will be decided: a partner, its ledger and the
// moment. It may be out of date; then more is refused.
#pragma once

#include "aggregates/answer_of.h"
#include "aggregates/ledger_state.h"
#include "aggregates/partner.h"

namespace ledger::possible {

// What it refers to outlives it.
struct Standing {
    const PartnerState& partner;
    const LedgerState& ledger;
    Time now;

    Date today() const { return date_of(now); }
};

// What the rules would say there: to a command of the partner, or to one of the ledger's own when
// it names no partner.
Ruling ruling_on(const Standing& standing, const fb::Command& command);

// One partner and its ledger, as they become by commands that are decided one after the other.
class Believed {
public:
    Believed(PartnerState partner, LedgerState ledger)
        : partner_(std::move(partner)), ledger_(std::move(ledger)) {}

    Standing at(Time now) const { return {partner_, ledger_, now}; }
    const PartnerState& partner() const { return partner_; }

    // Decides the command, and adds its event when it is accepted.
    Ruling take(const fb::Command& command, Time now);

private:
    PartnerState partner_;
    LedgerState ledger_;
};

}  // namespace ledger::possible
