#include "projections/lookups.h"

#include <cstring>

#include "events/record.h"
#include "events/seal.h"
#include "found_generated.h"
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

// Takes what an event brings in, by the attribute `found_as` of the schema (found_generated.h).
class Finder {
public:
    Finder(const PartnerState& after, const LookupVisit& visit) : after_(after), visit_(visit) {}

    using Text = flatbuffers::String;
    using SealedText = flatbuffers::Vector<std::uint8_t>;

    void order(const Text* found) const { id(LookupKind::order, found); }
    void request(const Text* found) const { id(LookupKind::request, found); }
    void key(const Text* found) const { id(LookupKind::key, found); }
    void person(const Text* found) const { id(LookupKind::person, found); }
    // Whoever has a seat is on the user list, and found already, or of a tenant.
    void holder(const Text* found) const {
        if (!find_user(after_, text_of(found))) person(found);
    }
    void name(const SealedText& bytes, const Text* whose) const {
        sealed(LookupKind::name, bytes, whose);
    }
    void email(const SealedText& bytes, const Text* whose) const {
        sealed(LookupKind::email, bytes, whose);
    }
    void secret(const SealedText& bytes, const Text* whose) const {
        sealed(LookupKind::secret, bytes, whose);
    }

private:
    void id(LookupKind kind, const Text* text) const { visit_({kind, text_of(text), {}}); }
    // Bytes that are no sealed text have no hash and aren't found.
    void sealed(LookupKind kind, const SealedText& bytes, const Text* whose) const {
        if (const auto hash = lookup_of({bytes.data(), bytes.size()}))
            visit_({kind, lookup_hash(*hash), text_of(whose)});
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
    visit_event(body, [&](const auto& event) { find_in(event, Finder(after, visit)); });
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
