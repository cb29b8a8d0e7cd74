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

}  // namespace ledger::rules
