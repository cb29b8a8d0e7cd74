#include "tools/benefits/screens/rule_text.h"

#include <array>

namespace ledger::tools {
namespace {

template <std::size_t count>
using Ids = std::array<std::string_view, count>;

constexpr Ids<1> kLedger{"LED-03"};
constexpr Ids<1> kCatalogue{"OFF-09"};
constexpr Ids<1> kRegistered{"ACC-01"};
constexpr Ids<1> kAgreement{"ACC-02"};
constexpr Ids<1> kContact{"ACC-03"};
constexpr Ids<1> kUsers{"ACC-04"};
constexpr Ids<5> kPurchased{"OFF-01", "OFF-02", "OFF-05", "OFF-09", "MEM-02"};
constexpr Ids<2> kRenewal{"OFF-03", "OFF-04"};
constexpr Ids<3> kPlaced{"OFF-01", "OFF-09", "MEM-13"};
constexpr Ids<2> kPaid{"MEM-13", "MEM-02"};
constexpr Ids<3> kSeatAssigned{"VSS-01", "VSS-02", "BEN-04"};
constexpr Ids<3> kSeatMoved{"VSS-01", "VSS-02", "VSS-03"};
constexpr Ids<1> kSeatReleased{"VSS-03"};
constexpr Ids<2> kDelivered{"SWK-06", "SWK-05"};
constexpr Ids<3> kRevealed{"SWK-01", "BEN-01", "OFF-06"};
constexpr Ids<2> kDownloaded{"SWK-02", "OFF-06"};
constexpr Ids<3> kActivated{"SWK-03", "SWK-04", "BEN-04"};
constexpr Ids<2> kIssued{"SWK-06", "BEN-01"};
constexpr Ids<4> kRedeemed{"CLD-02", "CLD-03", "CLD-05", "BEN-02"};
constexpr Ids<1> kCompany{"CLD-01"};
constexpr Ids<2> kRequested{"OFF-06", "OFF-07"};
constexpr Ids<2> kCancelled{"OFF-06", "OFF-08"};
constexpr Ids<1> kRefused{"OFF-07"};
constexpr Ids<2> kAdjusted{"LED-07", "BEN-04"};

std::string days(std::uint32_t count) { return std::to_string(count) + " days"; }

std::string managers(const fb::PolicyVersionT& policy) {
    const bool partner_admin = (policy.benefit_roles & fb::Role::partner_admin) != fb::Role::NONE;
    return partner_admin ? "A global admin or an MPN partner admin manages it."
                         : "Only a global admin manages it.";
}

void add_seats(std::vector<RuleText>& rules, const fb::PolicyVersionT& policy) {
    rules.push_back({"VSS-01", policy.seat_for_tenant_member
                                   ? "A seat goes to a person of the user list or of one of the "
                                     "partner's own tenants."
                                   : "A seat goes to a person of the user list."});
    rules.push_back({"VSS-02", "One person a seat, and no person twice on the same SKU."});
    rules.push_back({"VSS-03", policy.seat_move_days == 0
                                   ? "A seat may go to another person at any time."
                                   : "A seat may go to another person " +
                                         days(policy.seat_move_days) + " after its assignment."});
    rules.push_back({"BEN-03", "Seats may be assigned through the renewal window, " +
                                   days(policy.renewal_window_days) + " after the anniversary."});
}

void add_keys(std::vector<RuleText>& rules) {
    rules.push_back({"SWK-06", "Keys come from a delivery; a reveal takes the next of the stock."});
    rules.push_back({"SWK-01",
                     "Every reveal is recorded; looking again at the same key takes "
                     "nothing."});
    rules.push_back({"SWK-03",
                     "A key has a finite number of activations; a machine that has it "
                     "counts nothing again."});
    rules.push_back({"SWK-04", "An activation ends the right to a refund."});
}

void add_tokens(std::vector<RuleText>& rules) {
    rules.push_back(
        {"SWK-06", "Tokens come from a delivery; an issue takes the next of the stock."});
    rules.push_back({"CLD-02", "A token is redeemed whole."});
    rules.push_back({"CLD-03", "A token is redeemed once."});
    rules.push_back({"CLD-05", "Only on a tenant of the partner's own."});
    rules.push_back({"BEN-02", "What was redeemed can be used for one year from that day."});
}

void add_of_kind(std::vector<RuleText>& rules, fb::BenefitKind kind,
                 const fb::PolicyVersionT& policy) {
    switch (kind) {
        case fb::BenefitKind::visual_studio_seat:
            return add_seats(rules, policy);
        case fb::BenefitKind::software_key:
            return add_keys(rules);
        case fb::BenefitKind::cloud_token:
            return add_tokens(rules);
        case fb::BenefitKind::download:
            rules.push_back({"SWK-02", "It has no key: each download is recorded instead."});
            return;
        case fb::BenefitKind::azure_usage:
            rules.push_back({"CLD-01", "It is activated by assigning the company itself."});
            return;
        // No command takes of these: they have no rules of their own.
        case fb::BenefitKind::azure_monthly_credit:
        case fb::BenefitKind::azure_bulk_credit:
        case fb::BenefitKind::incidents:
        case fb::BenefitKind::advisory_hours:
        case fb::BenefitKind::go_to_market:
            return;
    }
}

}  // namespace

std::span<const std::string_view> rules_of(fb::Event event) {
    switch (event) {
        case fb::Event::NONE:
            return {};
        case fb::Event::ClockMoved:
        case fb::Event::PolicyPublished:
            return kLedger;
        case fb::Event::CataloguePublished:
            return kCatalogue;
        case fb::Event::PartnerRegistered:
        case fb::Event::TenantAdded:
            return kRegistered;
        case fb::Event::AgreementAccepted:
            return kAgreement;
        case fb::Event::ContactVerified:
            return kContact;
        case fb::Event::UserAdded:
        case fb::Event::UserRemoved:
        case fb::Event::RolesChanged:
            return kUsers;
        case fb::Event::OfferPurchased:
            return kPurchased;
        case fb::Event::AutomaticRenewalTurnedOff:
            return kRenewal;
        case fb::Event::OrderPlaced:
            return kPlaced;
        case fb::Event::PaymentReceived:
            return kPaid;
        case fb::Event::SeatAssigned:
            return kSeatAssigned;
        case fb::Event::SeatMoved:
            return kSeatMoved;
        case fb::Event::SeatReleased:
            return kSeatReleased;
        case fb::Event::KeysDelivered:
            return kDelivered;
        case fb::Event::KeyRevealed:
            return kRevealed;
        case fb::Event::DownloadRecorded:
            return kDownloaded;
        case fb::Event::KeyActivated:
            return kActivated;
        case fb::Event::TokenIssued:
            return kIssued;
        case fb::Event::TokenRedeemed:
            return kRedeemed;
        case fb::Event::CompanyAssigned:
            return kCompany;
        case fb::Event::CancellationRequested:
            return kRequested;
        case fb::Event::OrderCancelled:
            return kCancelled;
        case fb::Event::CancellationRefused:
            return kRefused;
        case fb::Event::UsageAdjusted:
            return kAdjusted;
    }
    return {};
}

std::vector<RuleText> rules_of(fb::BenefitKind kind, const fb::PolicyVersionT& policy) {
    std::vector<RuleText> rules;
    add_of_kind(rules, kind, policy);
    rules.push_back({"BEN-01", "The last day to activate it is the anniversary."});
    rules.push_back({"BEN-04", "Nothing is taken beyond what was granted."});
    rules.push_back({"ACC-06", managers(policy)});
    rules.push_back({"OFF-06", policy.refund_ends_with == fb::RefundTest::anything_used
                                   ? "Any use, and the sight of any key, ends the right to a "
                                     "refund; it may be asked for through day " +
                                         std::to_string(policy.refund_days) + "."
                                   : "The activation of a software key ends the right to a "
                                     "refund; it may be asked for through day " +
                                         std::to_string(policy.refund_days) + "."});
    rules.push_back({"LED-07", "Support mends a wrong count by a further event, with a reason."});
    return rules;
}

}  // namespace ledger::tools
