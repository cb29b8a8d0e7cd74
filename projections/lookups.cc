#include "projections/lookups.h"

#include <cstring>
#include <type_traits>

#include "events/record.h"
#include "events/seal.h"
#include "visit_generated.h"

namespace ledger::views {
namespace {

constexpr std::size_t kHashBytes = 16;

bool is_hashed(LookupKind kind) {
    switch (kind) {
        case LookupKind::email:
        case LookupKind::name:
        case LookupKind::secret:
            return true;
        case LookupKind::key:
        case LookupKind::order:
        case LookupKind::person:
        case LookupKind::request:
            return false;
    }
    return false;
}

template <typename Event, typename... Events>
constexpr bool kIsOneOf = (std::is_same_v<Event, Events> || ...);

// They name only what an earlier event has brought in. A new event stands here or has an overload
// below: nothing else compiles.
template <typename Event>
concept BringsNothing =
    kIsOneOf<Event, fb::ClockMoved, fb::PolicyPublished, fb::CataloguePublished,
             fb::AgreementAccepted, fb::ContactVerified, fb::UserRemoved, fb::RolesChanged,
             fb::TenantAdded, fb::AutomaticRenewalTurnedOff, fb::PaymentReceived, fb::SeatReleased,
             fb::KeyRevealed, fb::DownloadRecorded, fb::KeyActivated, fb::TokenIssued,
             fb::TokenRedeemed, fb::CompanyAssigned, fb::OrderCancelled, fb::CancellationRefused,
             fb::UsageAdjusted>;

class Finder {
public:
    Finder(const PartnerState& after, const LookupVisit& visit) : after_(after), visit_(visit) {}

    template <BringsNothing Event>
    void operator()(const Event&) const {}

    void operator()(const fb::PartnerRegistered& event) const {
        person(*event.contact());
        person(*event.user());
    }
    void operator()(const fb::UserAdded& event) const { person(*event.user()); }
    void operator()(const fb::OfferPurchased& event) const { id(LookupKind::order, event.order()); }
    void operator()(const fb::OrderPlaced& event) const { id(LookupKind::order, event.order()); }
    void operator()(const fb::SeatAssigned& event) const { holder(event.person()); }
    void operator()(const fb::SeatMoved& event) const { holder(event.to()); }
    void operator()(const fb::KeysDelivered& event) const {
        for (const fb::KeyMaterial* key : *event.keys()) {
            id(LookupKind::key, key->id());
            sealed(LookupKind::secret, *key->material(), key->id());
        }
    }
    void operator()(const fb::CancellationRequested& event) const {
        id(LookupKind::request, event.request());
    }

private:
    void id(LookupKind kind, const flatbuffers::String* text) const {
        visit_({kind, text_of(text), {}});
    }
    // Bytes that are no sealed text have no hash and aren't found.
    void sealed(LookupKind kind, const flatbuffers::Vector<std::uint8_t>& bytes,
                const flatbuffers::String* whose) const {
        if (const auto hash = lookup_of({bytes.data(), bytes.size()}))
            visit_({kind, lookup_hash(*hash), text_of(whose)});
    }
    void person(const fb::Person& person) const {
        id(LookupKind::person, person.id());
        sealed(LookupKind::name, *person.name(), person.id());
        sealed(LookupKind::email, *person.email(), person.id());
    }
    void holder(const flatbuffers::String* person) const {
        if (!find_user(after_, text_of(person))) id(LookupKind::person, person);
    }

    const PartnerState& after_;
    const LookupVisit& visit_;
};

void put_prefix(std::string& out, LookupKind kind, std::string_view what) {
    out.push_back(static_cast<char>(kind));
    out.append(what);
    if (!is_hashed(kind)) out.push_back('\0');
}

}  // namespace

std::string lookup_id(std::string_view id) { return std::string(id); }

std::string lookup_hash(Id128 hash) {
    std::string bytes;
    put_big_endian(bytes, hash.high);
    put_big_endian(bytes, hash.low);
    return bytes;
}

void for_each_lookup(const fb::Body& body, const PartnerState& after, const LookupVisit& visit) {
    visit_event(body, Finder(after, visit));
}

void put_lookups(RowBatch& batch, std::string& key, const fb::Body& body,
                 const PartnerState& after) {
    const std::uint64_t version = flatbuffers::EndianScalar(after.version);
    for_each_lookup(body, after, [&](const Lookup& lookup) {
        key.clear();
        put_prefix(key, lookup.kind, lookup.what);
        key.append(after.partner).push_back('\0');
        key.append(lookup.thing);
        batch.put(Family::lookups, key, {reinterpret_cast<const char*>(&version), sizeof version});
    });
}

Result<std::vector<LookupHit>> look_up(const Snapshot& rows, LookupKind kind, std::string_view what,
                                       std::size_t most) {
    std::vector<LookupHit> hits;
    const bool fits =
        is_hashed(kind) ? what.size() == kHashBytes : what.find('\0') == std::string_view::npos;
    if (!fits || most == 0) return hits;
    std::string prefix;
    put_prefix(prefix, kind, what);
    bool damaged = false;
    const auto scanned =
        rows.scan(Family::lookups, prefix, [&](std::string_view key, std::string_view value) {
            const std::string_view rest = key.substr(prefix.size());
            const std::size_t end = rest.find('\0');
            LookupHit hit;
            damaged = end == std::string_view::npos || value.size() != sizeof hit.version;
            if (damaged) return false;
            hit.partner = rest.substr(0, end);
            hit.thing = rest.substr(end + 1);
            std::memcpy(&hit.version, value.data(), sizeof hit.version);
            hit.version = flatbuffers::EndianScalar(hit.version);
            hits.push_back(std::move(hit));
            return hits.size() < most;
        });
    if (!scanned) return scanned.error();
    if (damaged)
        return error(
            "a lookup row is damaged; run 'benefits rebuild': the views are made again "
            "from the log");
    return hits;
}

}  // namespace ledger::views
