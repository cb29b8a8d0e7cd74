// From an id or a keyed hash to the partners for whom an event has ever named it.
#include "projections/lookups.h"

#include "events/record.h"
#include "projections/map_rows.h"
#include "projections/search.h"
#include "tests/support/catch.h"

namespace ledger::views {
namespace {

constexpr std::size_t kBytesAroundText = 16 + 16 + 12 + 16;

Id128 hash_of(std::string_view text) { return {std::hash<std::string_view>()(text), text.size()}; }

// As sealing leaves it: the hash where it belongs, everything else left empty.
std::vector<std::uint8_t> sealed(std::string_view text) {
    std::string bytes(16, '\0');
    bytes += lookup_hash(hash_of(text));
    bytes.resize(kBytesAroundText + text.size());
    return {bytes.begin(), bytes.end()};
}

fb::PersonT person(const std::string& id, std::string_view name, std::string_view email) {
    fb::PersonT person;
    person.id = id;
    person.name = sealed(name);
    person.email = sealed(email);
    return person;
}

class Ledger {
public:
    template <typename Event>
    void happen(const std::string& partner, Event event) {
        fb::EventUnion any;
        any.Set(std::move(event));
        const Bytes body = encode_body(any);
        const auto found = states_.try_emplace(partner, new_partner(PartnerId{partner})).first;
        evolve(found->second, *flatbuffers::GetRoot<fb::Body>(body.data()));
        RowBatch batch;
        std::string key;
        put_lookups(batch, key, *flatbuffers::GetRoot<fb::Body>(body.data()), found->second);
        REQUIRE(rows_.write(batch).ok());
        RowBatch state;
        state.put(Family::partners, partner, text_of(pack(found->second)));
        REQUIRE(rows_.write(state).ok());
    }

    void register_partner(const std::string& partner, const fb::PersonT& user) {
        fb::PartnerRegisteredT event;
        event.legal_name = partner;
        event.contact = std::make_unique<fb::PersonT>(user);
        event.user = std::make_unique<fb::PersonT>(user);
        happen(partner, std::move(event));
    }

    // "partner/thing@version" of each.
    std::vector<std::string> look(LookupKind kind, const std::string& what, std::size_t most = 9) {
        const auto hits = look_up(*rows_.snapshot(), kind, what, most);
        REQUIRE(hits.ok());
        std::vector<std::string> out;
        for (const LookupHit& hit : *hits)
            out.push_back(hit.partner + "/" + hit.thing + "@" + std::to_string(hit.version));
        return out;
    }

    const MapRows& rows() const { return rows_; }

private:
    MapRows rows_;
    std::map<std::string, PartnerState> states_;
};

using Hits = std::vector<std::string>;

TEST_CASE("A person is found by id, e-mail and name, at every partner") {
    Ledger ledger;
    ledger.register_partner("contoso", person("kim", "Kim", "kim@contoso.example"));
    ledger.register_partner("fabrikam", person("kim", "Kim Other", "kim@contoso.example"));
    CHECK(ledger.look(LookupKind::person, lookup_id("kim")) == Hits{"contoso/@1", "fabrikam/@1"});
    CHECK(ledger.look(LookupKind::person, lookup_id("kim"), 1) == Hits{"contoso/@1"});
    CHECK(ledger.look(LookupKind::email, lookup_hash(hash_of("kim@contoso.example"))) ==
          Hits{"contoso/kim@1", "fabrikam/kim@1"});
    CHECK(ledger.look(LookupKind::name, lookup_hash(hash_of("Kim"))) == Hits{"contoso/kim@1"});
    CHECK(ledger.look(LookupKind::email, lookup_hash(hash_of("Kim"))).empty());
}

TEST_CASE("Only the whole id is one") {
    Ledger ledger;
    ledger.register_partner("contoso", person("kim", "Kim", "kim@contoso.example"));
    CHECK(ledger.look(LookupKind::person, lookup_id("ki")).empty());
    CHECK(ledger.look(LookupKind::person, lookup_id("kimm")).empty());
    CHECK(ledger.look(LookupKind::person, lookup_id(std::string("kim\0contoso", 11))).empty());
    CHECK(ledger.look(LookupKind::email, "kim").empty());
}

TEST_CASE("Who left the user list is still found") {
    Ledger ledger;
    ledger.register_partner("contoso", person("kim", "Kim", "kim@contoso.example"));
    fb::UserAddedT added;
    added.user = std::make_unique<fb::PersonT>(person("lee", "Lee", "lee@contoso.example"));
    ledger.happen("contoso", std::move(added));
    fb::UserRemovedT removed;
    removed.user = "lee";
    ledger.happen("contoso", std::move(removed));
    CHECK(ledger.look(LookupKind::email, lookup_hash(hash_of("lee@contoso.example"))) ==
          Hits{"contoso/lee@2"});
    const auto found =
        find_exactly(*ledger.rows().snapshot(),
                     {"lee", hash_of("lee@contoso.example"), std::nullopt, std::nullopt}, 10);
    REQUIRE(found.ok());
    REQUIRE(found->partners.size() == 1);
    CHECK(found->partners[0].partner == "contoso");
    REQUIRE(found->partners[0].hits.size() == 2);
    CHECK(found->partners[0].hits[0].in == FoundIn::person);
    CHECK(found->partners[0].hits[1].in == FoundIn::email);
    CHECK(found->partners[0].hits[1].text == "lee");
}

TEST_CASE("Orders, service requests, keys and their secrets lead to their partner") {
    Ledger ledger;
    ledger.register_partner("contoso", person("kim", "Kim", "kim@contoso.example"));
    fb::OfferPurchasedT bought;
    bought.order = "ap-2020";
    bought.charge = std::make_unique<fb::MoneyT>();
    ledger.happen("contoso", std::move(bought));
    fb::KeysDeliveredT delivered;
    delivered.order = "ap-2020";
    delivered.sku = "windows";
    fb::KeyMaterialT key;
    key.id = "mak-1";
    key.material = sealed("AAAAA-BBBBB");
    delivered.keys.push_back(std::move(key));
    ledger.happen("contoso", std::move(delivered));
    fb::CancellationRequestedT asked;
    asked.request = "sr-1";
    asked.order = "ap-2020";
    ledger.happen("contoso", std::move(asked));
    CHECK(ledger.look(LookupKind::order, lookup_id("ap-2020")) == Hits{"contoso/@2"});
    CHECK(ledger.look(LookupKind::key, lookup_id("mak-1")) == Hits{"contoso/@3"});
    CHECK(ledger.look(LookupKind::secret, lookup_hash(hash_of("AAAAA-BBBBB"))) ==
          Hits{"contoso/mak-1@3"});
    CHECK(ledger.look(LookupKind::request, lookup_id("sr-1")) == Hits{"contoso/@4"});
}

TEST_CASE("A search tells that there is more than it shows") {
    Ledger ledger;
    for (const char* partner : {"adatum", "contoso", "fabrikam"})
        ledger.register_partner(partner, person("kim", "Kim", "kim@contoso.example"));
    const Sought kim{"kim", std::nullopt, hash_of("Kim"), std::nullopt};
    const auto two = find_exactly(*ledger.rows().snapshot(), kim, 2);
    REQUIRE(two.ok());
    CHECK(two->partners.size() == 2);
    CHECK(two->more);
    const auto all = find_exactly(*ledger.rows().snapshot(), kim, 3);
    REQUIRE(all.ok());
    CHECK(all->partners.size() == 3);
    CHECK_FALSE(all->more);
}

}  // namespace
}  // namespace ledger::views
