#include "aggregates/deadlines/due.h"

#include <algorithm>
#include <tuple>

#include "aggregates/orders/lapse.h"
#include "aggregates/renewals/automatic.h"
#include "events/sha256.h"

namespace ledger::deadlines {
namespace {

constexpr std::size_t kOrderHashHexDigits = 32;

std::string_view name_of(Rank rank) {
    switch (rank) {
        case Rank::lapse:
            return "lapse";
        case Rank::charge:
            return "charge";
    }
    return "";
}

}  // namespace

// A lapse is dated by its order alone, whatever the policies say.
std::vector<Due> due(const PartnerState& state, const Policies&, Date through) {
    std::vector<Due> all;
    orders::add_due(state, through, all);
    renewals::add_due_charges(state, through, all);
    std::sort(all.begin(), all.end(), [](const Due& a, const Due& b) {
        return std::tie(a.on, a.rank, a.order) < std::tie(b.on, b.rank, b.order);
    });
    return all;
}

std::vector<Anchor> anchors(const PartnerState& state) {
    std::vector<Anchor> all;
    orders::add_anchors(state, all);
    return all;
}

std::string id_of(const Due& due) {
    const std::string hash = to_hex(sha256(view_of(due.order))).substr(0, kOrderHashHexDigits);
    return "due/" + std::string(name_of(due.rank)) + "/" + to_string(due.on) + "/" + hash;
}

Bytes command_of(std::string_view partner, const Due& due) {
    fb::CommandT command;
    command.id = id_of(due);
    command.partner = partner;
    command.actor = std::make_unique<fb::ActorT>();
    command.actor->kind = fb::ActorKind::system;
    command.actor->id = "deadlines";
    command.body = due.body;
    flatbuffers::FlatBufferBuilder builder;
    fb::FinishCommandBuffer(builder, fb::CreateCommand(builder, &command));
    return Bytes(builder.GetBufferPointer(), builder.GetBufferPointer() + builder.GetSize());
}

}  // namespace ledger::deadlines
