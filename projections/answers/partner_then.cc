#include "projections/answers/partner_then.h"

#include "projections/answers/ledger_then.h"
#include "projections/queries.h"

namespace ledger::answers {
namespace {

Result<PartnerAtMoment> partner_now(const Snapshot& snapshot, const PartnerId& partner) {
    auto found = views::find_partner(snapshot.rows, partner);
    if (!found) return found.error();
    if (!*found) return PartnerAtMoment{NoPartner{Missing::no_such_partner, {}, 0}};
    const std::uint64_t version = (*found)->version;
    return PartnerAtMoment{
        PartnerThen{std::move(**found), snapshot.today, snapshot.ledger, version}};
}

}  // namespace

Result<PartnerAtMoment> partner_then(const Snapshot& snapshot, const PartnerId& partner,
                                     const views::Moment& moment) {
    // The empty name is the ledger's own.
    if (partner.empty()) return PartnerAtMoment{NoPartner{Missing::no_such_partner, {}, 0}};
    if (moment.is_now()) return partner_now(snapshot, partner);
    if (moment.day && snapshot.today < *moment.day)
        return PartnerAtMoment{NoPartner{Missing::day_ahead, {}, 0}};
    auto past = views::partner_at(snapshot.rows, snapshot.partition, partner, moment);
    if (!past) return past.error();
    const auto none = [&](Missing why) -> PartnerAtMoment {
        return NoPartner{why, date_of(past->first), past->newest_version};
    };
    if (past->newest_version == 0) return none(Missing::no_such_partner);
    if (moment.version && past->newest_version < *moment.version)
        return none(Missing::version_not_reached);
    if (past->state.version == 0) return none(Missing::not_registered_yet);
    const Date day = moment.day ? *moment.day : date_of(past->last);
    auto ledger = ledger_then(snapshot.rows, snapshot.partition, day);
    if (!ledger) return ledger.error();
    return PartnerAtMoment{
        PartnerThen{std::move(past->state), day, std::move(*ledger), past->newest_version}};
}

}  // namespace ledger::answers
