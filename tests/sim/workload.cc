#include "tests/sim/workload.h"

#include "aggregates/clock_command.h"
#include "aggregates/deadlines/due.h"
#include "events/partition.h"
#include "events/record.h"
#include "events/sha256.h"

namespace ledger::sim {
namespace {

// What only some histories lead to is asked more often than others.
constexpr possible::Share kShares[] = {
    {fb::CommandBody::RecordRequirements, 5}, {fb::CommandBody::RecordVetting, 2},
    {fb::CommandBody::ReviewProfile, 6},      {fb::CommandBody::PurchaseOffer, 20},
    {fb::CommandBody::RenewOrder, 40},        {fb::CommandBody::RenewByTicket, 30},
    {fb::CommandBody::UpgradeOrder, 60},      {fb::CommandBody::SettleRenewalCharge, 40}};
// Much goes wrong by itself, for nobody sees more than the views of one node.
constexpr possible::Dials kDials{.wrong = 25,
                                 .likely = 550,
                                 .nothing = 100,
                                 .wrong_door = 5,
                                 .of_ledger = 70,
                                 .expected = 150,
                                 .until = 110,
                                 .shares = kShares};
constexpr const char* kSeats = "seats";
constexpr const char* kHours = "hours";
constexpr const char* kLicences = "licences";
constexpr const char* kTools = "tools";
constexpr const char* kCloud = "cloud";
constexpr const char* kAzure = "azure";

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

// Days of reminder soon after a purchase, for few runs see an anniversary.
fb::PolicyVersionT policy(std::uint32_t version, std::int32_t effective,
                          std::uint16_t seat_move_days, fb::RefundTest refund_ends_with,
                          const std::vector<std::int16_t>& reminders) {
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
    for (const std::int16_t days : reminders) {
        fb::ReminderDayT reminder;
        reminder.days = days;
        policy.reminders.push_back(reminder);
    }
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
    catalogue.offers.push_back(offer("silver", fb::OfferKind::silver, 2));
    catalogue.offers.push_back(offer("gold", fb::OfferKind::gold, 3));
    fb::CompetencyT& area = catalogue.competencies.emplace_back();
    area.id = "area";
    area.title = "area";
    return catalogue;
}

// Per thousand of what is asked.
constexpr std::uint64_t kYearsJumped = 8;
constexpr std::uint64_t kReservedIds = 15;

Bytes under_id(const Bytes& command, const std::string& id) {
    fb::CommandT other;
    fb::GetCommand(command.data())->UnPackTo(&other);
    other.id = id;
    flatbuffers::FlatBufferBuilder builder;
    fb::FinishCommandBuffer(builder, fb::CreateCommand(builder, &other));
    return Bytes(builder.GetBufferPointer(), builder.GetBufferPointer() + builder.GetSize());
}

Asked fingerprinted(Asked asked) {
    const Hash hash = sha256(asked.command);
    asked.fingerprint = {get_big_endian<std::uint64_t>(text_of(BytesView(hash).first(8))),
                         get_big_endian<std::uint64_t>(text_of(BytesView(hash).subspan(8, 8)))};
    return asked;
}

}  // namespace

Workload::Workload(Dice& dice, std::uint32_t partitions, bool sandbox)
    : dice_(dice), partitions_(partitions), sandbox_(sandbox), drawing_(dice, kDials) {
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
    genesis.policies.push_back(
        policy(1, 0, 0, fb::RefundTest::software_activated, {-365, -362, -350, 1}));
    genesis.policies.push_back(
        policy(2, kFirstDay.days + 10, 20, fb::RefundTest::anything_used, {-363, -355, -340, 23}));
    genesis.catalogues.push_back(catalogue(1, 0, 2));
    return encode_genesis(genesis);
}

Asked Workload::next(const LookUp& look_up, std::int64_t wall_ms) {
    const std::string& partner = dice_.pick(partners_);
    Asked asked;
    asked.id = "c" + std::to_string(++last_id_);
    asked.partition = partition_of(PartnerId{partner}, partitions_);
    const Look look = look_up(asked.partition, PartnerId{partner});
    asked.command = drawing_.any({look.partner, look.ledger, now_of(look, wall_ms)}, asked.id);
    if (sandbox_ && dice_.per_mille(kYearsJumped)) jump_years(asked, look);
    if (dice_.per_mille(kReservedIds)) take_reserved_id(asked, look);
    asked.partner = text_of(fb::GetCommand(asked.command.data())->partner());
    return fingerprinted(std::move(asked));
}

Time Workload::now_of(const Look& look, std::int64_t wall_ms) const {
    return sandbox_ ? start_of(look.ledger.clock) : Time{wall_ms};
}

// Orders come to their ends.
void Workload::jump_years(Asked& asked, const Look& look) {
    // Into the windows of what was bought lately, or past them.
    const bool a_year = dice_.per_mille(500);
    const auto days =
        static_cast<std::int32_t>(a_year ? dice_.between(360, 390) : dice_.between(200, 450));
    asked.command = under_id(clock_command(plus_days(look.ledger.clock, days)), asked.id);
}

// Somebody who isn't the system gives a command the id that the ledger will derive.
void Workload::take_reserved_id(Asked& asked, const Look& look) {
    if (fb::GetCommand(asked.command.data())->actor()->kind() == fb::ActorKind::system) return;
    const auto due = deadlines::due(look.partner, policies_of(look.ledger), deadlines::kAnyDay);
    if (due.empty()) return;
    asked.id = deadlines::id_of(due.front());
    asked.command = under_id(asked.command, asked.id);
}

std::optional<Asked> Workload::due(const std::string& partner, const LookUp& look_up,
                                   std::int64_t wall_ms, const std::set<std::string>& but) const {
    Asked asked;
    asked.partner = partner;
    asked.partition = partition_of(PartnerId{partner}, partitions_);
    const Look look = look_up(asked.partition, PartnerId{partner});
    for (const deadlines::Due& due :
         deadlines::due(look.partner, policies_of(look.ledger), date_of(now_of(look, wall_ms)))) {
        asked.id = deadlines::id_of(due);
        if (but.contains(partner + ' ' + asked.id)) continue;
        asked.command = deadlines::command_of(partner, due);
        return fingerprinted(std::move(asked));
    }
    return std::nullopt;
}

Asked Workload::other_body(const Asked& old) {
    fb::CommandT other;
    fb::GetCommand(old.command.data())->UnPackTo(&other);
    other.reason = "another body " + std::to_string(dice_.between(0, 9));
    flatbuffers::FlatBufferBuilder builder;
    fb::FinishCommandBuffer(builder, fb::CreateCommand(builder, &other));
    Asked asked = old;
    asked.command.assign(builder.GetBufferPointer(),
                         builder.GetBufferPointer() + builder.GetSize());
    return fingerprinted(std::move(asked));
}

}  // namespace ledger::sim
