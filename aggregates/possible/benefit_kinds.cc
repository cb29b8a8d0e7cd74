#include "aggregates/possible/benefit_kinds.h"

namespace ledger::possible {

std::span<const fb::BenefitKind> benefit_kinds_of(fb::CommandBody command) {
    using fb::BenefitKind;
    using fb::CommandBody;
    switch (command) {
        case CommandBody::AssignSeat:
        case CommandBody::MoveSeat:
        case CommandBody::ReleaseSeat: {
            static constexpr BenefitKind kKinds[] = {BenefitKind::visual_studio_seat};
            return kKinds;
        }
        case CommandBody::DeliverKeys: {
            static constexpr BenefitKind kKinds[] = {BenefitKind::software_key,
                                                     BenefitKind::cloud_token};
            return kKinds;
        }
        case CommandBody::RevealKey:
        case CommandBody::ActivateKey: {
            static constexpr BenefitKind kKinds[] = {BenefitKind::software_key};
            return kKinds;
        }
        case CommandBody::RecordDownload: {
            static constexpr BenefitKind kKinds[] = {BenefitKind::download};
            return kKinds;
        }
        case CommandBody::IssueToken:
        case CommandBody::RedeemToken: {
            static constexpr BenefitKind kKinds[] = {BenefitKind::cloud_token};
            return kKinds;
        }
        case CommandBody::AssignCompany: {
            static constexpr BenefitKind kKinds[] = {BenefitKind::azure_usage};
            return kKinds;
        }
        case CommandBody::AdjustUsage:
            return fb::EnumValuesBenefitKind();
        case CommandBody::NONE:
        case CommandBody::MoveClock:
        case CommandBody::PublishPolicy:
        case CommandBody::PublishCatalogue:
        case CommandBody::RegisterPartner:
        case CommandBody::AcceptAgreement:
        case CommandBody::VerifyContact:
        case CommandBody::AddTenant:
        case CommandBody::AddUser:
        case CommandBody::RemoveUser:
        case CommandBody::ChangeRoles:
        case CommandBody::PurchaseOffer:
        case CommandBody::TurnAutomaticRenewalOff:
        case CommandBody::TurnAutomaticRenewalOn:
        case CommandBody::ReceivePayment:
        case CommandBody::RequestCancellation:
        case CommandBody::ResolveCancellation:
        case CommandBody::RefuseCancellation:
            return {};
    }
    return {};
}

}  // namespace ledger::possible
