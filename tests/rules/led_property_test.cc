// Random commands in random order: whatever is asked, decide answers, and what it accepts keeps the
// state sound.
#include <random>
#include <set>

#include "aggregates/gate.h"
#include "aggregates/orders/terms.h"
#include "aggregates/row_size.h"
#include "tests/support/catch.h"
#include "tests/support/keys.h"
#include "tests/support/refunds.h"

using namespace ledger;
using namespace ledger::rules;

namespace {

class Asking {
public:
    explicit Asking(std::uint32_t seed) : random_(seed) {}

    std::uint32_t below(std::uint32_t bound) {
        return static_cast<std::uint32_t>(random_() % bound);
    }

    Asked any() {
        Asked asked = command();
        switch (below(12)) {
            case 0:
                return asked.by(user());
            case 1:
                return asked.by_support();
            case 2:
                return asked.by_system();
            case 3:
                return asked.expecting(below(40));
            case 4:
                return asked.by("pat");
            case 5:
                return below(3) == 0 ? asked.at_the_wrong_door() : asked.by_auditor();
            default:
                return asked;
        }
    }

private:
    const char* user() {
        static constexpr const char* kUsers[] = {"ada", "pat", "sam",  "zoe", "kim", "lee",
                                                 "max", "nia", "tess", "uma", ""};
        return kUsers[below(std::size(kUsers))];
    }
    const char* order() {
        static constexpr const char* kOrders[] = {"ap-1", "ap-1", "ap-1", "ap-2", "lap-1", "none"};
        return kOrders[below(std::size(kOrders))];
    }
    const char* sku() {
        static constexpr const char* kSkus[] = {
            "visual-studio-professional", "visual-studio-professional",
            "visual-studio-professional", "office-365-e3", "none"};
        return kSkus[below(std::size(kSkus))];
    }
    const char* tenant() {
        static constexpr const char* kTenants[] = {"", "", "contoso.example",
                                                   "contoso-labs.example", "customer.example"};
        return kTenants[below(std::size(kTenants))];
    }
    const char* offer() {
        static constexpr const char* kOffers[] = {"action-pack", "learning-action-pack",
                                                  "gold-competency", "none"};
        return kOffers[below(std::size(kOffers))];
    }
    // Mostly the line itself.
    Line about(Line line) { return {below(6) == 0 ? sku() : line.sku, order()}; }
    std::string key_id() { return "key-" + std::to_string(below(9)); }
    std::string token_id() { return below(8) ? "tok-" + std::to_string(below(4)) : key_id(); }
    std::string machine() { return "pc-" + std::to_string(below(6)); }
    std::string request() { return "sr-" + std::to_string(below(6)); }
    fb::Role roles() { return static_cast<fb::Role>(below(64)); }

    Asked command() {
        switch (below(5)) {
            case 0:
                return account_command();
            case 1:
                return order_command();
            case 2:
                return seat_command();
            case 3:
                return key_command();
            default:
                return cloud_command();
        }
    }

    Asked account_command() {
        switch (below(10)) {
            case 0:
                return register_partner(user());
            case 1:
                return accept_agreement(below(2) ? "2020-10" : "2021-02");
            case 2:
                return verify_contact();
            case 3:
                return remove_user(user());
            case 4:
                return change_roles(user(), roles(), below(2) == 0);
            case 5:
                return ledger_command();
            case 6:
                return add_tenant(below(2) ? "contoso-labs.example" : "contoso.example");
            default:
                return add_user(user(), roles(), below(2) == 0);
        }
    }

    Asked ledger_command() {
        switch (below(3)) {
            case 0:
                return move_clock("2021-01-01");
            case 1:
                return publish(new_ledger().policies.front());
            default:
                return publish(new_ledger().catalogues.front());
        }
    }

    Asked order_command() {
        switch (below(10)) {
            case 0:
                return purchase(offer(), order());
            case 1:
            case 2:
                return order_by_transfer(offer(), order());
            case 3:
            case 4:
                return receive_payment(order(), below(8) == 0 ? 1 : 47'500);
            case 5:
                return turn_off(order());
            case 6:
                return turn_on(order());
            case 7:
                return request_cancellation(request(), order());
            case 8:
                return resolve_cancellation(request());
            default:
                return refuse_cancellation(request()).saying(below(4) ? "too late" : " ");
        }
    }

    Asked seat_command() {
        switch (below(4)) {
            case 0:
                return move_seat(below(5), user(), tenant());
            case 1:
                return release_seat(below(5));
            default:
                return assign_seat(user(), tenant(), order(), sku());
        }
    }

    Asked key_command() {
        switch (below(8)) {
            case 0:
                return reveal_key(about(kWindows), below(2) ? key_id() : "");
            case 1:
                return record_download(about(kTeamServices));
            case 2:
            case 3:
                return deliver_keys(about(kWindows),
                                    {key(key_id(), 1 + below(6)), key(key_id(), 1 + below(6))});
            case 4:
                return activate_changed(about(kWindows), key_id(), machine());
            default:
                return activate_key(about(kWindows), key_id(), machine());
        }
    }

    Asked cloud_command() {
        static constexpr Line kLines[] = {kWindows, kOffice, kMobility, kAzure, kTeamServices};
        switch (below(8)) {
            case 0:
                return deliver_keys(about(kOffice), {key(token_id(), 1 + below(6))});
            case 1:
            case 2:
                return issue_token(about(kOffice));
            case 3:
                return assign_company(about(kAzure));
            case 4:
            case 5:
                return adjust_usage(about(kLines[below(std::size(kLines))]).sku,
                                    static_cast<std::int32_t>(below(9)) - 4, order())
                    .saying(below(8) ? "a mistake" : "")
                    .correcting(below(40));
            default:
                return redeem_token(about(kOffice), token_id(), tenant(),
                                    below(2) ? std::optional<std::uint32_t>{} : 1 + below(6));
        }
    }

    std::mt19937 random_;
};

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
}

void check_sound(const Story& story, Date today) {
    const PartnerState& partner = story.partner();
    const fb::PolicyVersionT& policy = policy_on(story.ledger(), today);
    check_users(partner);
    check_requests(partner);
    std::set<std::pair<std::string, std::string>> holders;
    std::set<std::string> key_ids;
    for (const fb::OrderT& order : partner.orders)
        for (const fb::BenefitT& benefit : order.benefits) {
            check_seats(benefit);
            check_keys(benefit, key_ids);
            for (const fb::SeatT& seat : benefit.seats)
                if (!seat.person.empty() && orders::is_open(order, today, policy))
                    REQUIRE(holders.emplace(benefit.sku, seat.person).second);
        }
    const Bytes row = pack(partner);
    REQUIRE(row.size() <= row_max_bytes(partner));
    const auto unpacked = unpack(row);
    REQUIRE(unpacked.ok());
    REQUIRE(*unpacked == partner);
}

// A refusal's first date holds: the day before it is the same refusal, on the day it is not.
void check_earliest(const Story& story, const Asked& asked, const Refusal& refusal) {
    REQUIRE_FALSE(refusal.reason.empty());
    REQUIRE_FALSE(refusal.rule.empty());
    if (!refusal.earliest) return;
    const Decision then = story.decide_on(asked, *refusal.earliest);
    const auto* other = std::get_if<Refusal>(&then);
    REQUIRE((!other || other->code != refusal.code));
}

}  // namespace

TEST_CASE("Whatever is asked in whatever order, the partner stays sound",
          "[LED-01][LED-07][LED-08][VSS-02][BEN-04][ACC-04][OFF-08][SWK-03][CLD-03]") {
    std::set<fb::CommandBody> commands_asked;
    std::set<fb::Event> events_met;
    for (std::uint32_t seed = 1; seed <= 300; ++seed) {
        INFO("seed " << seed);
        Asking asking(seed);
        Story story = seed % 4 == 0 ? nobody() : contoso();
        Date today = day(seed % 2 == 0 ? "2019-12-20" : "2020-11-01");
        for (int step = 0; step < 400; ++step) {
            today = plus_days(today, asking.below(4) == 0 ? 3 : 0);
            const Asked asked = asking.any();
            commands_asked.insert(asked.body.type);
            const Decision decision = story.decide_on(asked, today);
            if (const auto* refusal = std::get_if<Refusal>(&decision))
                check_earliest(story, asked, *refusal);
            const auto* accepted = std::get_if<Accepted>(&decision);
            if (!accepted) continue;
            events_met.insert(accepted->event.type);
            const std::uint64_t version = story.partner().version;
            story.add(accepted->event);
            REQUIRE(story.partner().version == version + 1);
            check_sound(story, today);
        }
    }
    for (const fb::CommandBody type : fb::EnumValuesCommandBody()) {
        INFO(fb::EnumNameCommandBody(type));
        CHECK((type == fb::CommandBody::NONE || commands_asked.count(type) == 1));
    }
    for (const fb::Event type : fb::EnumValuesEvent()) {
        INFO(fb::EnumNameEvent(type));
        CHECK((type == fb::Event::NONE || is_ledger_event(type) || events_met.count(type) == 1));
    }
}

TEST_CASE("The same state, command and day give the same bytes", "[LED-01]") {
    Asking asking(7);
    const Story story = contoso().with_action_pack("2021-01-10").with_seat("kim", "2021-01-15");
    for (int i = 0; i < 500; ++i) {
        const Asked asked = asking.any();
        const Decision first = story.decide_on(asked, day("2021-02-01"));
        const Decision second = story.decide_on(asked, day("2021-02-01"));
        REQUIRE(first.index() == second.index());
        if (const auto* event = std::get_if<Accepted>(&first))
            REQUIRE(encode_body(event->event) == encode_body(std::get<Accepted>(second).event));
    }
}
