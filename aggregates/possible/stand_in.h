// A seal for commands that are made up: it hides nothing and makes no key, but what it gives has
// the form of seal.h, and equal texts of one subject have equal hashes.
#pragma once

#include "events/json/build.h"
#include "events/json/encode.h"

namespace ledger::possible {

json::SealText stand_in_seal();

// The text again.
json::OpenText stand_in_open();

}  // namespace ledger::possible
