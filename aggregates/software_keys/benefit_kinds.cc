#include "aggregates/software_keys/benefit_kinds.h"

#include <algorithm>

#include "aggregates/row_bytes.h"

namespace ledger::software_keys {

// Each unit may be activated on a machine of its own.
std::size_t activations_max_bytes(std::size_t units, std::size_t machines) {
    return std::max(units, machines) * kNameMaxBytes;
}

std::vector<RuleText> key_rules(const fb::PolicyVersionT&) {
    return {
        {"SWK-06", "Keys come from a delivery; a reveal takes the next of the stock."},
        {"SWK-01", "Every reveal is recorded; looking again at the same key takes nothing."},
        {"SWK-03",
         "A key has a finite number of activations; a machine that has it counts nothing again."},
        {"SWK-04", "An activation ends the right to a refund."}};
}

std::vector<RuleText> download_rules(const fb::PolicyVersionT&) {
    return {{"SWK-02", "It has no key: each download is recorded instead."}};
}

}  // namespace ledger::software_keys
