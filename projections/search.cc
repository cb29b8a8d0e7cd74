#include "projections/search.h"

#include <algorithm>
#include <optional>

#include "aggregates/partner.h"
#include "projections/lookups.h"
#include "projections/queries.h"

namespace ledger::views {
namespace {

char lowered(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool contains(std::string_view where, std::string_view text) {
    return std::search(where.begin(), where.end(), text.begin(), text.end(),
                       [](char a, char b) { return lowered(a) == lowered(b); }) != where.end();
}

class Hits {
public:
    explicit Hits(std::string_view text) : text_(text) {}

    void look(FoundIn in, const std::string& where) {
        if (hits_.size() < kHitsMax && contains(where, text_)) hits_.push_back({in, where, 0});
    }
    std::vector<Hit> take() { return std::move(hits_); }

private:
    std::string_view text_;
    std::vector<Hit> hits_;
};

std::vector<Hit> hits_in(const PartnerState& state, std::string_view text) {
    Hits hits(text);
    hits.look(FoundIn::partner, state.partner);
    hits.look(FoundIn::legal_name, state.legal_name);
    for (const std::string& tenant : state.tenants) hits.look(FoundIn::tenant, tenant);
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
    std::optional<Error> broken;
    const auto scanned =
        rows.scan(Family::partners, {}, [&](std::string_view, std::string_view row) {
            // A row holds its texts in one piece each: most are passed over without being unpacked.
            if (!contains(row, text)) return true;
            const auto state = unpack(view_of(row));
            if (!state) {
                broken = state.error();
                return false;
            }
            std::vector<Hit> hits = hits_in(*state, text);
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
