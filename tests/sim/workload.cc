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
constexpr const char* kHours = "hours";
constexpr const char* kLicences = "licences";
constexpr const char* kTools = "tools";
constexpr const char* kCloud = "cloud";
constexpr const char* kAzure = "azure";
constexpr std::int64_t kCharge = 47500;

Bytes sealed(const std::string& text) {
    Bytes bytes(64);
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[i] = static_cast<std::uint8_t>(text[i % text.size()]);
    return bytes;
}

std::unique_ptr<fb::PersonT> person_of(const std::string& id) {
    auto person = std::make_unique<fb::PersonT>();
    person->id = id;
    person->name = sealed("name of " + id);
    person->email = sealed("mail of " + id);
    return person;
}

fb::GrantT grant(const char* sku, fb::BenefitKind kind, fb::Unit unit, std::uint32_t quantity) {
    fb::GrantT grant;
    grant.sku = sku;
    grant.title = sku;
    grant.kind = kind;
    grant.unit = unit;
    grant.quantity = quantity;
    return grant;
}

fb::OfferT offer(const std::string& id, fb::OfferKind kind, std::uint32_t seats) {
    fb::OfferT offer;
    offer.id = id;
    offer.title = id;
    offer.kind = kind;
    offer.grants = {
        grant(kSeats, fb::BenefitKind::visual_studio_seat, fb::Unit::seat, seats),
        grant(kHours, fb::BenefitKind::advisory_hours, fb::Unit::hour, 3),
        grant(kLicences, fb::BenefitKind::software_key, fb::Unit::licence, 3),
        grant(kTools, fb::BenefitKind::download, fb::Unit::account, 1),
        grant(kCloud, fb::BenefitKind::cloud_token, fb::Unit::seat, 4),
        grant(kAzure, fb::BenefitKind::azure_usage, fb::Unit::subscription, 1),
    };
    return offer;
}

std::unique_ptr<fb::MoneyT> money(std::int64_t amount) {
    auto money = std::make_unique<fb::MoneyT>();
    money->amount = amount;
    money->currency = "USD";
    return money;
}

fb::PolicyVersionT policy(std::uint32_t version, std::int32_t effective,
                          std::uint16_t seat_move_days, fb::RefundTest refund_ends_with) {
    fb::PolicyVersionT policy;
    policy.version = version;
    policy.effective = effective;
    policy.seat_move_days = seat_move_days;
    policy.seat_for_tenant_member = true;
    policy.benefit_roles = fb::Role::global_admin;
    policy.automatic_renewal_offered = true;
    policy.renewal_window_days = 30;
    policy.action_pack_beside_competency = true;
    policy.refund_days = 12;
    policy.refund_ends_with = refund_ends_with;
    policy.payment_days = 6;
    policy.note = "simulated";
    return policy;
}

fb::CatalogueVersionT catalogue(std::uint32_t version, std::int32_t effective,
                                std::uint32_t seats) {
    fb::CatalogueVersionT catalogue;
    catalogue.version = version;
    catalogue.effective = effective;
    catalogue.note = "simulated";
    catalogue.offers.push_back(offer("pack", fb::OfferKind::action_pack, seats));
    catalogue.offers.push_back(offer("learning", fb::OfferKind::learning_action_pack, 1));
    return catalogue;
}

}  // namespace

Workload::Workload(Dice& dice, std::uint32_t partitions, bool sandbox)
    : dice_(dice),
      partitions_(partitions),
      sandbox_(sandbox),
      clocks_(partitions, kFirstDay.days),
      policies_(partitions, 2),
      catalogues_(partitions, 1) {
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
    genesis.policies.push_back(policy(1, 0, 0, fb::RefundTest::software_activated));
    genesis.policies.push_back(policy(2, kFirstDay.days + 10, 20, fb::RefundTest::anything_used));
    genesis.catalogues.push_back(catalogue(1, 0, 2));
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
    if (dice_.per_mille(15)) return publish();
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
    return of_ledger(std::move(move), partition);
}

Asked Workload::of_ledger(fb::CommandT command, std::size_t partition) {
    Asked result = asked(std::move(command));
    result.partition = PartitionId{static_cast<std::uint32_t>(partition)};
    return result;
}

// The next version of the policy or the catalogue, of today or later.
Asked Workload::publish() {
    const std::size_t partition = dice_.index(partitions_);
    const std::int32_t effective =
        clocks_[partition] + static_cast<std::int32_t>(dice_.between(0, 20));
    fb::CommandT published = command("", fb::ActorKind::support, "operator");
    if (dice_.per_mille(500)) {
        fb::PublishPolicyT body;
        const auto refund_test = dice_.per_mille(500) ? fb::RefundTest::software_activated
                                                      : fb::RefundTest::anything_used;
        body.policy = std::make_unique<fb::PolicyVersionT>(
            policy(policies_[partition] + 1, effective,
                   static_cast<std::uint16_t>(dice_.between(0, 20)), refund_test));
        published.body.Set(std::move(body));
    } else {
        fb::PublishCatalogueT body;
        const auto seats = static_cast<std::uint32_t>(dice_.between(1, 3));
        body.catalogue = std::make_unique<fb::CatalogueVersionT>(
            catalogue(catalogues_[partition] + 1, effective, seats));
        published.body.Set(std::move(body));
    }
    return of_ledger(std::move(published), partition);
}

std::string Workload::person() { return "u" + std::to_string(dice_.between(1, 5)); }
std::string Workload::request() { return "r" + std::to_string(dice_.between(1, 3)); }
// Mostly one that is known to be there.
std::string Workload::order(const fb::CommandT& command) {
    const std::vector<std::string>& orders = known_[command.partner].orders;
    if (!orders.empty() && dice_.per_mille(850)) return dice_.pick(orders);
    return "o" + std::to_string(dice_.between(1, 4));
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
        body.charge = money(kCharge);
        body.terms_accepted = body.confirmed = true;
        command.body.Set(std::move(body));
    }
}

void Workload::any_body(fb::CommandT& command) {
    const std::uint64_t kind = dice_.between(0, 99);
    if (kind < 35) return seat_body(command);
    if (kind < 48) return user_body(command);
    if (kind < 64) return key_body(command);
    if (kind < 76) return cloud_body(command);
    if (kind < 86) return order_body(command);
    if (kind < 96) return support_body(command);
    body_of_stage(command, static_cast<int>(dice_.between(0, 2)));
    if (command.body.AsVerifyContact()) command.actor->kind = fb::ActorKind::system;
}

void Workload::order_body(fb::CommandT& command) {
    const std::uint64_t kind = dice_.between(0, 9);
    if (kind < 6) {
        body_of_stage(command, 3);
        auto& purchase = *command.body.AsPurchaseOffer();
        purchase.order = "o" + std::to_string(dice_.between(1, 4));
        if (dice_.per_mille(600)) purchase.offer = "learning";
        if (dice_.per_mille(400)) purchase.payment = fb::PaymentMethod::bank_transfer;
    } else if (kind < 8) {
        fb::RequestCancellationT cancel;
        cancel.request = request();
        cancel.order = order(command);
        command.body.Set(std::move(cancel));
    } else if (kind < 9) {
        fb::TurnAutomaticRenewalOffT off;
        off.order = order(command);
        command.body.Set(std::move(off));
    } else {
        fb::TurnAutomaticRenewalOnT on;
        on.order = order(command);
        command.body.Set(std::move(on));
    }
}

void Workload::seat_body(fb::CommandT& command) {
    const std::uint64_t kind = dice_.between(0, 9);
    const auto seat = static_cast<std::uint32_t>(dice_.between(1, 2));
    if (kind < 5) {
        fb::AssignSeatT assign;
        assign.order = order(command);
        assign.sku = kSeats;
        assign.person = person();
        assign.tenant = kTenant;
        command.body.Set(std::move(assign));
    } else if (kind < 8) {
        fb::MoveSeatT move;
        move.order = order(command);
        move.sku = kSeats;
        move.seat = seat;
        move.person = person();
        move.tenant = kTenant;
        command.body.Set(std::move(move));
    } else {
        fb::ReleaseSeatT release;
        release.order = order(command);
        release.sku = kSeats;
        release.seat = seat;
        command.body.Set(std::move(release));
    }
}

template <typename Body>
Body Workload::on_line(const fb::CommandT& command, const char* sku) {
    Body body;
    body.order = order(command);
    body.sku = dice_.per_mille(950) ? sku : kHours;
    return body;
}

void Workload::deliver(fb::CommandT& command, const char* sku, const std::string& id) {
    command.actor->kind = dice_.per_mille(500) ? fb::ActorKind::system : fb::ActorKind::support;
    auto deliver = on_line<fb::DeliverKeysT>(command, sku);
    fb::KeyMaterialT key;
    key.id = id;
    key.material = sealed("secret of " + id);
    key.units = static_cast<std::uint32_t>(dice_.between(1, 3));
    deliver.keys.push_back(std::move(key));
    command.body.Set(std::move(deliver));
}

void Workload::key_body(fb::CommandT& command) {
    const std::uint64_t kind = dice_.between(0, 9);
    const std::string key = "k" + std::to_string(dice_.between(1, 2));
    if (kind < 2) {
        deliver(command, kLicences, key);
    } else if (kind < 5) {
        auto reveal = on_line<fb::RevealKeyT>(command, kLicences);
        if (dice_.per_mille(300)) reveal.key = key;
        reveal.language = "ko-kr";
        reveal.system = "windows-10";
        command.body.Set(std::move(reveal));
    } else if (kind < 9) {
        auto activate = on_line<fb::ActivateKeyT>(command, kLicences);
        activate.key = key;
        activate.machine = "m" + std::to_string(dice_.between(1, 4));
        activate.hardware_changed = dice_.per_mille(100);
        command.body.Set(std::move(activate));
    } else {
        command.body.Set(on_line<fb::RecordDownloadT>(command, kTools));
    }
}

void Workload::cloud_body(fb::CommandT& command) {
    const std::uint64_t kind = dice_.between(0, 9);
    const std::string token = "t" + std::to_string(dice_.between(1, 2));
    if (kind < 3) {
        deliver(command, kCloud, token);
    } else if (kind < 6) {
        command.body.Set(on_line<fb::IssueTokenT>(command, kCloud));
    } else if (kind < 9) {
        auto redeem = on_line<fb::RedeemTokenT>(command, kCloud);
        redeem.token = token;
        if (dice_.per_mille(100)) redeem.tenant = "customer";
        if (dice_.per_mille(100)) redeem.seats = 2;
        command.body.Set(std::move(redeem));
    } else {
        command.body.Set(on_line<fb::AssignCompanyT>(command, kAzure));
    }
}

void Workload::support_body(fb::CommandT& command) {
    const std::uint64_t kind = dice_.between(0, 9);
    command.actor->kind = fb::ActorKind::support;
    if (dice_.per_mille(900)) command.reason = "simulated";
    if (kind < 4) {
        fb::ReceivePaymentT receive;
        const std::vector<std::string>& unpaid = known_[command.partner].unpaid;
        receive.order =
            unpaid.empty() || dice_.per_mille(200) ? order(command) : dice_.pick(unpaid);
        receive.amount = money(dice_.per_mille(900) ? kCharge : 1);
        command.body.Set(std::move(receive));
    } else if (kind < 6) {
        fb::ResolveCancellationT resolve;
        resolve.request = request();
        command.body.Set(std::move(resolve));
    } else if (kind < 7) {
        fb::RefuseCancellationT refuse;
        refuse.request = request();
        command.body.Set(std::move(refuse));
    } else {
        auto adjust = on_line<fb::AdjustUsageT>(command, dice_.per_mille(500) ? kHours : kLicences);
        adjust.change = static_cast<std::int32_t>(dice_.between(0, 4)) - 2;
        command.corrects = dice_.between(0, known_[command.partner].version + 1);
        command.body.Set(std::move(adjust));
    }
}

void Workload::user_body(fb::CommandT& command) {
    const std::uint64_t kind = dice_.between(0, 10);
    if (kind < 5) {
        fb::AddUserT add;
        add.user = person_of(person());
        add.roles = dice_.per_mille(300) ? fb::Role::global_admin : fb::Role::plain_user;
        command.body.Set(std::move(add));
    } else if (kind < 8) {
        fb::RemoveUserT remove;
        remove.user = person();
        command.body.Set(std::move(remove));
    } else if (kind < 9) {
        fb::AddTenantT add;
        add.tenant = dice_.per_mille(500) ? kTenant : "laboratory";
        command.body.Set(std::move(add));
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
    if (const auto* purchase = command.body_as_PurchaseOffer()) {
        known.orders.push_back(purchase->order()->str());
        if (purchase->payment() == fb::PaymentMethod::bank_transfer)
            known.unpaid.push_back(purchase->order()->str());
    }
    const std::size_t partition = number(asked.partition);
    if (const auto* move = command.body_as_MoveClock())
        clocks_[partition] = std::max(clocks_[partition], move->to());
    if (const auto* published = command.body_as_PublishPolicy())
        policies_[partition] = std::max(policies_[partition], published->policy()->version());
    if (const auto* published = command.body_as_PublishCatalogue())
        catalogues_[partition] =
            std::max(catalogues_[partition], published->catalogue()->version());
}

}  // namespace ledger::sim
