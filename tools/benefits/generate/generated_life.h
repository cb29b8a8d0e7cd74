// One made-up partner as it goes along: what it does now, and what it has in mind for later. The
// numbers that it draws decide everything; it never knows what the ledger will answer. What it does
// in which area stands in files of its own: generated_partner.cc joins and hires,
// generated_orders.cc buys, pays, renews and cancels, generated_benefits.cc takes what an order
// grants, generated_slips.cc makes the mistakes of people who type.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tools/benefits/cli/json_text.h"
#include "tools/benefits/generate/generated_partner.h"
#include "tools/benefits/generate/prng.h"

namespace ledger::tools {

// Benefits that the files of a life share.
inline constexpr std::string_view kSeats = "visual-studio-professional";
inline constexpr std::string_view kOffice = "office-365-e3";
inline constexpr std::string_view kIncidents = "product-support";

class Life {
public:
    Life(std::uint64_t seed, std::uint64_t index, std::uint32_t days);

    std::vector<GeneratedStep> steps();

private:
    using Deed = std::function<void()>;

    // People.
    void join();
    void slips_before_joining();
    void hire();
    void staff();

    // Orders.
    void buy();
    void slips_of_a_buyer();
    void purchase(std::string_view offer, std::string_view order, std::string_view payment);
    void wait_for_money();
    void pay(std::uint64_t amount);
    void buy_again();
    void renewal();
    void ask_for_cancellation(std::string_view request);
    void regret();
    void decide_on_cancellation();
    void support_acts(std::string_view type, std::string_view request, std::string_view reason);

    // Benefits.
    void begin_term();
    void use_everything();
    void use_little();
    void plan_seats();
    void assign_seat();
    void move_seat();
    void deliver_key();
    void show_key();
    void activate();
    void download();
    void deliver_tokens();
    void deliver_token(std::string_view sku, std::string_view name, std::uint64_t tokens);
    void issue(std::string_view sku, const std::string& token);
    void redeem(std::string_view sku, const std::string& token);
    void assign_company();
    void mend_count();

    // Mistakes.
    void slip();
    void slip_with_ids();
    void slip_with_benefits();
    void slip_with_counts();

    // Some days pass: with them what was planned for later comes nearer.
    void pass_days(std::uint32_t most);
    // On a day from so many days from now to so many.
    void later(std::uint32_t least, std::uint32_t most, Deed deed);

    struct Said {
        std::string_view reason = {};
        std::uint64_t corrects = 0;
        bool expects_version_1 = false;
        std::string_view id = {};  // empty: a new one
    };
    void step(std::string_view actor_kind, std::string_view actor, std::string_view type,
              const JsonObject& body, const Said& said);
    void by_user(std::string_view actor, std::string_view type, const JsonObject& body) {
        step("user", actor, type, body, {});
    }
    void by_support(std::string_view type, const JsonObject& body, const Said& said) {
        step("support", "sue", type, body, said);
    }
    void by_vendor(std::string_view type, const JsonObject& body) {
        step("system", "vendor", type, body, {});
    }
    // Once more what was sent before.
    void again();

    std::uint64_t between(std::uint64_t least, std::uint64_t most) {
        return least + random_.below(most - least + 1);
    }
    std::string any_user();
    std::string person(std::string_view id);
    std::string secret();
    JsonObject order() const;
    JsonObject line(std::string_view sku) const;
    JsonObject key_line(std::string_view sku, std::string_view key) const;
    std::string key_of(std::string_view name) const;
    std::string key_material(std::string_view id, std::uint64_t units);

    Prng random_;
    std::string partner_;
    std::uint32_t days_;
    std::uint32_t now_ = 0;  // it may lie behind the last day: then it is done on that day
    std::multimap<std::uint32_t, Deed> planned_;
    std::uint64_t users_ = 1;
    std::uint64_t commands_ = 0;
    std::uint64_t bought_at_version_ = 0;
    std::uint64_t machines_ = 0;
    std::uint64_t seats_ = 0;
    bool used_something_ = false;
    bool is_action_pack_ = true;
    bool by_transfer_ = false;
    std::string order_ = "ap-1";
    std::vector<GeneratedStep> steps_;
};

}  // namespace ledger::tools
