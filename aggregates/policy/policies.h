// Every policy version of a ledger. A rule that measures a period asks for the one of the day on
// which the period opened; everything else is decided under today's. A view: the versions stand
// elsewhere and outlive it.
#pragma once

#include <span>

#include "aggregates/in_force.h"
#include "policy_generated.h"

namespace ledger {

class Policies {
public:
    // In the order of their numbers.
    explicit Policies(std::span<const fb::PolicyVersionT> versions) : versions_(versions) {}

    // In force on this day (in_force.h).
    const fb::PolicyVersionT& on(Date day) const { return in_force(versions_, day); }
    std::span<const fb::PolicyVersionT> all() const { return versions_; }

private:
    std::span<const fb::PolicyVersionT> versions_;
};

}  // namespace ledger
