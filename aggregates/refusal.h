// How the ledger says no. Every way to fail has a stable code for programs, the id of the rule
// behind it and one sentence for people [LED-05]. Each area keeps its own in a refusals.txt beside
// its code, of which the build makes the codes, in the order in which they are checked, and for each
// sentence a struct whose members are the values that it names:
//
//     return refuse(say::SeatReassignTooEarly{.seat = 3, .since = since, .days = 90});
//
// Within a command the list in its own header holds.
#pragma once

#include <optional>
#include <string_view>
#include <utility>

#include "aggregates/sentence.h"
#include "events/date.h"
#include "refusals_generated.h"

namespace ledger {

constexpr const RefusalKind& kind_of(RefusalCode code) {
    return kRefusalKinds[static_cast<std::size_t>(code)];
}

// The code of a text; nothing when there is none such.
std::optional<RefusalCode> find_refusal_code(std::string_view text);

struct Refusal {
    RefusalCode code{};
    std::string_view rule;  // one of the program's own texts
    Said said;
    std::optional<Date> earliest;  // the first day on which it would pass, where a date decides

    std::string_view text() const { return kind_of(code).text; }
};

// Under the rule of its row, or under one that fits closer.
template <typename Row>
Refusal refuse(Row row, std::string_view rule = {}) {
    return {Row::kCode,
            rule.empty() ? row_of(Row::kSentence).rule : rule,
            {Row::kSentence, std::move(row).values()},
            std::nullopt};
}

}  // namespace ledger
