#include "tests/support/own_commands.h"

namespace ledger::rules {

Story sandbox() { return Story::of_ledger(new_ledger(true, "2021-02-01")); }

fb::ClockMovedT clock_moved(std::string_view to) {
    fb::ClockMovedT event;
    event.to = day(to).days;
    return event;
}

fb::PolicyVersionT next_policy(std::string_view effective) {
    fb::PolicyVersionT policy = new_ledger().policies.back();
    ++policy.version;
    policy.effective = day(effective).days;
    policy.benefit_roles = fb::Role::global_admin;
    policy.note = "A test.";
    return policy;
}

fb::CatalogueVersionT next_catalogue(std::string_view effective) {
    fb::CatalogueVersionT catalogue = new_ledger().catalogues.back();
    ++catalogue.version;
    catalogue.effective = day(effective).days;
    return catalogue;
}

fb::PolicyPublishedT published(const fb::PolicyVersionT& policy) {
    fb::PolicyPublishedT event;
    event.policy = std::make_unique<fb::PolicyVersionT>(policy);
    return event;
}

fb::CataloguePublishedT published(const fb::CatalogueVersionT& catalogue) {
    fb::CataloguePublishedT event;
    event.catalogue = std::make_unique<fb::CatalogueVersionT>(catalogue);
    return event;
}

}  // namespace ledger::rules
