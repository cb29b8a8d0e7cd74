#include "aggregates/policy/policy.h"

#include "events/json/decode.h"

namespace ledger::policy {

Result<std::vector<fb::PolicyVersionT>> initial_policies() {
    return json::natives_from_json<fb::PolicyVersion>(policy_json());
}

}  // namespace ledger::policy
