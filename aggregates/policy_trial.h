// What the commands of the past would have come to under a policy that was never in force. Each is
// judged by itself, where its partner really stood: what a draft would have refused has happened
// all the same, and all that follows is judged on it. The commands come back out of their entries
// (possible/asked_again.h) and go through answer_of like any other. Pure but for its memory.
#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "aggregates/answer_of.h"
#include "aggregates/possible/asked_again.h"

namespace ledger {

// The versions with the draft among them, as if it had been known all along: it stands for the one
// of its own number, and from its effective date on no version of a lower number is in force. So it
// may lie in the past.
std::vector<fb::PolicyVersionT> with_draft(const std::vector<fb::PolicyVersionT>& versions,
                                           const fb::PolicyVersionT& draft);

// The same event.
struct CameToTheSame {};
// Refused, nothing to do, or another event.
struct CameToOther {
    Ruling ruling;  // its texts hold until the next entry is tried
};
// No command was found that comes to this event, or to this refusal, under the ledger's own
// versions, so nothing can be said of a draft.
struct CantBeTried {};
using Trial = std::variant<CameToTheSame, CameToOther, CantBeTried>;

class PolicyTrial {
public:
    // `record` is an entry of the partner, which stands before it; `ledger` is what its partition
    // had come to, `other` the same under other policies.
    Trial of(const RecordView& record, const PartnerState& partner, const LedgerState& ledger,
             const LedgerState& other);

    // The same of a command that was refused, with this code, on the partner as it stands at this
    // time. It comes to the same where it is refused again, whatever the reason.
    static Trial of_refused(const fb::Command& command, std::string_view code, Time then,
                            const PartnerState& partner, const LedgerState& ledger,
                            const LedgerState& other);

private:
    possible::AskedAgain asked_;
};

// Whether the ruling is to append just this event.
bool comes_to(const Ruling& ruling, const RecordView& record);

}  // namespace ledger
