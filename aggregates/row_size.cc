#include "aggregates/row_size.h"

#include "aggregates/benefit_kind.h"
#include "aggregates/row_bytes.h"
#include "events/limits.h"

namespace ledger {
namespace {

constexpr std::size_t kPartnerFixedBytes = 512;
// Reminders of an order that have room from its purchase on.
constexpr std::size_t kRemindedRoom = 16;
constexpr std::size_t kRemindedBytes = 24;
// An order's id, offer, and the names of the orders and things that it comes to be tied to.
constexpr std::size_t kOrderNames = 10;
// Orders from which it takes the core package, that have room from its purchase on: only after a
// merge there are several.
constexpr std::size_t kCoreFromRoom = 4;
constexpr std::size_t kOrderFixedBytes = 4 * kTableExtraBytes +
                                         (kOrderNames + kCoreFromRoom) * kNameMaxBytes +
                                         kRemindedRoom * kRemindedBytes;

template <typename Sized>
std::size_t room_for(const Sized& sized) {
    return sized.size() + kVectorExtraBytes;
}

template <typename Line>
std::size_t benefit_bytes(const Line& line, std::size_t quantity) {
    const auto granted = kind_of(line.kind).granted_max_bytes;
    return kTableExtraBytes + room_for(line.sku) + room_for(line.title) + kVectorExtraBytes +
           (granted ? granted(quantity) : 0);
}

// What a key or token needs beside its own texts. Nothing is delivered to a kind without a stock.
std::size_t key_use_bytes(fb::BenefitKind kind, std::size_t units, std::size_t machines) {
    const auto delivered = kind_of(kind).delivered_max_bytes;
    return 2 * kTableExtraBytes + (delivered ? delivered(units, machines) : 0);
}

std::size_t key_bytes(const fb::KeyT& key, fb::BenefitKind kind) {
    return key_use_bytes(kind, key.units, key.machines.size()) + room_for(key.id) +
           room_for(key.material) + key.seen_by.size() * kNameMaxBytes;
}

std::size_t order_bytes(const fb::OrderT& order) {
    std::size_t bytes = kOrderFixedBytes;
    if (order.reminded.size() > kRemindedRoom)
        bytes += (order.reminded.size() - kRemindedRoom) * kRemindedBytes;
    if (order.core_from.size() > kCoreFromRoom)
        bytes += (order.core_from.size() - kCoreFromRoom) * kNameMaxBytes;
    for (const fb::BenefitT& benefit : order.benefits) {
        bytes += benefit_bytes(benefit, benefit.granted);
        for (const fb::KeyT& key : benefit.keys) bytes += key_bytes(key, benefit.kind);
    }
    return bytes;
}

// Two numbers beside the id: no more than the user took whose place it has, so a removal always
// fits.
std::size_t former_bytes(const fb::FormerT& former) {
    return kTableExtraBytes + room_for(former.id) + 2 * sizeof(std::uint64_t);
}

}  // namespace

std::size_t row_max_bytes(const PartnerState& state) {
    std::size_t bytes = kPartnerFixedBytes + room_for(state.partner) + room_for(state.legal_name) +
                        room_for(state.address) + room_for(state.contact_id) +
                        room_for(state.contact_name) + room_for(state.contact_email) +
                        room_for(state.agreement) + room_for(state.agreement_by);
    for (const std::string& tenant : state.tenants) bytes += room_for(tenant);
    for (const std::string& tenant : state.named_tenants) bytes += room_for(tenant);
    for (const fb::UserT& user : state.users)
        bytes += kTableExtraBytes + room_for(user.id) + room_for(user.name) + room_for(user.email);
    for (const fb::FormerT& former : state.former) bytes += former_bytes(former);
    for (const fb::OrderT& order : state.orders) bytes += order_bytes(order);
    bytes += state.requests.size() * request_max_bytes();
    bytes += state.requirements.size() * requirement_max_bytes();
    bytes += vetting_max_bytes(state.documents.size());
    return bytes;
}

std::optional<Refusal> refuse_no_room(const PartnerState& state, std::size_t more_bytes) {
    if (row_max_bytes(state) + more_bytes <= limits::kPartnerRowMaxBytes) return std::nullopt;
    return refuse(say::PartnerFull{});
}

std::size_t user_max_bytes(const fb::Person& person) {
    return kTableExtraBytes + room_for(*person.id()) + room_for(*person.name()) +
           room_for(*person.email());
}

std::size_t order_max_bytes(const std::vector<fb::GrantT>& grants) {
    std::size_t bytes = kOrderFixedBytes;
    for (const fb::GrantT& grant : grants) bytes += benefit_bytes(grant, grant.quantity);
    return bytes;
}

std::size_t key_max_bytes(const fb::KeyMaterial& key, fb::BenefitKind kind) {
    return key_use_bytes(kind, key.units(), 0) + room_for(*key.id()) + room_for(*key.material());
}

std::size_t name_max_bytes() { return kNameMaxBytes; }

std::size_t tenant_max_bytes() { return kTenantMaxBytes; }

std::size_t requirement_max_bytes() { return kTableExtraBytes + kNameMaxBytes; }

std::size_t reminder_max_bytes(const fb::OrderT& order) {
    return order.reminded.size() < kRemindedRoom ? 0 : kRemindedBytes;
}

std::size_t vetting_max_bytes(std::size_t documents) {
    return kReasonMaxBytes + kVectorExtraBytes + documents * kNameMaxBytes;
}

std::size_t request_max_bytes() {
    return 2 * kTableExtraBytes + 2 * kNameMaxBytes + kReasonMaxBytes;
}

}  // namespace ledger
