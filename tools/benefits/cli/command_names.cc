#include "tools/benefits/cli/command_names.h"

#include <algorithm>
#include <array>
#include <type_traits>

namespace ledger::tools {
namespace {

using fb::CommandBody;

constexpr std::array kAreas{
    Area{"partner", "Registers a partner and opens its membership"},
    Area{"user", "Keeps a partner's user list and roles"},
    Area{"order", "Buys offers; automatic renewal; payments by bank transfer"},
    Area{"seat", "Assigns seats of per-user subscriptions"},
    Area{"key", "Delivers, shows and activates software keys; records downloads"},
    Area{"token", "Issues and redeems tokens of cloud subscriptions"},
    Area{"company", "Assigns the company itself to a usage-based subscription"},
    Area{"cancellation", "Asks for the cancellation of an order and decides on it"},
    Area{"usage", "Mends counts"},
    Area{"ledger", "Commands of the ledger itself: clock, policy, catalogue"},
};

constexpr std::array kCommands{
    CommandName{CommandBody::RegisterPartner, "partner", "register",
                "benefits partner register --partner fabrikam --as ana --legal-name 'Fabrikam, "
                "Inc.' --address '1 Example Way' --tenant fabrikam.example --contact-id ana "
                "--contact-name @ana.name --contact-email @ana.email --user-id ana --user-name "
                "@ana.name --user-email @ana.email"},
    CommandName{CommandBody::AcceptAgreement, "partner", "agree",
                "benefits partner agree --partner contoso --as kim --agreement 2020-12"},
    CommandName{CommandBody::VerifyContact, "partner", "verify-contact",
                "benefits partner verify-contact --partner fabrikam --as-system mailer"},
    CommandName{CommandBody::AddTenant, "partner", "add-tenant",
                "benefits partner add-tenant --partner contoso --as kim --tenant "
                "contoso-labs.example"},
    CommandName{CommandBody::AddUser, "user", "add",
                "printf 'Ana Almeida' | benefits user add --partner contoso --as kim --user-id ana "
                "--user-name - --user-email @ana.email --roles partner_admin,admin_agent"},
    CommandName{CommandBody::RemoveUser, "user", "remove",
                "benefits user remove --partner contoso --as kim --user park --reason 'left the "
                "company'"},
    CommandName{CommandBody::ChangeRoles, "user", "roles",
                "benefits user roles --partner contoso --as kim --user lee --roles global_admin "
                "--may-sign"},
    CommandName{CommandBody::PurchaseOffer, "order", "buy",
                "benefits order buy --partner contoso --as lee --order lap-2020 --offer "
                "learning-action-pack --payment card --charge-amount 100.00 --charge-currency USD "
                "--terms-accepted --confirmed"},
    CommandName{CommandBody::ReceivePayment, "order", "receive-payment",
                "benefits order receive-payment --partner wingtip --as-system bank --order "
                "lap-transfer --amount 100.00 --amount-currency USD"},
    CommandName{CommandBody::TurnAutomaticRenewalOff, "order", "turn-renewal-off",
                "benefits order turn-renewal-off --partner contoso --as lee --order ap-2020"},
    CommandName{CommandBody::TurnAutomaticRenewalOn, "order", "turn-renewal-on",
                "benefits order turn-renewal-on --partner wingtip --as mia --order ap-2020"},
    CommandName{CommandBody::AssignSeat, "seat", "assign",
                "benefits seat assign --partner contoso --as kim --order ap-2020 --sku "
                "visual-studio-professional --person lee"},
    CommandName{CommandBody::MoveSeat, "seat", "move",
                "benefits seat move --partner contoso --as kim --order ap-2020 --sku "
                "visual-studio-professional --seat 1 --person ana"},
    CommandName{CommandBody::ReleaseSeat, "seat", "release",
                "benefits seat release --partner contoso --as kim --order ap-2020 --sku "
                "visual-studio-professional --seat 1"},
    CommandName{CommandBody::DeliverKeys, "key", "deliver",
                "benefits key deliver --partner contoso --as-system vendor --order ap-2020 --sku "
                "windows-10-enterprise-upgrade --keys @keys.json"},
    CommandName{CommandBody::RevealKey, "key", "reveal",
                "benefits key reveal --partner contoso --as kim --order ap-2020 --sku "
                "windows-10-enterprise-upgrade --language ko-kr --system windows-10"},
    CommandName{CommandBody::RecordDownload, "key", "download",
                "benefits key download --partner contoso --as kim --order ap-2020 --sku "
                "team-services-account --language ko-kr"},
    CommandName{CommandBody::ActivateKey, "key", "activate",
                "benefits key activate --partner contoso --as kim --order ap-2020 --sku "
                "windows-10-enterprise-upgrade --key mak-1 --machine pc-7"},
    CommandName{CommandBody::IssueToken, "token", "issue",
                "benefits token issue --partner contoso --as kim --order ap-2020 --sku "
                "office-365-e3"},
    CommandName{CommandBody::RedeemToken, "token", "redeem",
                "benefits token redeem --partner contoso --as kim --order ap-2020 --sku "
                "enterprise-mobility-suite --token ems-1 --tenant contoso.example"},
    CommandName{CommandBody::AssignCompany, "company", "assign",
                "benefits company assign --partner contoso --as kim --order ap-2020 --sku "
                "azure-usage"},
    CommandName{CommandBody::RequestCancellation, "cancellation", "request",
                "benefits cancellation request --partner fourth-coffee --as noor --request sr-9 "
                "--order ap-2020"},
    CommandName{CommandBody::ResolveCancellation, "cancellation", "resolve",
                "benefits cancellation resolve --partner fourth-coffee --as-support desk --request "
                "sr-9"},
    CommandName{CommandBody::RefuseCancellation, "cancellation", "refuse",
                "benefits cancellation refuse --partner wingtip --as-support desk --request "
                "sr-4 --reason 'the partner withdrew it'"},
    CommandName{CommandBody::AdjustUsage, "usage", "adjust",
                "benefits usage adjust --partner contoso --as-support desk --order ap-2020 --sku "
                "enterprise-mobility-suite --change -1 --corrects 25 --reason 'counted twice'"},
    CommandName{CommandBody::MoveClock, "ledger", "move-clock",
                "benefits ledger move-clock --to 2020-09-15 --as-support desk"},
    CommandName{CommandBody::PublishPolicy, "ledger", "publish-policy",
                "benefits ledger publish-policy --as-support desk --policy-version 7 "
                "--policy-effective 2023-07-01 --policy-seat-move-days 90 "
                "--policy-seat-for-tenant-member --policy-benefit-roles global_admin,partner_admin "
                "--policy-renewal-window-days 30 --policy-action-pack-beside-competency "
                "--policy-refund-days 30 --policy-refund-ends-with anything_used "
                "--policy-payment-days 30 --policy-note 'as before'"},
    CommandName{CommandBody::PublishCatalogue, "ledger", "publish-catalogue",
                "benefits ledger publish-catalogue --as-support desk --catalogue-version 4 "
                "--catalogue-effective 2023-07-01 --catalogue-offers @offers.json "
                "--catalogue-note 'a smaller set'"},
};

constexpr bool each_once() {
    for (std::size_t i = 0; i < kCommands.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (kCommands[i].type == kCommands[j].type) return false;
    return true;
}

// The generated list begins with NONE.
using AllTypes = std::remove_reference_t<decltype(fb::EnumValuesCommandBody())>;
static_assert(kCommands.size() == std::extent_v<AllTypes> - 1 && each_once(),
              "every command of the schema has a name here");

}  // namespace

std::span<const Area> areas() { return kAreas; }

std::span<const CommandName> command_names() { return kCommands; }

std::string full_name(const CommandName& command) {
    return std::string(command.area) + " " + std::string(command.name);
}

std::string_view type_name(const CommandName& command) {
    return fb::EnumNameCommandBody(command.type);
}

const json::Table& table_of(const CommandName& command) {
    return json::table_named(type_name(command));
}

}  // namespace ledger::tools
