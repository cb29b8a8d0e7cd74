#include "aggregates/deadlines/due.h"

#include <algorithm>
#include <utility>

#include "aggregates/orders/anchor.h"
#include "aggregates/orders/expiry.h"
#include "aggregates/orders/lapse.h"
#include "aggregates/orders/reminders.h"
#include "aggregates/renewals/automatic.h"
#include "events/sha256.h"

namespace ledger::deadlines {
namespace {

constexpr std::size_t kOrderHashHexDigits = 32;

std::string_view name_of(Rank rank) {
    switch (rank) {
        case Rank::lapse:
            return "lapse";
        case Rank::expiry:
            return "expiry";
        case Rank::charge:
            return "charge";
        case Rank::reminder:
            return "reminder";
    }
    return "";
}

}  // namespace

std::vector<Due> due(const PartnerState& state, const Policies& policies, Date through) {
    std::vector<Due> all;
    for (const fb::OrderT& order : state.orders) {
        if (!orders::anchor_of(order)) continue;
        const auto add = [&](Date on, Rank rank) {
            if (on <= through) all.push_back({on, rank, order.id});
        };
        if (const auto lapse = orders::lapse_due(order)) add(*lapse, Rank::lapse);
        if (const auto expiry = orders::expiry_due(order, policies)) add(*expiry, Rank::expiry);
        if (const auto charge = renewals::charge_due(state, order)) add(*charge, Rank::charge);
        for (const Date on : orders::reminders_due(order, policies)) add(on, Rank::reminder);
    }
    std::sort(all.begin(), all.end());
    return all;
}

std::vector<Anchor> anchors(const PartnerState& state) {
    std::vector<Anchor> all;
    for (const fb::OrderT& order : state.orders)
        if (const auto on = orders::anchor_of(order)) all.push_back({*on, order.id});
    return all;
}

std::int32_t lead_days(const Policies& policies) { return orders::reminder_lead_days(policies); }

std::string derived_id(std::string_view what, Date on, std::string_view order) {
    const std::string hash = to_hex(sha256(view_of(order))).substr(0, kOrderHashHexDigits);
    return "due/" + std::string(what) + "/" + to_string(on) + "/" + hash;
}

std::string id_of(const Due& due) { return derived_id(name_of(due.rank), due.on, due.order); }

fb::CommandBodyUnion body_of(const Due& due) {
    switch (due.rank) {
        case Rank::lapse:
            return orders::lapse_body(due.order);
        case Rank::expiry:
            return orders::expiry_body(due.order);
        case Rank::charge:
            return renewals::charge_body(due.order);
        case Rank::reminder:
            return orders::reminder_body(due.order, due.on);
    }
    return {};
}

Bytes system_command(std::string_view partner, std::string id, std::string_view actor,
                     fb::CommandBodyUnion body) {
    fb::CommandT command;
    command.id = std::move(id);
    command.partner = partner;
    command.actor = std::make_unique<fb::ActorT>();
    command.actor->kind = fb::ActorKind::system;
    command.actor->id = actor;
    command.body = std::move(body);
    flatbuffers::FlatBufferBuilder builder;
    fb::FinishCommandBuffer(builder, fb::CreateCommand(builder, &command));
    return Bytes(builder.GetBufferPointer(), builder.GetBufferPointer() + builder.GetSize());
}

Bytes command_of(std::string_view partner, const Due& due) {
    return system_command(partner, id_of(due), "deadlines", body_of(due));
}

}  // namespace ledger::deadlines
