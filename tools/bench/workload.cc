#include "tools/bench/workload.h"

#include <chrono>
#include <condition_variable>
#include <mutex>

#include "aggregates/catalogue/catalogue.h"
#include "aggregates/policy/policy.h"
#include "events/seal.h"

namespace ledger::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kSealedBytes = 80;  // a name of ordinary length, sealed

template <typename Body>
Bytes pack(std::uint32_t partner, std::string id, fb::ActorKind kind, std::string actor,
           Body body) {
    fb::CommandT command;
    command.id = std::move(id);
    command.partner = partner_id(partner);
    command.actor = std::make_unique<fb::ActorT>();
    command.actor->kind = kind;
    command.actor->id = std::move(actor);
    command.actor->authentication = "bench";
    command.body.Set(std::move(body));
    flatbuffers::FlatBufferBuilder builder(512);
    fb::FinishCommandBuffer(builder, fb::CreateCommand(builder, &command));
    return Bytes(builder.GetBufferPointer(), builder.GetBufferPointer() + builder.GetSize());
}

std::unique_ptr<fb::PersonT> person(const char* id) {
    auto person = std::make_unique<fb::PersonT>();
    person->id = id;
    person->name.assign(kSealedBytes, 1);
    person->email.assign(kSealedBytes, 2);
    return person;
}

}  // namespace

std::string partner_id(std::uint32_t partner) { return "bench-" + std::to_string(partner); }

std::vector<Bytes> set_up(std::uint32_t partner) {
    std::vector<Bytes> commands;
    fb::RegisterPartnerT registration;
    registration.legal_name = "Bench " + std::to_string(partner);
    registration.address = "1 Main Street";
    registration.tenant = "bench.example";
    registration.contact = person("kim");
    registration.user = person("kim");
    commands.push_back(
        pack(partner, "register", fb::ActorKind::user, "kim", std::move(registration)));
    fb::AcceptAgreementT agreement;
    agreement.agreement = "2020-09";
    commands.push_back(pack(partner, "agree", fb::ActorKind::user, "kim", std::move(agreement)));
    commands.push_back(
        pack(partner, "verify", fb::ActorKind::support, "sue", fb::VerifyContactT{}));
    fb::AddUserT lee;
    lee.user = person("lee");
    lee.roles = fb::Role::plain_user;
    commands.push_back(pack(partner, "add-lee", fb::ActorKind::user, "kim", std::move(lee)));
    fb::PurchaseOfferT purchase;
    purchase.order = "o1";
    purchase.offer = "action-pack";
    purchase.payment = fb::PaymentMethod::card;
    purchase.charge = std::make_unique<fb::MoneyT>();
    purchase.charge->amount = 47'500;
    purchase.charge->currency = "USD";
    purchase.terms_accepted = true;
    purchase.confirmed = true;
    commands.push_back(pack(partner, "buy", fb::ActorKind::user, "kim", std::move(purchase)));
    fb::AssignSeatT seat;
    seat.order = "o1";
    seat.sku = "visual-studio-professional";
    seat.person = "kim";
    commands.push_back(pack(partner, "assign", fb::ActorKind::user, "kim", std::move(seat)));
    return commands;
}

Bytes move_seat(std::uint32_t partner, std::uint64_t n) {
    fb::MoveSeatT move;
    move.order = "o1";
    move.sku = "visual-studio-professional";
    move.seat = 1;
    move.person = n % 2 == 0 ? "lee" : "kim";
    return pack(partner, "move-" + std::to_string(n), fb::ActorKind::user, "kim", std::move(move));
}

fb::GenesisT genesis(std::uint32_t partitions) {
    fb::GenesisT genesis;
    const Id128 id = random_id();
    genesis.ledger = std::make_unique<fb::Id128>(to_fb(id));
    genesis.key_check = std::make_unique<fb::Id128>(to_fb(id));
    genesis.partitions = partitions;
    genesis.sandbox = true;
    genesis.clock = parse_date("2020-09-01")->days;
    genesis.policies = *policy::initial_policies();
    genesis.catalogues = *catalogue::initial_catalogues();
    return genesis;
}

Result<Run> drive(Node& node, std::size_t in_flight, const std::function<Bytes()>& next) {
    std::mutex mutex;
    std::condition_variable room;
    std::size_t open = 0;
    std::string failed;
    Run run;
    const auto began = Clock::now();
    for (Bytes command = next(); !command.empty(); command = next()) {
        {
            std::unique_lock lock(mutex);
            room.wait(lock, [&] { return open < in_flight; });
            ++open;
            if (!failed.empty()) break;
        }
        const auto sent = Clock::now();
        node.submit(std::move(command), [&, sent](const Answer& answer) {
            const double took =
                std::chrono::duration<double, std::milli>(Clock::now() - sent).count();
            const std::lock_guard lock(mutex);
            run.latencies_ms.push_back(took);
            --open;
            if (answer.outcome != Outcome::accepted)
                failed =
                    "a command of the benchmark was " + std::string(name_of(answer.outcome)) +
                    ": " +
                    (answer.said ? sentence_of(*answer.said, Language::english) : answer.reason);
            // Half a window at once: a wake-up for each answer would measure wake-ups.
            if (open == 0 || open == in_flight / 2) room.notify_one();
        });
    }
    std::unique_lock lock(mutex);
    room.wait(lock, [&] { return open == 0; });
    run.seconds = std::chrono::duration<double>(Clock::now() - began).count();
    if (!failed.empty()) return error(failed);
    return run;
}

}  // namespace ledger::bench
