#include "projections/search.h"

#include <algorithm>
#include <optional>

#include "aggregates/partner.h"
#include "events/folded.h"
#include "events/record.h"
#include "projections/lookups.h"
#include "projections/queries.h"

namespace ledger::views {
namespace {

bool contains(std::string_view where, std::string_view what) {
    return where.find(what) != std::string_view::npos;
}

class Hits {
public:
    explicit Hits(std::string_view what) : what_(what) {}

    void look(FoundIn in, const std::string& where) {
        if (hits_.size() < kHitsMax && contains(folded(where), what_))
            hits_.push_back({in, where, 0});
    }
    std::vector<Hit> take() { return std::move(hits_); }

private:
    std::string_view what_;  // folded
    std::vector<Hit> hits_;
};

std::vector<Hit> hits_in(const PartnerState& state, std::string_view what) {
    Hits hits(what);
    hits.look(FoundIn::partner, state.partner);
    hits.look(FoundIn::legal_name, state.legal_name);
    for (const std::string& tenant : state.tenants) hits.look(FoundIn::tenant, tenant);
    for (const std::string& tenant : state.named_tenants) hits.look(FoundIn::tenant, tenant);
    for (const fb::UserT& user : state.users) hits.look(FoundIn::user, user.id);
    for (const fb::OrderT& order : state.orders) hits.look(FoundIn::order, order.id);
    for (const fb::RequestT& request : state.requests) hits.look(FoundIn::request, request.id);
    for (const fb::OrderT& order : state.orders)
        for (const fb::BenefitT& benefit : order.benefits)
            for (const fb::KeyT& key : benefit.keys) hits.look(FoundIn::key, key.id);
    return hits.take();
}

FoundIn found_in(LookupKind kind, const PartnerState& state, std::string_view id) {
    switch (kind) {
        case LookupKind::email:
            return FoundIn::email;
        case LookupKind::key:
            return FoundIn::key;
        case LookupKind::name:
            return FoundIn::name;
        case LookupKind::order:
            return FoundIn::order;
        case LookupKind::person:
            return find_user(state, id) ? FoundIn::user : FoundIn::person;
        case LookupKind::request:
            return FoundIn::request;
        case LookupKind::secret:
            return FoundIn::secret;
    }
    return FoundIn::partner;
}

// The legal name in a packed row, of which nothing else is looked at; nothing when it isn't there
// as it should be.
std::optional<std::string_view> legal_name_in(BytesView row) {
    constexpr auto kField = fb::PartnerState::VT_LEGAL_NAME;
    flatbuffers::Verifier verifier(row.data(), row.size());
    if (verifier.VerifyOffset(0) == 0) return std::nullopt;
    const auto* state = flatbuffers::GetRoot<flatbuffers::Table>(row.data());
    const bool sound = state->VerifyTableStart(verifier);
    const auto* name = sound && state->VerifyOffset(verifier, kField)
                           ? state->GetPointer<const flatbuffers::String*>(kField)
                           : nullptr;
    if (!sound || !verifier.VerifyString(name)) return std::nullopt;
    return text_of(name);
}

// Whether unpacking the row can be worth it. What has an id has it in lower-case ASCII and in one
// piece; the legal name is the one text that people write as they like. Of a damaged row it is:
// unpacking says so.
bool may_hold(std::string_view row, std::string_view what) {
    if (contains(row, what)) return true;
    Bytes scratch;
    const auto name = legal_name_in(aligned(view_of(row), scratch));
    return !name || contains(folded(*name), what);
}

// Puts hits together by partner, in the order in which partners are first met.
class Exact {
public:
    Exact(const Snapshot& rows, std::size_t most) : rows_(rows), most_(most) {}

    Result<void> look(LookupKind kind, std::string_view what, std::string_view id) {
        // One beyond what is shown tells whether there are more.
        const auto hits = look_up(rows_, kind, what, most_ + 1);
        if (!hits) return hits.error();
        for (const LookupHit& hit : *hits) {
            const auto state = find_partner(rows_, PartnerId{hit.partner});
            if (!state) return state.error();
            if (!*state) continue;
            const std::string text = hit.thing.empty() ? std::string(id) : hit.thing;
            add(**state, {found_in(kind, **state, text), text, hit.version});
        }
        return {};
    }
    Result<void> look_partner(const std::string& id) {
        const auto state = find_partner(rows_, PartnerId{id});
        if (!state) return state.error();
        if (*state) add(**state, {FoundIn::partner, id, 0});
        return {};
    }
    Search take() { return std::move(search_); }

private:
    void add(const PartnerState& state, Hit hit) {
        auto found =
            std::find_if(search_.partners.begin(), search_.partners.end(),
                         [&](const FoundPartner& each) { return each.partner == state.partner; });
        if (found == search_.partners.end()) {
            if (search_.partners.size() == most_) {
                search_.more = true;
                return;
            }
            found = search_.partners.insert(found, {state.partner, state.legal_name, {}});
        }
        if (found->hits.size() < kHitsMax) found->hits.push_back(std::move(hit));
    }

    const Snapshot& rows_;
    std::size_t most_;
    Search search_;
};

}  // namespace

Result<Search> find_exactly(const Snapshot& rows, const Sought& sought, std::size_t most) {
    Exact exact(rows, most);
    if (!sought.id.empty()) {
        if (const auto looked = exact.look_partner(sought.id); !looked) return looked.error();
        for (const LookupKind kind :
             {LookupKind::person, LookupKind::order, LookupKind::request, LookupKind::key})
            if (const auto looked = exact.look(kind, lookup_id(sought.id), sought.id); !looked)
                return looked.error();
    }
    const std::pair<LookupKind, const std::optional<Id128>&> hashed[] = {
        {LookupKind::email, sought.email},
        {LookupKind::name, sought.name},
        {LookupKind::secret, sought.secret}};
    for (const auto& [kind, hash] : hashed) {
        if (!hash) continue;
        if (const auto looked = exact.look(kind, lookup_hash(*hash), {}); !looked)
            return looked.error();
    }
    return exact.take();
}

Result<Search> search_partners(const Snapshot& rows, std::string_view text, std::size_t most) {
    Search search;
    const std::string what = folded(text);
    if (what.empty()) return search;
    std::optional<Error> broken;
    const auto scanned =
        rows.scan(Family::partners, {}, [&](std::string_view, std::string_view row) {
            if (!may_hold(row, what)) return true;
            const auto state = unpack(view_of(row));
            if (!state) {
                broken = state.error();
                return false;
            }
            std::vector<Hit> hits = hits_in(*state, what);
            if (hits.empty()) return true;
            if (search.partners.size() == most) {
                search.more = true;
                return false;
            }
            search.partners.push_back({state->partner, state->legal_name, std::move(hits)});
            return true;
        });
    if (!scanned) return scanned.error();
    if (broken) return *broken;
    return search;
}

}  // namespace ledger::views
