// What a caller learns about its command, and when that is final.
//   accepted  its event stands in the log and every reader takes it for valid; never contradicted
//   nothing   there was nothing to do, as of `version` and `position`
//   refused   the rules say no, as of `version` and `position`; the same id may be tried again
//   failed    it was not done and nothing of it is in the log: try again (busy, no log, not an
//   entry) unknown   it may have happened: ask for the receipt, or send the same command again
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "aggregates/sentence.h"
#include "events/date.h"
#include "events/ids.h"

namespace ledger {

enum class Outcome { accepted, nothing, refused, failed, unknown };

inline const char* name_of(Outcome outcome) {
    switch (outcome) {
        case Outcome::accepted:
            return "accepted";
        case Outcome::nothing:
            return "nothing";
        case Outcome::refused:
            return "refused";
        case Outcome::failed:
            return "failed";
        case Outcome::unknown:
            return "unknown";
    }
    return "";
}

struct Answer {
    Outcome outcome{};
    PartitionId partition{};
    std::uint64_t seq = 0;  // accepted: of its entry
    std::uint64_t version =
        0;                // accepted: of its event; else the partner's version it was judged on
    Position position{};  // accepted: of its entry; else a place in the log, not before its end
                          // when the command came, behind which the answer was true
    // refused, nothing: of the table of sentences; failed: busy, log.unavailable, entry.invalid, ...
    std::string code;
    std::string rule;              // refused: the rule's id
    std::optional<Said> said;      // refused, nothing: what is to be said, in any language
    std::string reason;            // failed, unknown: one sentence
    std::optional<Date> earliest;  // refused: the first day on which it would pass
};

}  // namespace ledger
