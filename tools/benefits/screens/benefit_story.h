// The events behind one benefit's numbers, with what each of them changed: what `benefits why`
// tells.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tools/benefits/asking/partner_query.h"
#include "tools/benefits/screens/partner_sheet.h"

namespace ledger::tools {

// One line of one order.
struct BenefitPlace {
    std::string order;
    std::string sku;
};

// "SKU" or "ORDER/SKU": every benefit of the partner that it names, in the order of purchase.
std::vector<BenefitPlace> places_of(const PartnerState& state, std::string_view named);

// Everything that counts in a benefit.
struct Numbers {
    std::uint32_t granted = 0;
    std::uint32_t used = 0;
    std::uint32_t left = 0;
    std::size_t in_stock = 0;  // keys or tokens
    Date expiry;               // 0: it has none yet

    bool operator==(const Numbers&) const = default;
};

struct StoryEvent {
    std::uint64_t version = 0;
    std::int64_t time = 0;  // milliseconds
    fb::Event type{};
    std::string who;
    std::string as;
    std::string words;
    std::string reason;
    std::uint64_t corrects = 0;  // 0: nothing
    std::uint32_t policy_version = 0;
    Numbers before;
    Numbers after;
};

// What names the benefit, or changed anything of it.
Result<std::vector<StoryEvent>> story_of(const PartnerQuery& query, const BenefitPlace& place);

// "used 0 to 1, left 10 to 9"; "nothing" where it changed no number.
std::string change_in_words(const Numbers& before, const Numbers& after);

}  // namespace ledger::tools
