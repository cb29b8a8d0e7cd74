// What the tests of software keys and cloud subscriptions ask for, and the events they expect:
// delivery, reveal, download, activation, tokens.
#pragma once

#include <vector>

#include "tests/support/rules.h"

namespace ledger::rules {

// One benefit of an order.
struct Line {
    std::string_view sku;
    std::string_view order = kOrder;
};

// Of the Action Pack of 2020.
inline constexpr Line kWindows{"windows-10-enterprise-upgrade"};  // 10 licences
inline constexpr Line kTeamServices{"team-services-account"};     // 1 account, without a key
inline constexpr Line kOffice{"office-365-e3"};                   // 10 seats
inline constexpr Line kMobility{"enterprise-mobility-suite"};     // 5 seats
inline constexpr Line kAzure{"azure-usage"};                      // 1 subscription

fb::KeyMaterialT key(std::string_view id, std::uint32_t units);

Asked deliver_keys(Line line, std::vector<fb::KeyMaterialT> keys);  // by support
Asked reveal_key(Line line, std::string_view key = "");
Asked record_download(Line line);
Asked activate_key(Line line, std::string_view key, std::string_view machine);
Asked activate_changed(Line line, std::string_view key, std::string_view machine);  // hardware
Asked issue_token(Line line);
Asked redeem_token(Line line, std::string_view token, std::string_view tenant = "",
                   std::optional<std::uint32_t> seats = std::nullopt);

fb::KeysDeliveredT keys_delivered(Line line, std::vector<fb::KeyMaterialT> keys);
fb::KeyRevealedT key_revealed(Line line, std::string_view key, std::string_view by,
                              std::string_view on);
fb::KeyRevealedT key_revealed_again(Line line, std::string_view key, std::string_view by,
                                    std::string_view on);
fb::DownloadRecordedT download_recorded(Line line, std::uint32_t counted, std::string_view on);
fb::KeyActivatedT key_activated(Line line, std::string_view key, std::string_view machine,
                                std::uint32_t counted, std::string_view on);
fb::TokenIssuedT token_issued(Line line, std::string_view token, std::uint32_t seats,
                              std::string_view on);
// On the tenant that contoso was registered with.
fb::TokenRedeemedT token_redeemed(Line line, std::string_view token, std::uint32_t seats,
                                  std::string_view on, std::string_view until);

// The catalogue of a new ledger, with an Action Pack that grants this much of the line.
LedgerState granting(Line line, std::uint32_t quantity);

const fb::BenefitT& benefit(const Story& story, Line line);

}  // namespace ledger::rules
