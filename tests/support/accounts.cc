#include "tests/support/accounts.h"

namespace ledger::rules {

fb::UserAddedT user_added(std::string_view id, fb::Role roles, bool may_sign) {
    fb::UserAddedT event;
    event.user = person(id);
    event.roles = roles;
    event.may_sign = may_sign;
    return event;
}

fb::UserRemovedT user_removed(std::string_view id) {
    fb::UserRemovedT event;
    event.user = id;
    return event;
}

fb::RolesChangedT roles_changed(std::string_view id, fb::Role roles, bool may_sign) {
    fb::RolesChangedT event;
    event.user = id;
    event.roles = roles;
    event.may_sign = may_sign;
    return event;
}

fb::AgreementAcceptedT agreement_accepted(std::string_view agreement, std::string_view user) {
    fb::AgreementAcceptedT event;
    event.agreement = agreement;
    event.user = user;
    return event;
}

fb::TenantAddedT tenant_added(std::string_view tenant) {
    fb::TenantAddedT event;
    event.tenant = tenant;
    return event;
}

}  // namespace ledger::rules
