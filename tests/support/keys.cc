#include "tests/support/keys.h"

#include "tests/support/catch.h"

namespace ledger::rules {
namespace {

constexpr std::string_view kLanguage = "ko-kr";
constexpr std::string_view kSystem = "windows-10";

template <typename CommandT>
CommandT about(Line line) {
    CommandT command;
    command.order = line.order;
    command.sku = line.sku;
    return command;
}

fb::KeyRevealedT revealed(Line line, std::string_view key, std::string_view by, std::string_view on,
                          bool again) {
    auto event = about<fb::KeyRevealedT>(line);
    event.key = key;
    event.language = kLanguage;
    event.system = kSystem;
    event.again = again;
    event.on = day(on).days;
    event.by = by;
    return event;
}

}  // namespace

fb::KeyMaterialT key(std::string_view id, std::uint32_t units) {
    fb::KeyMaterialT material;
    material.id = id;
    const std::string secret = "material of " + material.id + ", sealed";
    material.material.assign(secret.begin(), secret.end());
    material.units = units;
    return material;
}

Asked deliver_keys(Line line, std::vector<fb::KeyMaterialT> keys) {
    auto command = about<fb::DeliverKeysT>(line);
    command.keys = std::move(keys);
    return ask(std::move(command)).by_support();
}

Asked reveal_key(Line line, std::string_view key) {
    auto command = about<fb::RevealKeyT>(line);
    command.key = key;
    command.language = kLanguage;
    command.system = kSystem;
    return ask(std::move(command));
}

Asked record_download(Line line) {
    auto command = about<fb::RecordDownloadT>(line);
    command.language = kLanguage;
    command.system = kSystem;
    return ask(std::move(command));
}

Asked activate_key(Line line, std::string_view key, std::string_view machine) {
    auto command = about<fb::ActivateKeyT>(line);
    command.key = key;
    command.machine = machine;
    return ask(std::move(command));
}

Asked activate_changed(Line line, std::string_view key, std::string_view machine) {
    auto command = about<fb::ActivateKeyT>(line);
    command.key = key;
    command.machine = machine;
    command.hardware_changed = true;
    return ask(std::move(command));
}

Asked issue_token(Line line) { return ask(about<fb::IssueTokenT>(line)); }

Asked redeem_token(Line line, std::string_view token, std::string_view tenant,
                   std::optional<std::uint32_t> seats) {
    auto command = about<fb::RedeemTokenT>(line);
    command.token = token;
    command.tenant = tenant;
    if (seats) command.seats = *seats;
    return ask(std::move(command));
}

fb::KeysDeliveredT keys_delivered(Line line, std::vector<fb::KeyMaterialT> keys) {
    auto event = about<fb::KeysDeliveredT>(line);
    event.keys = std::move(keys);
    return event;
}

fb::KeyRevealedT key_revealed(Line line, std::string_view key, std::string_view by,
                              std::string_view on) {
    return revealed(line, key, by, on, false);
}

fb::KeyRevealedT key_revealed_again(Line line, std::string_view key, std::string_view by,
                                    std::string_view on) {
    return revealed(line, key, by, on, true);
}

fb::DownloadRecordedT download_recorded(Line line, std::uint32_t counted, std::string_view on) {
    auto event = about<fb::DownloadRecordedT>(line);
    event.language = kLanguage;
    event.system = kSystem;
    event.on = day(on).days;
    event.counted = counted;
    return event;
}

fb::KeyActivatedT key_activated(Line line, std::string_view key, std::string_view machine,
                                std::uint32_t counted, std::string_view on) {
    auto event = about<fb::KeyActivatedT>(line);
    event.key = key;
    event.machine = machine;
    event.counted = counted;
    event.on = day(on).days;
    return event;
}

fb::TokenIssuedT token_issued(Line line, std::string_view token, std::uint32_t seats,
                              std::string_view on) {
    auto event = about<fb::TokenIssuedT>(line);
    event.token = token;
    event.seats = seats;
    event.on = day(on).days;
    return event;
}

fb::TokenRedeemedT token_redeemed(Line line, std::string_view token, std::uint32_t seats,
                                  std::string_view on, std::string_view until) {
    auto event = about<fb::TokenRedeemedT>(line);
    event.token = token;
    event.tenant = "contoso.example";
    event.seats = seats;
    event.on = day(on).days;
    event.until = day(until).days;
    return event;
}

LedgerState granting(Line line, std::uint32_t quantity) {
    LedgerState ledger = new_ledger();
    for (fb::CatalogueVersionT& version : ledger.catalogues)
        for (fb::OfferT& offer : version.offers)
            if (offer.id == "action-pack")
                for (fb::GrantT& grant : offer.grants)
                    if (grant.sku == line.sku) grant.quantity = quantity;
    return ledger;
}

const fb::BenefitT& benefit(const Story& story, Line line) {
    for (const fb::OrderT& order : story.partner().orders)
        if (order.id == line.order)
            for (const fb::BenefitT& found : order.benefits)
                if (found.sku == line.sku) return found;
    FAIL("no such benefit");
    static const fb::BenefitT kNone;
    return kNone;
}

Story with_tokens(std::vector<fb::KeyMaterialT> tokens) {
    return with_pack().with(deliver_keys(kOffice, std::move(tokens)), "2021-01-12");
}

// One token for all ten seats, issued.
Story with_token_issued() {
    return with_tokens({key("tok-1", 10)}).with(issue_token(kOffice), "2021-01-13");
}

Story with_token_redeemed() {
    return with_token_issued().with(redeem_token(kOffice, "tok-1"), "2021-01-14");
}

// Another offer that keeps the account from being read-only when the Action Pack has expired.
Story beside(const Story& story) {
    return story.with(purchase("learning-action-pack", "lap-1"), "2021-06-01");
}

Story with_keys(std::vector<fb::KeyMaterialT> keys) {
    return with_pack().with(deliver_keys(kWindows, std::move(keys)), "2021-01-12");
}

// One key for all ten licences, seen by ada.
Story with_key_shown() {
    return with_keys({key("win-1", 10)}).with(reveal_key(kWindows), "2021-01-13");
}

Story with_machines(Story story, std::string_view key_id, int from, int to) {
    for (int i = from; i <= to; ++i)
        story = story.with(activate_key(kWindows, key_id, "pc-" + std::to_string(i)), "2021-02-01");
    return story;
}

Story used_up() { return with_machines(with_key_shown(), "win-1", 1, 10); }

std::vector<Asked> everything_asked_of_keys() {
    return {reveal_key(kWindows), record_download(kTeamServices),
            activate_key(kWindows, "win-1", "pc-1")};
}

}  // namespace ledger::rules
