// Which page of a list it is, for the list's title.
#pragma once

#include <string>

#include "projections/answers/list_walk.h"
#include "projections/answers/page.h"

namespace ledger::tools {

// "since 2020-12-01, of type SeatAssigned, by kim", or nothing.
std::string page_in_words(const answers::Page& page);

// "since 2021-09-01, behind 2021-09-01/contoso/ap-2020", or nothing.
std::string list_page_in_words(const answers::ListPage& page);

}  // namespace ledger::tools
