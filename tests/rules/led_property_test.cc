// Random commands in random order: whatever is asked, decide answers, and what it accepts keeps the
// state sound.
#include <set>

#include "aggregates/deadlines/due.h"
#include "aggregates/gate.h"
#include "aggregates/orders/terms.h"
#include "aggregates/possible/drawn.h"
#include "aggregates/possible/every.h"
#include "aggregates/row_size.h"
#include "tests/support/catch.h"
#include "tests/support/rules.h"

using namespace ledger;
using namespace ledger::rules;

namespace {

constexpr possible::Dials kDials{
    .wrong = 60, .likely = 600, .wrong_door = 10, .of_ledger = 40, .expected = 60, .until = 60};
constexpr std::uint64_t kSeeds = 150;
constexpr std::uint64_t kOfferedSeeds = 12;
constexpr int kSteps = 250;

void check_keys(const fb::BenefitT& benefit, std::set<std::string>& ids) {
    std::uint64_t delivered = 0;
    std::uint64_t activated = 0;
    for (const fb::KeyT& key : benefit.keys) {
        REQUIRE(ids.insert(key.id).second);
        REQUIRE(key.activated <= key.units);
        REQUIRE((key.taken != 0 || (key.activated == 0 && key.redeemed == 0)));
        REQUIRE((key.redeemed != 0) == !key.tenant.empty());
        delivered += key.units;
        activated += key.activated;
    }
    REQUIRE(delivered <= benefit.granted);
    REQUIRE(activated <= benefit.used);
    REQUIRE(benefit.used <= benefit.granted);
}

void check_seats(const fb::BenefitT& benefit) {
    REQUIRE(benefit.seats.size() <= benefit.granted);
    std::uint32_t number = 0;
    for (const fb::SeatT& seat : benefit.seats) {
        REQUIRE(seat.number == ++number);
        REQUIRE((seat.person.empty() || seat.previous.empty()));
    }
}

// An order has at most one open request, and a cancelled one exactly one that was granted.
void check_requests(const PartnerState& partner) {
    for (const fb::OrderT& order : partner.orders) {
        std::size_t open = 0;
        std::size_t granted = 0;
        for (const fb::RequestT& request : partner.requests) {
            if (request.order != order.id) continue;
            if (request.status == fb::RequestStatus::open) ++open;
            if (request.status == fb::RequestStatus::granted) ++granted;
        }
        REQUIRE(open <= 1);
        REQUIRE(granted == (order.cancelled != 0 ? 1 : 0));
    }
}

void check_users(const PartnerState& partner) {
    std::size_t admins = 0;
    for (std::size_t i = 0; i < partner.users.size(); ++i) {
        REQUIRE(partner.users[i].roles != fb::Role::NONE);
        if ((partner.users[i].roles & fb::Role::global_admin) != fb::Role::NONE) ++admins;
        if (i > 0) REQUIRE(partner.users[i - 1].id < partner.users[i].id);
    }
    REQUIRE((partner.version == 0 || admins >= 1));
    // An id is a user's or a former one's [ACC-13].
    for (std::size_t i = 0; i < partner.former.size(); ++i) {
        REQUIRE_FALSE(find_user(partner, partner.former[i].id));
        if (i > 0) REQUIRE(partner.former[i - 1].id < partner.former[i].id);
    }
}

// Each tenant is named or the partner's own, and stands there once [ACC-12].
void check_tenants(const PartnerState& partner) {
    std::set<std::string> tenants;
    for (const std::string& tenant : partner.tenants) REQUIRE(tenants.insert(tenant).second);
    for (const std::string& tenant : partner.named_tenants) REQUIRE(tenants.insert(tenant).second);
}

// One core package, and of its lines no more is moved than was granted [MRG-02].
void check_core(const PartnerState& partner, Date today, const Policies& policies) {
    std::size_t packages = 0;
    for (const fb::OrderT& order : partner.orders) {
        for (const fb::BenefitT& benefit : order.benefits) {
            REQUIRE(benefit.moved + benefit.extra <= benefit.granted);
            REQUIRE((benefit.moved == 0 || (benefit.core && !order.core)));
        }
        if (order.core && order.renewed_by.empty() && orders::is_open(order, today, policies))
            ++packages;
    }
    REQUIRE(packages <= 1);
}

void check_sound(const possible::Standing& standing) {
    const PartnerState& partner = standing.partner;
    const Date today = standing.today();
    const Policies policies = policies_of(standing.ledger);
    check_users(partner);
    check_tenants(partner);
    check_requests(partner);
    check_core(partner, today, policies);
    std::set<std::pair<std::string, std::string>> holders;
    std::set<std::string> key_ids;
    for (const fb::OrderT& order : partner.orders)
        for (const fb::BenefitT& benefit : order.benefits) {
            check_seats(benefit);
            check_keys(benefit, key_ids);
            for (const fb::SeatT& seat : benefit.seats)
                if (!seat.person.empty() && order.renewed_by.empty() &&
                    orders::is_open(order, today, policies))
                    REQUIRE(holders.emplace(benefit.sku, seat.person).second);
        }
    const Bytes row = pack(partner);
    REQUIRE(row.size() <= row_max_bytes(partner));
    const auto unpacked = unpack(row);
    REQUIRE(unpacked.ok());
    REQUIRE(*unpacked == partner);
}

// A refusal's first date holds: on that day it is another one, or none. It is told by the policy of
// today, so what was published since the ledger began may move it.
void check_earliest(const possible::Standing& standing, const fb::Command& asked,
                    const Refusal& refusal) {
    require_said(refusal.said);
    REQUIRE_FALSE(refusal.rule.empty());
    if (!refusal.earliest) return;
    const possible::Standing then{standing.partner, standing.ledger, start_of(*refusal.earliest)};
    const bool other_policy = policy_on(then.ledger, then.today()).version !=
                              policy_on(standing.ledger, standing.today()).version;
    if (standing.ledger.version > 0 && other_policy) return;
    const Ruling ruling = possible::ruling_on(then, asked);
    const auto* other = std::get_if<Refusal>(&ruling.says);
    INFO(refusal.text());
    REQUIRE((!other || other->code != refusal.code));
}

// A partner and its ledger, on which days pass.
class Play {
public:
    explicit Play(std::uint64_t seed)
        : dice_(seed),
          drawing_(dice_, kDials),
          is_sandbox_(seed % 3 == 0),
          today_(day(seed % 2 == 0 ? "2019-12-20" : "2020-11-01")),
          believed_(seed % 4 == 0 ? nobody().partner() : contoso().partner(),
                    new_ledger(is_sandbox_, to_string(today_))) {}

    // A sandbox ledger's day is moved by a command, so nothing passes there by itself.
    possible::Standing standing() const {
        return believed_.at(start_of(is_sandbox_ ? believed_.at(Time{}).ledger.clock : today_));
    }
    Bytes draw(int step) {
        if (dice_.per_mille(250)) today_ = plus_days(today_, 3);
        // Terms come to their ends.
        if (dice_.per_mille(5)) today_ = plus_days(today_, 340);
        if (dice_.per_mille(200))
            if (Bytes due = draw_due(); !due.empty()) return due;
        return drawing_.any(standing(), "c" + std::to_string(step));
    }
    Ruling take(const fb::Command& command) { return believed_.take(command, standing().now); }
    possible::Believed believed() const { return believed_; }

private:
    // What the ledger would issue by itself; nothing: nothing is due.
    Bytes draw_due() {
        const possible::Standing now = standing();
        if (now.partner.version == 0) return {};
        const auto due = deadlines::due(now.partner, policies_of(now.ledger), now.today());
        if (due.empty()) return {};
        return deadlines::command_of(now.partner.partner, due.front());
    }

    possible::Dice dice_;
    possible::Drawing drawing_;
    bool is_sandbox_;
    Date today_;
    possible::Believed believed_;
};

// The users of the partner, support staff and the system, as they would ask.
std::vector<possible::Envelope> everybody(const PartnerState& partner) {
    std::vector<possible::Envelope> all;
    const auto add = [&](fb::ActorKind kind, std::string_view id) {
        possible::Envelope& who = all.emplace_back();
        who.id = "offered";
        who.partner = partner.partner;
        who.actor_kind = kind;
        who.actor = id;
        who.reason = "because";
        who.corrects = partner.version;
    };
    for (const fb::UserT& user : partner.users) add(fb::ActorKind::user, user.id);
    add(fb::ActorKind::support, "desk");
    add(fb::ActorKind::system, "programme");
    return all;
}

}  // namespace

TEST_CASE(
    "Whatever is asked in whatever order, the partner stays sound",
    "[LED-01][LED-07][LED-08][VSS-02][BEN-04][ACC-04][ACC-12][ACC-13][OFF-08][SWK-03][CLD-03]") {
    std::set<fb::CommandBody> asked;
    std::set<fb::Event> happened;
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        INFO("seed " << seed);
        Play play(seed);
        for (int step = 0; step < kSteps; ++step) {
            const Bytes bytes = play.draw(step);
            const fb::Command& command = *fb::GetCommand(bytes.data());
            asked.insert(command.body_type());
            const possible::Standing before = play.standing();
            const std::uint64_t versions = before.partner.version + before.ledger.version;
            const Ruling ruling = play.take(command);
            if (const auto* refusal = std::get_if<Refusal>(&ruling.says))
                check_earliest(before, command, *refusal);
            const auto* accepted = std::get_if<NewEntry>(&ruling.says);
            if (!accepted) continue;
            happened.insert(accepted->event.type);
            const possible::Standing after = play.standing();
            REQUIRE(after.partner.version + after.ledger.version == versions + 1);
            check_sound(after);
        }
    }
    for (const fb::CommandBody type : fb::EnumValuesCommandBody()) {
        INFO(fb::EnumNameCommandBody(type));
        CHECK((type == fb::CommandBody::NONE || asked.count(type) == 1));
    }
    for (const fb::Event type : fb::EnumValuesEvent()) {
        INFO(fb::EnumNameEvent(type));
        CHECK((type == fb::Event::NONE || happened.count(type) == 1));
    }
}

TEST_CASE("The same state, command and day give the same bytes", "[LED-01]") {
    possible::Dice dice(7);
    possible::Drawing drawing(dice, kDials);
    const Story story = contoso().with_action_pack("2021-01-10").with_seat("kim", "2021-01-15");
    const possible::Standing standing{story.partner(), story.ledger(), start_of(day("2021-02-01"))};
    for (int i = 0; i < 500; ++i) {
        const Bytes bytes = drawing.any(standing, "c1");
        const fb::Command& command = *fb::GetCommand(bytes.data());
        const Ruling first = possible::ruling_on(standing, command);
        const Ruling second = possible::ruling_on(standing, command);
        REQUIRE(first.says.index() == second.says.index());
        if (const auto* event = std::get_if<NewEntry>(&first.says))
            REQUIRE(encode_body(event->event) ==
                    encode_body(std::get<NewEntry>(second.says).event));
    }
}

TEST_CASE("What is offered is accepted when it is asked, and keeps the partner sound", "[LED-05]") {
    std::set<fb::CommandBody> offered;
    for (std::uint64_t seed = 1; seed <= kOfferedSeeds; ++seed) {
        INFO("seed " << seed);
        Play play(seed);
        for (int step = 0; step < kSteps; ++step) {
            const Bytes bytes = play.draw(step);
            play.take(*fb::GetCommand(bytes.data()));
        }
        for (const possible::Envelope& who : everybody(play.standing().partner))
            for (const json::Choice& type : possible::commands()) {
                const auto body = static_cast<fb::CommandBody>(type.value);
                if (is_ledger_command(body)) continue;
                INFO(who.actor << ", " << type.name);
                for (const auto& one :
                     possible::every_command(body, play.standing(), who).commands) {
                    const fb::Command& command = *fb::GetCommand(one.command.data());
                    const Ruling offer = possible::ruling_on(play.standing(), command);
                    if (!std::holds_alternative<NewEntry>(offer.says)) continue;
                    offered.insert(body);
                    possible::Believed after = play.believed();
                    const Ruling taken = after.take(command, play.standing().now);
                    REQUIRE(std::holds_alternative<NewEntry>(taken.says));
                    check_sound(after.at(play.standing().now));
                }
            }
    }
    CHECK(offered.size() > 20);
}
