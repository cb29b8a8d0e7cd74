// What a made-up partner does with what its order grants: seats, keys, downloads, tokens, the
// company's subscription; and what support mends of it.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "tools/benefits/generate/generated_life.h"

namespace ledger::tools {
namespace {

constexpr std::string_view kWindows = "windows-10-enterprise-upgrade";
constexpr std::string_view kTeamServices = "team-services-account";
constexpr std::string_view kMobility = "enterprise-mobility-suite";
constexpr std::string_view kDynamics = "dynamics-crm-online-professional";
constexpr std::string_view kAzure = "azure-usage";
constexpr std::uint64_t kLicences = 10;
constexpr std::uint64_t kSeatsOfToken = 5;
constexpr std::array<std::string_view, 4> kLanguages{"en-us", "ko-kr", "de-de", "pt-br"};
// As product keys are written: nothing that looks like something else.
constexpr std::string_view kSecretLetters = "BCDFGHJKMPQRTVWXY2346789";
constexpr std::size_t kSecretGroups = 5;
constexpr std::size_t kSecretGroupLetters = 5;

}  // namespace

JsonObject Life::line(std::string_view sku) const { return order().text("sku", sku); }

JsonObject Life::key_line(std::string_view sku, std::string_view key) const {
    return line(sku).text("key", key);
}

std::string Life::key_of(std::string_view name) const { return fmt::format("{}-{}", order_, name); }

std::string Life::secret() {
    std::string letters;
    for (std::size_t i = 0; i < kSecretGroups * kSecretGroupLetters; ++i) {
        if (i > 0 && i % kSecretGroupLetters == 0) letters += '-';
        letters += kSecretLetters[random_.below(kSecretLetters.size())];
    }
    return letters;
}

std::string Life::key_material(std::string_view id, std::uint64_t units) {
    return JsonObject().text("id", id).text("material", secret()).number("units", units).line();
}

void Life::begin_term() {
    const bool regrets = random_.chance(12);
    if (regrets) {
        use_little();
        later(1, 25, [this] { regret(); });
        return;
    }
    use_everything();
    if (random_.chance(4)) later(31, 60, [this] { ask_for_cancellation("sr-1"); });
}

void Life::use_little() {
    if (random_.chance(50)) later(0, 5, [this] { assign_seat(); });
    used_something_ = random_.chance(40);
    if (!used_something_) return;
    if (is_action_pack_)
        later(0, 4, [this] { deliver_key(); });
    else
        later(0, 4, [this] { assign_company(); });
}

void Life::use_everything() {
    plan_seats();
    if (is_action_pack_ && random_.chance(80)) later(0, 5, [this] { deliver_key(); });
    if (is_action_pack_ && random_.chance(45)) later(1, 60, [this] { download(); });
    if (random_.chance(70)) later(0, 10, [this] { deliver_tokens(); });
    if (random_.chance(45)) later(1, 30, [this] { assign_company(); });
    if (random_.chance(40)) later(5, 150, [this] { renewal(); });
    if (random_.chance(12)) later(20, 120, [this] { mend_count(); });
}

void Life::plan_seats() {
    const std::uint64_t assigned = 1 + random_.below(4);
    for (std::uint64_t i = 0; i < assigned; ++i) later(0, 15, [this] { assign_seat(); });
    if (random_.chance(40)) later(20, 130, [this] { move_seat(); });
    if (random_.chance(20))
        later(5, 130, [this] { by_user("u1", "ReleaseSeat", line(kSeats).number("seat", 1)); });
}

void Life::assign_seat() {
    JsonObject body = line(kSeats);
    const std::uint64_t who = random_.below(100);
    if (who < 5)
        body.text("person", "u9");
    else if (who < 12)
        body.text("person", "guest1").text("tenant", partner_ + ".example");
    else if (who < 25)
        body.text("person", any_user());
    else
        body.text("person", fmt::format("u{}", 1 + seats_++ % users_));
    by_user(random_.chance(93) ? "u1" : any_user(), "AssignSeat", body);
}

void Life::move_seat() {
    by_user("u1", "MoveSeat",
            line(kSeats).number("seat", random_.chance(95) ? 1 : 7).text("person", any_user()));
}

// One multiple activation key for all licences.
void Life::deliver_key() {
    if (random_.chance(8)) show_key();
    const std::string id = key_of("mak");
    const auto deliver = [this](const std::string& key) {
        JsonList keys;
        keys.add(key_material(key, kLicences));
        by_vendor("DeliverKeys", line(kWindows).json("keys", keys.line()));
    };
    deliver(id);
    if (random_.chance(4)) deliver(id);
    if (random_.chance(4)) deliver(key_of("mak-more"));
    if (random_.chance(3)) activate();
    later(0, 10, [this] {
        if (random_.chance(15))
            by_user(any_user(), "RevealKey",
                    line(kWindows).text("language", "en-us").text("system", "windows-10"));
        show_key();
        const std::uint64_t machines = random_.chance(6) ? kLicences + 3 : 1 + random_.below(6);
        for (std::uint64_t i = 0; i < machines; ++i) later(0, 90, [this] { activate(); });
        if (random_.chance(20)) later(5, 120, [this] { show_key(); });
    });
}

void Life::show_key() {
    by_user("u1", "RevealKey",
            line(kWindows)
                .text("language", kLanguages[random_.below(kLanguages.size())])
                .text("system", "windows-10"));
}

// Mostly on a machine that doesn't have the key yet.
void Life::activate() {
    const bool known = machines_ > 0 && random_.chance(25);
    const std::uint64_t machine = known ? 1 + random_.below(machines_) : ++machines_;
    JsonObject body = key_line(kWindows, key_of("mak"));
    body.text("machine", fmt::format("pc-{:02}", machine));
    if (known && random_.chance(30)) body.flag("hardware_changed", true);
    by_user("u1", "ActivateKey", body);
}

void Life::download() {
    by_user("u1", "RecordDownload",
            line(kTeamServices).text("language", kLanguages[random_.below(kLanguages.size())]));
    if (random_.chance(25))
        later(1, 100, [this] { by_user("u1", "RecordDownload", line(kTeamServices)); });
}

void Life::deliver_tokens() {
    deliver_token(kOffice, "e3", is_action_pack_ ? 2 : 1);
    if (!is_action_pack_) return;
    if (random_.chance(50)) deliver_token(kMobility, "ems", 1);
    if (random_.chance(40)) deliver_token(kDynamics, "crm", 1);
}

// Tokens of five seats each, delivered together and taken one after the other.
void Life::deliver_token(std::string_view sku, std::string_view name, std::uint64_t tokens) {
    if (random_.chance(6)) issue(sku, "");
    JsonList keys;
    for (std::uint64_t i = 1; i <= tokens; ++i)
        keys.add(key_material(key_of(fmt::format("{}-{}", name, i)), kSeatsOfToken));
    const JsonObject body = line(sku).json("keys", keys.line());
    if (random_.chance(80))
        by_vendor("DeliverKeys", body);
    else
        by_support("DeliverKeys", body, {});
    std::uint32_t from = 0;
    for (std::uint64_t i = 1; i <= tokens; ++i) {
        const std::string token = key_of(fmt::format("{}-{}", name, i));
        if (random_.chance(4)) redeem(sku, token);
        later(from, from + 15, [this, sku, token] { issue(sku, token); });
        from += 16;
    }
    if (random_.chance(8)) later(from, from + 30, [this, sku] { issue(sku, ""); });
}

void Life::issue(std::string_view sku, const std::string& token) {
    by_user("u1", "IssueToken", line(sku));
    if (token.empty()) return;
    if (random_.chance(85)) later(0, 40, [this, sku, token] { redeem(sku, token); });
}

void Life::redeem(std::string_view sku, const std::string& token) {
    const auto body = [&] { return line(sku).text("token", token); };
    if (random_.chance(8)) by_user("u1", "RedeemToken", body().text("tenant", "customer.example"));
    if (random_.chance(8)) by_user("u1", "RedeemToken", body().number("seats", 2));
    if (random_.chance(30))
        by_user("u1", "RedeemToken", body().text("tenant", partner_ + ".example"));
    else
        by_user("u1", "RedeemToken", body());
    if (random_.chance(8)) by_user("u1", "RedeemToken", body());
}

void Life::assign_company() {
    by_user("u1", "AssignCompany", line(kAzure));
    if (random_.chance(12)) by_user("u1", "AssignCompany", line(kAzure));
}

void Life::mend_count() {
    by_support("AdjustUsage", line(kIncidents).number("change", 1 + random_.below(3)),
               {"incidents that were opened by phone", bought_at_version_});
    if (random_.chance(40))
        by_support("AdjustUsage", line(kIncidents).json("change", "-1"),
                   {"one of them was no incident", bought_at_version_});
    if (is_action_pack_ && random_.chance(40))
        by_support("AdjustUsage", line(kWindows).json("change", "-1"),
                   {"the machine was never delivered", bought_at_version_});
}

}  // namespace ledger::tools
