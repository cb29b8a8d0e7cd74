// Random commands in random order: whatever is asked, decide answers, and what it accepts keeps the
// state sound.
#include <random>
#include <set>

#include "aggregates/orders/terms.h"
#include "aggregates/row_size.h"
#include "tests/support/catch.h"
#include "tests/support/rules.h"

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
        static constexpr const char* kTenants[] = {"", "", "contoso.example", "customer.example"};
        return kTenants[below(std::size(kTenants))];
    }
    const char* offer() {
        static constexpr const char* kOffers[] = {"action-pack", "learning-action-pack",
                                                  "gold-competency", "none"};
        return kOffers[below(std::size(kOffers))];
    }
    fb::Role roles() { return static_cast<fb::Role>(below(64)); }

    Asked command() {
        switch (below(16)) {
            case 0:
                return register_partner(user());
            case 1:
                return accept_agreement(below(2) ? "2020-10" : "2021-02");
            case 2:
                return verify_contact();
            case 3:
                return add_user(user(), roles(), below(2) == 0);
            case 4:
                return remove_user(user());
            case 5:
                return change_roles(user(), roles(), below(2) == 0);
            case 6:
                return purchase(offer(), order());
            case 7:
                return turn_off(order());
            case 8:
                return turn_on(order());
            case 9:
                return move_clock("2021-01-01");
            case 10:
            case 11:
                return move_seat(below(5), user(), tenant());
            case 12:
                return release_seat(below(5));
            default:
                return assign_seat(user(), tenant(), order(), sku());
        }
    }

    std::mt19937 random_;
};

void check_sound(const Story& story, Date today) {
    const PartnerState& partner = story.partner();
    const fb::PolicyVersionT& policy = policy_on(story.ledger(), today);
    std::size_t admins = 0;
    for (std::size_t i = 0; i < partner.users.size(); ++i) {
        REQUIRE(partner.users[i].roles != fb::Role::NONE);
        if ((partner.users[i].roles & fb::Role::global_admin) != fb::Role::NONE) ++admins;
        if (i > 0) REQUIRE(partner.users[i - 1].id < partner.users[i].id);
    }
    REQUIRE((partner.version == 0 || admins >= 1));
    std::set<std::pair<std::string, std::string>> holders;
    for (const fb::OrderT& order : partner.orders)
        for (const fb::BenefitT& benefit : order.benefits) {
            REQUIRE(benefit.seats.size() <= benefit.granted);
            std::uint32_t number = 0;
            for (const fb::SeatT& seat : benefit.seats) {
                REQUIRE(seat.number == ++number);
                REQUIRE((seat.person.empty() || seat.previous.empty()));
                if (!seat.person.empty() && orders::is_open(order, today, policy))
                    REQUIRE(holders.emplace(benefit.sku, seat.person).second);
            }
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
          "[LED-01][VSS-02][BEN-04][ACC-04]") {
    std::size_t accepted_count = 0;
    for (std::uint32_t seed = 1; seed <= 100; ++seed) {
        INFO("seed " << seed);
        Asking asking(seed);
        Story story = seed % 4 == 0 ? nobody() : contoso();
        Date today = day("2019-12-20");
        for (int step = 0; step < 200; ++step) {
            today = plus_days(today, static_cast<std::int32_t>(asking.below(4)));
            const Asked asked = asking.any();
            const Decision decision = story.decide_on(asked, today);
            if (const auto* refusal = std::get_if<Refusal>(&decision))
                check_earliest(story, asked, *refusal);
            const auto* accepted = std::get_if<Accepted>(&decision);
            if (!accepted) continue;
            const std::uint64_t version = story.partner().version;
            story.add(accepted->event);
            REQUIRE(story.partner().version == version + 1);
            check_sound(story, today);
            ++accepted_count;
        }
    }
    CHECK(accepted_count > 1000);
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
