#include "tools/benefits/generate/generated_partner.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "tools/benefits/generate/generated_life.h"

namespace ledger::tools {
namespace {

constexpr std::array<std::string_view, 12> kGivenNames{"Ana",   "Bela",  "Chen",   "Dara",
                                                       "Emeka", "Farid", "Gudrun", "Hana",
                                                       "Ines",  "민수",  "지우",   "Zoë"};
constexpr std::array<std::string_view, 12> kFamilyNames{"Almeida", "Bauer",   "Costa", "Diaz",
                                                        "Eriksen", "Fischer", "Gupta", "Haas",
                                                        "Ito",     "김",      "박",    "Żak"};
constexpr std::array<std::string_view, 8> kCompanies{
    "Adatum", "Fabrikam", "Litware", "Northwind", "Proseware", "Tailspin", "Wingtip", "우리소프트"};
constexpr std::array<std::string_view, 4> kRoles{"account_admin", "partner_admin", "admin_agent",
                                                 "plain_user"};
// Registered, agreement accepted, contact verified.
constexpr std::uint64_t kVersionAfterJoining = 3;

std::string user(std::uint64_t number) { return fmt::format("u{}", number); }

}  // namespace

Life::Life(std::uint64_t seed, std::uint64_t index, std::uint32_t days)
    : random_(derived_seed(seed, index)), partner_(fmt::format("p{:06}", index + 1)), days_(days) {
    now_ = static_cast<std::uint32_t>(random_.below(std::max<std::uint32_t>(1, days_ / 2)));
    is_action_pack_ = random_.chance(90);
    by_transfer_ = random_.chance(20);
}

void Life::pass_days(std::uint32_t most) {
    now_ += static_cast<std::uint32_t>(random_.below(most + 1));
}

void Life::later(std::uint32_t least, std::uint32_t most, Deed deed) {
    planned_.emplace(now_ + static_cast<std::uint32_t>(between(least, most)), std::move(deed));
}

void Life::step(std::string_view actor_kind, std::string_view actor, std::string_view type,
                const JsonObject& body, const Said& said) {
    JsonObject command;
    ++commands_;
    command.text("id", said.id.empty() ? fmt::format("c{:03}", commands_) : std::string(said.id))
        .text("partner", partner_);
    command.json("actor", JsonObject().text("kind", actor_kind).text("id", actor).line());
    if (!said.reason.empty()) command.text("reason", said.reason);
    if (said.corrects > 0) command.number("corrects", said.corrects);
    if (said.expects_version_1) command.number("expected_version", 1);
    command.text("type", type).json("body", body.line());
    steps_.push_back({std::min(now_, days_ - 1), command.line() + "\n"});
}

void Life::again() {
    std::string command = steps_[random_.below(steps_.size())].command;
    steps_.push_back({std::min(now_, days_ - 1), std::move(command)});
}

std::string Life::any_user() { return user(1 + random_.below(users_)); }

std::string Life::person(std::string_view id) {
    const std::string name = fmt::format("{} {}", kGivenNames[random_.below(kGivenNames.size())],
                                         kFamilyNames[random_.below(kFamilyNames.size())]);
    return JsonObject()
        .text("id", id)
        .text("name", name)
        .text("email", fmt::format("{}@{}.example", id, partner_))
        .line();
}

void Life::join() {
    slips_before_joining();
    const std::string company = fmt::format("{} {}", kCompanies[random_.below(kCompanies.size())],
                                            1 + random_.below(10'000));
    JsonObject body;
    body.text("legal_name", company)
        .text("address", fmt::format("{} Example Street", 1 + random_.below(400)));
    body.text("tenant", partner_ + ".example")
        .json("contact", person("u1"))
        .json("user", person("u1"));
    if (random_.chance(2)) by_user("u2", "RegisterPartner", body);
    by_user("u1", "RegisterPartner", body);
    if (random_.chance(3)) by_user("u1", "RegisterPartner", body);
    if (random_.chance(10))
        by_user("u9", "AcceptAgreement", JsonObject().text("agreement", "2020-10"));
    pass_days(2);
    const auto buys = [this] {
        purchase(is_action_pack_ ? "action-pack" : "learning-action-pack", "ap-1", "card");
    };
    if (random_.chance(4)) buys();
    if (random_.chance(5)) by_user("u1", "VerifyContact", JsonObject());
    step("system", "mailer", "VerifyContact", JsonObject(), {});
    if (random_.chance(4)) buys();
    by_user("u1", "AcceptAgreement", JsonObject().text("agreement", "2020-10"));
    if (random_.chance(15))
        by_user("u1", "AcceptAgreement", JsonObject().text("agreement", "2020-10"));
}

void Life::slips_before_joining() {
    if (random_.chance(3))
        by_user("u1", "AcceptAgreement", JsonObject().text("agreement", "2020-10"));
}

void Life::hire() {
    const std::uint64_t more = 2 + random_.below(4);
    for (std::uint64_t i = 0; i < more; ++i) {
        const bool known = random_.chance(8);
        const std::string id = known ? any_user() : user(++users_);
        JsonObject body;
        body.json("user", person(id));
        JsonList roles;
        roles.add_text(kRoles[random_.below(kRoles.size())]);
        body.json("roles", roles.line());
        if (random_.chance(2)) by_user("u9", "AddUser", body);
        by_user("u1", "AddUser", body);
    }
    if (random_.chance(4))
        by_user(user(users_), "AcceptAgreement", JsonObject().text("agreement", "2021-01"));
}

void Life::staff() {
    if (random_.chance(40)) {
        JsonList roles;
        roles.add_text(kRoles[random_.below(kRoles.size())]);
        by_user("u1", "ChangeRoles",
                JsonObject().text("user", any_user()).json("roles", roles.line()));
    }
    if (random_.chance(15)) by_user("u1", "RemoveUser", JsonObject().text("user", any_user()));
    if (random_.chance(6))
        by_user("u1", "AddTenant", JsonObject().text("tenant", partner_ + "-lab.example"));
}

std::vector<GeneratedStep> Life::steps() {
    join();
    hire();
    if (random_.chance(10)) again();
    bought_at_version_ = kVersionAfterJoining + users_;
    buy();
    later(5, 100, [this] { staff(); });
    if (random_.chance(15)) later(1, 60, [this] { again(); });
    if (random_.chance(10)) later(20, 120, [this] { again(); });
    if (random_.chance(35)) later(2, 90, [this] { slip(); });
    while (!planned_.empty()) {
        const auto next = planned_.begin();
        now_ = next->first;
        const Deed deed = std::move(next->second);
        planned_.erase(next);
        deed();
    }
    return std::move(steps_);
}

std::vector<GeneratedStep> generated_partner(std::uint64_t seed, std::uint64_t index,
                                             std::uint32_t days) {
    return Life(seed, index, days).steps();
}

}  // namespace ledger::tools
