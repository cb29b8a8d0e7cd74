#include "tools/benefits/generated_partner.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "tools/benefits/json_text.h"
#include "tools/benefits/prng.h"

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
constexpr std::string_view kSeats = "visual-studio-professional";

class Life {
public:
    Life(std::uint64_t seed, std::uint64_t index, std::uint32_t days)
        : random_(derived_seed(seed, index)),
          partner_(fmt::format("p{:06}", index + 1)),
          days_(days) {
        day_ = static_cast<std::uint32_t>(random_.below(std::max<std::uint32_t>(1, days_ / 2)));
    }

    std::vector<GeneratedStep> steps();

private:
    void join();
    void hire();
    void buy();
    void seats();
    void renewal();
    void staff();

    void pass_days(std::uint32_t most);
    void step(std::string_view actor_kind, std::string_view actor, std::string_view type,
              const JsonObject& body);
    void by_user(std::string_view actor, std::string_view type, const JsonObject& body) {
        step("user", actor, type, body);
    }
    void again() { steps_.push_back({day_, steps_[random_.below(steps_.size())].command}); }

    std::string user(std::uint64_t number) const { return fmt::format("u{}", number); }
    std::string any_user() { return user(1 + random_.below(users_)); }
    std::string person(std::string_view id);
    JsonObject order() const;

    Prng random_;
    std::string partner_;
    std::uint32_t days_;
    std::uint32_t day_ = 0;
    std::uint64_t users_ = 1;
    std::uint64_t commands_ = 0;
    std::vector<GeneratedStep> steps_;
};

void Life::pass_days(std::uint32_t most) {
    const auto passed = static_cast<std::uint32_t>(random_.below(most + 1));
    day_ = std::min(day_ + passed, days_ - 1);
}

void Life::step(std::string_view actor_kind, std::string_view actor, std::string_view type,
                const JsonObject& body) {
    JsonObject command;
    command.text("id", fmt::format("c{:03}", ++commands_)).text("partner", partner_);
    command.json("actor", JsonObject().text("kind", actor_kind).text("id", actor).line());
    command.text("type", type).json("body", body.line());
    steps_.push_back({day_, command.line() + "\n"});
}

std::string Life::person(std::string_view id) {
    const std::string name = fmt::format("{} {}", kGivenNames[random_.below(kGivenNames.size())],
                                         kFamilyNames[random_.below(kFamilyNames.size())]);
    return JsonObject()
        .text("id", id)
        .text("name", name)
        .text("email", fmt::format("{}@{}.example", id, partner_))
        .line();
}

JsonObject Life::order() const {
    JsonObject body;
    body.text("order", "ap-1");
    return body;
}

void Life::join() {
    const std::string company = fmt::format("{} {}", kCompanies[random_.below(kCompanies.size())],
                                            1 + random_.below(10'000));
    JsonObject body;
    body.text("legal_name", company)
        .text("address", fmt::format("{} Example Street", 1 + random_.below(400)));
    body.text("tenant", partner_ + ".example")
        .json("contact", person("u1"))
        .json("user", person("u1"));
    by_user("u1", "RegisterPartner", body);
    if (random_.chance(10))
        by_user("u9", "AcceptAgreement", JsonObject().text("agreement", "2020-10"));
    pass_days(2);
    if (random_.chance(5)) by_user("u1", "VerifyContact", JsonObject());
    step("system", "mailer", "VerifyContact", JsonObject());
    by_user("u1", "AcceptAgreement", JsonObject().text("agreement", "2020-10"));
    if (random_.chance(15))
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
        by_user("u1", "AddUser", body);
    }
}

void Life::buy() {
    pass_days(3);
    const auto purchase = [&](std::string_view order, bool terms_accepted) {
        JsonObject body;
        body.text("order", order)
            .text("offer", random_.chance(90) ? "action-pack" : "learning-action-pack");
        body.text("payment", "card");
        body.json("charge", JsonObject().number("amount", 47'500).text("currency", "USD").line());
        body.flag("terms_accepted", terms_accepted).flag("confirmed", true);
        by_user(any_user(), "PurchaseOffer", body);
    };
    if (random_.chance(10)) purchase("ap-0", false);
    purchase("ap-1", true);
    if (random_.chance(20)) purchase("ap-2", true);
}

void Life::seats() {
    const std::uint64_t assigned = 1 + random_.below(4);
    for (std::uint64_t i = 0; i < assigned; ++i) {
        pass_days(2);
        by_user("u1", "AssignSeat", order().text("sku", kSeats).text("person", any_user()));
    }
    if (random_.chance(40)) {
        pass_days(100);
        by_user("u1", "MoveSeat",
                order().text("sku", kSeats).number("seat", 1).text("person", any_user()));
    }
    if (random_.chance(20))
        by_user("u1", "ReleaseSeat", order().text("sku", kSeats).number("seat", 1));
}

void Life::renewal() {
    if (!random_.chance(40)) return;
    pass_days(20);
    by_user(any_user(), "TurnAutomaticRenewalOff", order());
    if (random_.chance(30)) by_user("u1", "TurnAutomaticRenewalOff", order());
    if (random_.chance(20)) by_user("u1", "TurnAutomaticRenewalOn", order());
}

void Life::staff() {
    if (random_.chance(40)) {
        JsonList roles;
        roles.add_text(kRoles[random_.below(kRoles.size())]);
        by_user("u1", "ChangeRoles",
                JsonObject().text("user", any_user()).json("roles", roles.line()));
    }
    if (random_.chance(15)) by_user("u1", "RemoveUser", JsonObject().text("user", any_user()));
}

std::vector<GeneratedStep> Life::steps() {
    join();
    hire();
    if (random_.chance(10)) again();
    buy();
    seats();
    if (random_.chance(15)) again();
    renewal();
    staff();
    if (random_.chance(10)) again();
    return std::move(steps_);
}

}  // namespace

std::vector<GeneratedStep> generated_partner(std::uint64_t seed, std::uint64_t index,
                                             std::uint32_t days) {
    return Life(seed, index, days).steps();
}

}  // namespace ledger::tools
