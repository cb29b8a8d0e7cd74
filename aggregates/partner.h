// One partner: what its history comes to, and the one gate through which every command for it goes.
// Pure: the caller brings the clock, the policy and the catalogue. Version 0 is a partner that is
// not known.
#pragma once

#include <string_view>

#include "aggregates/decision.h"
#include "events/bytes.h"
#include "events/ids.h"
#include "events/result.h"
#include "state_generated.h"

namespace ledger {

// Users are kept sorted by id; orders in the order of purchase; a benefit's seats in the order of
// first use.
using PartnerState = fb::PartnerStateT;

// The state before the first event.
PartnerState new_partner(const PartnerId& partner);

// The command in its partner's present state, for answer_of alone. Checked in this order:
// command.too-late, command.wrong-scope, command.id-reserved, partner.unknown or
// partner.already-registered, version.conflict, corrects.unknown-event; then what the command's own
// header lists, from the role on.
Decision decide(const PartnerState& state, const fb::Command& command, const Context& context);

// Adds one event of the partner; never refuses. The event must be a known one and not the ledger's
// own (is_known_event, is_ledger_event). What it names and the state doesn't hold is passed over.
void evolve(PartnerState& state, const fb::Body& body);

// The roles of the actor: those of the user list; none for anybody else, and at least plain_user
// for a user.
fb::Role roles_of(const PartnerState& state, fb::ActorKind kind, std::string_view actor_id);

const fb::UserT* find_user(const PartnerState& state, std::string_view id);

// One of the partner's own: that it was registered with, or that was confirmed [ACC-12].
bool has_tenant(const PartnerState& state, std::string_view tenant);

// One that was named as the partner's own and is not confirmed: it counts as a customer's [ACC-12].
bool is_named_tenant(const PartnerState& state, std::string_view tenant);

// The row as views keep it: equal states give equal bytes.
Bytes pack(const PartnerState& state);
// The same into a builder that is used again; the view holds until then.
BytesView pack(const PartnerState& state, flatbuffers::FlatBufferBuilder& builder);
// Error: the bytes are no such row.
Result<PartnerState> unpack(BytesView row);

}  // namespace ledger
