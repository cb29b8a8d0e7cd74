// What a command would come to if it were sent now: decided on the views as they stand, by the same
// rules as the writer's, with nothing written anywhere.
#pragma once

#include "events/bytes.h"
#include "events/json/build.h"
#include "tools/benefits/asking/at_work.h"
#include "tools/benefits/screens/asked_answer.h"

namespace ledger::tools {

// Seals to bytes that hold a text's keyed hash and nothing else, so that the command can be told
// from another and no data key is made.
json::SealText hash_only(const Sealer& sealer);

// Of a partner, or of the ledger itself, in each partition: the worst of the answers. `command` was
// packed with hash_only; the views are caught up.
Result<AskedAnswer> foresee(const AtWork& at_work, const Bytes& command);

}  // namespace ledger::tools
