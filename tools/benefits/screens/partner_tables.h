// A partner sheet for people: its head, users, orders with their benefits, requests, what comes.
#pragma once

#include <string>

#include "events/json/encode.h"
#include "partner_sheet_generated.h"
#include "tools/benefits/cli/output.h"

namespace ledger::tools {

// `past`: it is as of a moment that was asked for. `open` opens what is sealed, or is empty.
std::string partner_tables(const fb::PartnerSheetT& sheet, bool past, const json::OpenText& open,
                           const Screen& screen);

}  // namespace ledger::tools
