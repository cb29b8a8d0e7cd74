#include "tests/sim/workload.h"

#include <memory>

#include "events/partition.h"
#include "events/record.h"
#include "events/sha256.h"

namespace ledger::sim {
namespace {

constexpr int kStages = 4;
constexpr const char* kAdmin = "admin";
constexpr const char* kTenant = "tenant";
constexpr const char* kSeats = "seats";

Bytes sealed(const std::string& text) {
    Bytes bytes(64, 0x5a);
    for (std::size_t i = 0; i < text.size() && i < bytes.size(); ++i)
        bytes[i] = static_cast<std::uint8_t>(text[i]);
    return bytes;
}

std::unique_ptr<fb::PersonT> person_of(const std::string& id) {
    auto person = std::make_unique<fb::PersonT>();
    person->id = id;
    person->name = sealed("name of " + id);
    person->email = sealed("mail of " + id);
    return person;
}

fb::OfferT offer(const std::string& id, fb::OfferKind kind, std::uint32_t seats) {
    fb::OfferT offer;
    offer.id = id;
    offer.title = id;
    offer.kind = kind;
    fb::GrantT grant;
    grant.sku = kSeats;
    grant.title = "Seats";
    grant.kind = fb::BenefitKind::visual_studio_seat;
    grant.unit = fb::Unit::seat;
    grant.quantity = seats;
    offer.grants.push_back(grant);
    grant.sku = "hours";
    grant.kind = fb::BenefitKind::advisory_hours;
    offer.grants.push_back(grant);
    return offer;
}

fb::PolicyVersionT policy(std::uint32_t version, std::int32_t effective,
                          std::uint16_t seat_move_days) {
    fb::PolicyVersionT policy;
    policy.version = version;
    policy.effective = effective;
    policy.seat_move_days = seat_move_days;
    policy.seat_for_tenant_member = true;
    policy.benefit_roles = fb::Role::global_admin;
    policy.automatic_renewal_offered = true;
    policy.renewal_window_days = 30;
    policy.action_pack_beside_competency = true;
    policy.note = "simulated";
    return policy;
}

}  // namespace

Workload::Workload(Dice& dice, std::uint32_t partitions, bool sandbox)
    : dice_(dice), partitions_(partitions), sandbox_(sandbox), clocks_(partitions, kFirstDay.days) {
    const std::uint64_t count = dice_.between(2, 4);
    for (std::uint64_t i = 1; i <= count; ++i) partners_.push_back("p" + std::to_string(i));
}

Bytes Workload::genesis(std::uint32_t partition) const {
    fb::GenesisT genesis;
    genesis.ledger = std::make_unique<fb::Id128>(1, 2);
    genesis.partitions = partitions_;
    genesis.partition = partition;
    genesis.sandbox = sandbox_;
    genesis.clock = kFirstDay.days;
    genesis.key_check = std::make_unique<fb::Id128>(3, 4);
    genesis.policies.push_back(policy(1, 0, 0));
    genesis.policies.push_back(policy(2, kFirstDay.days + 10, 20));
    fb::CatalogueVersionT catalogue;
    catalogue.version = 1;
    catalogue.note = "simulated";
    catalogue.offers.push_back(offer("pack", fb::OfferKind::action_pack, 2));
    catalogue.offers.push_back(offer("learning", fb::OfferKind::learning_action_pack, 1));
    genesis.catalogues.push_back(std::move(catalogue));
    return encode_genesis(genesis);
}

fb::CommandT Workload::command(const std::string& partner, fb::ActorKind kind,
                               const std::string& actor) {
    fb::CommandT command;
    command.id = "c" + std::to_string(++last_id_);
    command.partner = partner;
    command.actor = std::make_unique<fb::ActorT>();
    command.actor->kind = kind;
    command.actor->id = actor;
    command.actor->authentication = "simulated";
    return command;
}

Asked Workload::asked(fb::CommandT command, int stage) {
    Asked asked;
    asked.partition = partition_of(PartnerId{command.partner}, partitions_);
    asked.partner = command.partner;
    asked.id = command.id;
    asked.stage = stage;
    flatbuffers::FlatBufferBuilder builder;
    fb::FinishCommandBuffer(builder, fb::CreateCommand(builder, &command));
    asked.command.assign(builder.GetBufferPointer(),
                         builder.GetBufferPointer() + builder.GetSize());
    const Hash hash = sha256(asked.command);
    asked.fingerprint = {get_big_endian<std::uint64_t>(text_of(BytesView(hash).first(8))),
                         get_big_endian<std::uint64_t>(text_of(BytesView(hash).subspan(8, 8)))};
    return asked;
}

Asked Workload::next() {
    if (sandbox_ && dice_.per_mille(60)) return move_clock();
    const std::string& partner = dice_.pick(partners_);
    Known& known = known_[partner];
    if (known.stage < kStages && !known.setting_up && !dice_.per_mille(100)) {
        known.setting_up = true;
        const bool by_system = known.stage == 2;
        fb::CommandT setup =
            command(partner, by_system ? fb::ActorKind::system : fb::ActorKind::user, kAdmin);
        body_of_stage(setup, known.stage);
        return asked(std::move(setup), known.stage);
    }
    fb::CommandT any =
        command(partner, fb::ActorKind::user, dice_.per_mille(950) ? kAdmin : person());
    any_body(any);
    if (dice_.per_mille(150)) any.expected_version = known.version + dice_.between(0, 1);
    if (dice_.per_mille(100)) {
        const std::int64_t day = clocks_[number(partition_of(PartnerId{partner}, partitions_))];
        const std::int64_t start = start_of(Date{static_cast<std::int32_t>(day)}).milliseconds;
        any.not_after =
            sandbox_ ? start : start + static_cast<std::int64_t>(dice_.between(0, 20'000));
    }
    return asked(std::move(any));
}

Asked Workload::other_body(const Asked& old) {
    fb::CommandT other;
    fb::GetCommand(old.command.data())->UnPackTo(&other);
    other.reason = "another body " + std::to_string(dice_.between(0, 9));
    return asked(std::move(other), old.stage);
}

Asked Workload::move_clock() {
    const auto partition = static_cast<std::uint32_t>(dice_.index(partitions_));
    fb::CommandT move = command("", fb::ActorKind::support, "operator");
    fb::MoveClockT body;
    body.to = clocks_[partition] + static_cast<std::int32_t>(dice_.between(0, 12)) - 1;
    move.body.Set(std::move(body));
    Asked result = asked(std::move(move));
    result.partition = PartitionId{partition};
    return result;
}

std::string Workload::person() { return "u" + std::to_string(dice_.between(1, 5)); }
std::string Workload::order() {
    return dice_.per_mille(800) ? "o1" : "o" + std::to_string(dice_.between(2, 3));
}

void Workload::body_of_stage(fb::CommandT& command, int stage) {
    if (stage == 0) {
        fb::RegisterPartnerT body;
        body.legal_name = "Partner " + command.partner;
        body.address = "Street 1";
        body.tenant = kTenant;
        body.contact = person_of("contact");
        body.user = person_of(kAdmin);
        command.body.Set(std::move(body));
    } else if (stage == 1) {
        fb::AcceptAgreementT body;
        body.agreement = "2020-10";
        command.body.Set(std::move(body));
    } else if (stage == 2) {
        command.body.Set(fb::VerifyContactT{});
    } else {
        fb::PurchaseOfferT body;
        body.order = "o1";
        body.offer = "pack";
        body.payment = fb::PaymentMethod::card;
        body.charge = std::make_unique<fb::MoneyT>();
        body.charge->amount = 47500;
        body.charge->currency = "USD";
        body.terms_accepted = body.confirmed = true;
        command.body.Set(std::move(body));
    }
}

void Workload::any_body(fb::CommandT& command) {
    const std::uint64_t kind = dice_.between(0, 99);
    if (kind < 65) return seat_body(command);
    if (kind < 85) return user_body(command);
    if (kind < 93) {
        body_of_stage(command, 3);
        auto& purchase = *command.body.AsPurchaseOffer();
        purchase.order = order();
        if (dice_.per_mille(600)) purchase.offer = "learning";
        return;
    }
    if (kind < 96) {
        fb::TurnAutomaticRenewalOffT off;
        off.order = order();
        command.body.Set(std::move(off));
        return;
    }
    body_of_stage(command, static_cast<int>(dice_.between(0, 2)));
    if (command.body.AsVerifyContact()) command.actor->kind = fb::ActorKind::system;
}

void Workload::seat_body(fb::CommandT& command) {
    const std::uint64_t kind = dice_.between(0, 9);
    const auto seat = static_cast<std::uint32_t>(dice_.between(1, 2));
    if (kind < 5) {
        fb::AssignSeatT assign;
        assign.order = order();
        assign.sku = kSeats;
        assign.person = person();
        assign.tenant = kTenant;
        command.body.Set(std::move(assign));
    } else if (kind < 8) {
        fb::MoveSeatT move;
        move.order = order();
        move.sku = kSeats;
        move.seat = seat;
        move.person = person();
        move.tenant = kTenant;
        command.body.Set(std::move(move));
    } else {
        fb::ReleaseSeatT release;
        release.order = order();
        release.sku = kSeats;
        release.seat = seat;
        command.body.Set(std::move(release));
    }
}

void Workload::user_body(fb::CommandT& command) {
    const std::uint64_t kind = dice_.between(0, 9);
    if (kind < 5) {
        fb::AddUserT add;
        add.user = person_of(person());
        add.roles = dice_.per_mille(300) ? fb::Role::global_admin : fb::Role::plain_user;
        command.body.Set(std::move(add));
    } else if (kind < 8) {
        fb::RemoveUserT remove;
        remove.user = person();
        command.body.Set(std::move(remove));
    } else {
        fb::ChangeRolesT change;
        change.user = person();
        change.roles = dice_.per_mille(500) ? fb::Role::global_admin : fb::Role::partner_admin;
        command.body.Set(std::move(change));
    }
}

void Workload::settled(const Asked& asked, bool accepted, std::uint64_t version) {
    Known& known = known_[asked.partner];
    if (asked.stage >= 0) known.setting_up = false;
    if (!accepted) {
        // Somebody else may have done it, or not yet what it needs.
        if (asked.stage >= 0 && dice_.per_mille(500)) known.stage = asked.stage + 1;
        return;
    }
    known.version = std::max(known.version, version);
    if (asked.stage >= 0) known.stage = std::max(known.stage, asked.stage + 1);
    const fb::Command& command = *fb::GetCommand(asked.command.data());
    if (const auto* move = command.body_as_MoveClock())
        clocks_[number(asked.partition)] = std::max(clocks_[number(asked.partition)], move->to());
}

}  // namespace ledger::sim
