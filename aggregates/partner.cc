#include "aggregates/partner.h"

#include <algorithm>

#include "aggregates/gate.h"
#include "areas_generated.h"
#include "visit_generated.h"

namespace ledger {
namespace {

// A row: partner > order > benefit > seat or key. Tables: users, seats and keys, far more than 1
// MiB holds.
constexpr flatbuffers::uoffset_t kRowMaxDepth = 8;
constexpr flatbuffers::uoffset_t kRowMaxTables = 100'000;

std::optional<Refusal> refuse_at_the_gate(const PartnerState& state, const fb::Command& command,
                                          const Context& context) {
    if (auto refusal = refuse_too_late(command, context)) return refusal;
    if (auto refusal = refuse_wrong_scope(command, false)) return refusal;
    if (auto refusal = refuse_reserved_id(command)) return refusal;
    const bool registers = command.body_type() == fb::CommandBody::RegisterPartner;
    if (!registers && state.version == 0) return refuse(say::PartnerUnknown{});
    if (registers && state.version > 0) return refuse(say::PartnerAlreadyRegistered{});
    if (auto refusal = refuse_version_conflict(command, state.version, context)) return refusal;
    return refuse_unknown_correction(command, state.version);
}

}  // namespace

PartnerState new_partner(const PartnerId& partner) {
    PartnerState state;
    state.partner = partner.text();
    return state;
}

Decision decide(const PartnerState& state, const fb::Command& command, const Context& context) {
    if (auto refusal = refuse_at_the_gate(state, command, context)) return *std::move(refusal);
    return visit_command(command, [&]<typename Asked>(const Asked& asked) -> Decision {
        if constexpr (is_ledger_command(fb::CommandBodyTraits<Asked>::enum_value))
            return refuse(say::CommandWrongScope{});
        else
            return every_area::decide(state, asked, context);
    });
}

void evolve(PartnerState& state, const fb::Body& body) {
    visit_event(body, [&]<typename Happened>(const Happened& happened) {
        if constexpr (is_ledger_event(fb::EventTraits<Happened>::enum_value))
            LEDGER_CHECK(false && "a ledger event in a partner's history");
        else
            every_area::evolve(state, happened);
    });
    ++state.version;
}

const fb::UserT* find_user(const PartnerState& state, std::string_view id) {
    const auto at = std::lower_bound(
        state.users.begin(), state.users.end(), id,
        [](const fb::UserT& user, std::string_view sought) { return user.id < sought; });
    return at != state.users.end() && at->id == id ? &*at : nullptr;
}

bool has_tenant(const PartnerState& state, std::string_view tenant) {
    return std::find(state.tenants.begin(), state.tenants.end(), tenant) != state.tenants.end();
}

bool is_named_tenant(const PartnerState& state, std::string_view tenant) {
    const std::vector<std::string>& named = state.named_tenants;
    return std::find(named.begin(), named.end(), tenant) != named.end();
}

fb::Role roles_of(const PartnerState& state, fb::ActorKind kind, std::string_view actor_id) {
    if (kind != fb::ActorKind::user) return fb::Role::NONE;
    const fb::UserT* user = find_user(state, actor_id);
    return user ? user->roles : fb::Role::NONE;
}

Bytes pack(const PartnerState& state) {
    flatbuffers::FlatBufferBuilder builder(4096);
    const BytesView packed = pack(state, builder);
    return Bytes(packed.begin(), packed.end());
}

BytesView pack(const PartnerState& state, flatbuffers::FlatBufferBuilder& builder) {
    builder.Clear();
    builder.Finish(fb::CreatePartnerState(builder, &state));
    return {builder.GetBufferPointer(), builder.GetSize()};
}

Result<PartnerState> unpack(BytesView row) {
    Bytes scratch;
    const BytesView bytes = aligned(row, scratch);
    flatbuffers::Verifier verifier(bytes.data(), bytes.size(), kRowMaxDepth, kRowMaxTables);
    if (!fb::VerifyPartnerStateBuffer(verifier))
        return error("The partner's row is damaged: rebuild the views from the log.");
    PartnerState state;
    fb::GetPartnerState(bytes.data())->UnPackTo(&state);
    return state;
}

}  // namespace ledger
