#include "aggregates/software_keys/benefit_kinds.h"

#include <algorithm>

#include "aggregates/row_bytes.h"
#include "refusals_generated.h"

namespace ledger::software_keys {

// Each unit may be activated on a machine of its own.
std::size_t activations_max_bytes(std::size_t units, std::size_t machines) {
    return std::max(units, machines) * kNameMaxBytes;
}

std::vector<Said> key_rules(const fb::PolicyVersionT&) {
    return {tell(say::RuleKeyStock{}), tell(say::RuleKeyReveal{}), tell(say::RuleKeyActivations{}),
            tell(say::RuleKeyRefund{})};
}

std::vector<Said> download_rules(const fb::PolicyVersionT&) { return {tell(say::RuleDownload{})}; }

}  // namespace ledger::software_keys
