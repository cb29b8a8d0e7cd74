// `benefits history`: what happened to a partner, event by event, from any place and in either
// order. It takes the memory of one event, however long the history is.
#pragma once

#include <functional>

#include "events/result.h"
#include "lists_generated.h"
#include "projections/answers/page.h"
#include "projections/answers/snapshot.h"
#include "projections/answers/words.h"

namespace ledger::answers {

// The answer's members beside its events, which each_event gives.
fb::HistoryT history_head(const Snapshot& snapshot, const PartnerId& partner);

// 0: there is no such partner.
Result<std::uint64_t> newest_version(const Snapshot& snapshot, const PartnerId& partner);

// False ends it. The event lives until it returns.
using OnHistoryEvent = std::function<bool(const fb::HistoryEvent& event)>;

// `newest` is newest_version(). Error: the history can't be read.
Result<void> each_event(const Snapshot& snapshot, const PartnerId& partner, std::uint64_t newest,
                        const Page& page, const Words& words, const OnHistoryEvent& on_event);

}  // namespace ledger::answers
