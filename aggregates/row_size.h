// How large a partner's row can become: an upper bound that is checked before anything is added to
// it, so that no row ever outgrows its limit (limits::kPartnerRowMaxBytes). A seat counts from the
// purchase on, whether or not somebody has it, so that giving it away never fails because the row
// is full. So does the reason of a request that may yet be refused. A delivered key counts with a
// machine for each of its activations, a token with the tenant it is redeemed on.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "aggregates/partner.h"

namespace ledger {

std::size_t row_max_bytes(const PartnerState& state);

// partner.full: so many bytes more may not fit in.
std::optional<Refusal> refuse_no_room(const PartnerState& state, std::size_t more_bytes);

// What one more user, or one more order that grants this, adds at the most.
std::size_t user_max_bytes(const fb::Person& person);
std::size_t order_max_bytes(const std::vector<fb::GrantT>& grants);
// One more key or token of a benefit of this kind.
std::size_t key_max_bytes(const fb::KeyMaterial& key, fb::BenefitKind kind);
// One more machine or viewer of a key.
std::size_t name_max_bytes();
// One more tenant, named or of the partner's own.
std::size_t tenant_max_bytes();
// What is recorded of one more competency's requirements.
std::size_t requirement_max_bytes();
// One more reminder of an order: nothing while those have room that it has from its purchase on.
std::size_t reminder_max_bytes(const fb::OrderT& order);
// What is recorded of the vetting with these documents missing.
std::size_t vetting_max_bytes(std::size_t documents);
// One more service request, settled.
std::size_t request_max_bytes();

}  // namespace ledger
