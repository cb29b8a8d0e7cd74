#include "tests/fuzz/decided.h"

#include "aggregates/answer_of.h"
#include "aggregates/catalogue/catalogue.h"
#include "aggregates/policy/policy.h"
#include "events/limits.h"
#include "events/record.h"

namespace ledger::fuzz {

const LedgerState& sandbox() {
    static const LedgerState state = [] {
        LedgerState fresh;
        fresh.sandbox = true;
        fresh.clock = *parse_date("2021-02-01");
        fresh.policies = policy::initial_policies().value();
        fresh.catalogues = catalogue::initial_catalogues().value();
        return fresh;
    }();
    return state;
}

namespace {

fb::UserT user(const char* id, fb::Role roles) {
    fb::UserT user;
    user.id = id;
    user.name = user.email = Bytes(60);
    user.roles = roles;
    user.may_sign = true;
    return user;
}

fb::KeyT key(const char* id, std::uint32_t units) {
    fb::KeyT key;
    key.id = id;
    key.material = Bytes(60);
    key.units = units;
    return key;
}

// Every benefit of the first Action Pack, and a key or token of each that has some.
fb::OrderT order(Date start) {
    const fb::OfferT& offer = *catalogue::find_offer(sandbox().catalogues.front(), "action-pack");
    fb::OrderT order;
    order.id = "ap-1";
    order.offer = offer.id;
    order.kind = offer.kind;
    order.purchased = order.start = start.days;
    order.anniversary = plus_years(start, 1).days;
    order.charge_currency = "USD";
    order.renews_automatically = order.automatic_renewal = true;
    for (const fb::GrantT& grant : offer.grants) {
        fb::BenefitT& benefit = order.benefits.emplace_back();
        benefit.sku = grant.sku;
        benefit.title = grant.title;
        benefit.kind = grant.kind;
        benefit.unit = grant.unit;
        benefit.granted = grant.quantity;
        benefit.expiry = order.anniversary;
        if (grant.kind == fb::BenefitKind::software_key ||
            grant.kind == fb::BenefitKind::cloud_token)
            benefit.keys.push_back(key("k1", 5));
    }
    return order;
}

const PartnerState& contoso() {
    static const PartnerState state = [] {
        PartnerState known = new_partner(PartnerId{"contoso"});
        known.version = 3;
        known.legal_name = "Contoso Ltd";
        known.address = "1 Main Street";
        known.tenants = {"contoso.example"};
        known.contact_id = "kim";
        known.contact_name = known.contact_email = Bytes(60);
        known.member_since = parse_date("2020-09-01")->days;
        known.agreement = "2020-10";
        known.users = {user("kim", fb::Role::global_admin | fb::Role::admin_agent |
                                       fb::Role::partner_admin | fb::Role::account_admin),
                       user("lee", fb::Role::plain_user)};
        known.orders = {order(*parse_date("2021-01-10"))};
        return known;
    }();
    return state;
}

Bytes body_of(const NewEntry& entry) {
    Bytes body = encode_body(entry.event);
    flatbuffers::Verifier verifier(body.data(), body.size());
    LEDGER_CHECK(verifier.VerifyBuffer<fb::Body>(nullptr));
    return body;
}

// On the sandbox's day; null: of the ledger itself.
Ruling rule(const PartnerState* partner, const fb::Command& command) {
    static constexpr fb::Event kTypes[] = {fb::Event::PartnerRegistered, fb::Event::ContactVerified,
                                           fb::Event::OfferPurchased};
    const Standing standing{.ledger = sandbox(), .partner = partner, .event_types = kTypes};
    return answer_of(standing, command, Id128{}, start_of(sandbox().clock));
}

}  // namespace

void check_decided_for(PartnerState state, const fb::Command& command) {
    const Ruling ruling = rule(&state, command);
    const auto* entry = std::get_if<NewEntry>(&ruling.says);
    if (!entry) return;
    const Bytes body = body_of(*entry);
    evolve(state, *flatbuffers::GetRoot<fb::Body>(body.data()));
    const Bytes row = pack(state);
    const auto kept = unpack(row);
    LEDGER_CHECK(row.size() <= limits::kPartnerRowMaxBytes && kept.ok() && pack(*kept) == row);
}

void check_decided(const fb::Command& command) {
    check_decided_for(contoso(), command);
    check_decided_for(new_partner(PartnerId{"contoso"}), command);
    LedgerState state = sandbox();
    const Ruling ruling = rule(nullptr, command);
    if (const auto* entry = std::get_if<NewEntry>(&ruling.says))
        evolve(state, *flatbuffers::GetRoot<fb::Body>(body_of(*entry).data()));
}

}  // namespace ledger::fuzz
