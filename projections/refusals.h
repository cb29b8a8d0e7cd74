// Refusals, kept for support to look up. They are no fold of the log, so they have a small store of
// their own with a write-ahead log. What is older than kRefusalDays by the ledger's time is not shown
// any more and is deleted, some at a time: when others are kept, and when a node starts.
//
// Rows lie in the order of time, so that the oldest stand together and all of them are read at
// once; an index leads to those of a partner.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "aggregates/sentence.h"
#include "events/bytes.h"
#include "events/date.h"
#include "events/ids.h"
#include "events/result.h"
#include "state_generated.h"

namespace ledger::views {

inline constexpr int kRefusalDays = 90;

inline constexpr ErrorCode kRefusalsOfAnotherLedger{"refusals.of-another-ledger"};

// A row as the store keeps it, which stands in `scratch`. Error: it is damaged.
Result<const fb::RefusalRow*> read_refusal(std::string_view row, Bytes& scratch);

// What a row says, and the other way round. Nothing for a sentence that this program doesn't have.
void put_said(fb::RefusalRowT& row, const Said& said);
std::optional<Said> said_in(const fb::RefusalRow& row);

// False ends the reading.
using OnRefusal = std::function<bool(const fb::RefusalRow& refusal)>;

// Those that are not older than kRefusalDays at `today`, the ledger's, nor than `since`, oldest first.
struct RefusalRange {
    RefusalRange(Date on, std::optional<Date> from = std::nullopt,  // NOLINT(*-explicit-*)
                 bool backwards = false)
        : today(on), since(from), newest_first(backwards) {}

    Date today;
    std::optional<Date> since;
    bool newest_first;
};

class Refusals {
public:
    // An empty store becomes this ledger's. Error: it is another ledger's, and what to do.
    static Result<std::unique_ptr<Refusals>> open(const std::string& directory, Id128 ledger);
    ~Refusals();

    // Any thread. Deletes a few of those that are older than kRefusalDays at the day of this one, by
    // the ledger's time or the machine's, whichever is earlier.
    Result<void> add(const fb::RefusalRowT& refusal);
    // Grows with every write; lower than it was before in an older copy. Any thread.
    std::uint64_t newest() const;
    // Of one partner, or of all when it is empty, one by one: they may be more than memory holds.
    Result<void> each(const PartnerId& partner, const RefusalRange& range,
                      const OnRefusal& on_refusal) const;

    // Deletes at most `most` of those that are older than kRefusalDays at `today`, the oldest
    // first. Any thread.
    Result<void> drop_old(Date today, std::size_t most);

    // Copies the store as it is now into `directory`, which must not be there. Any thread.
    Result<void> copy_to(const std::string& directory) const;

private:
    struct Inside;
    explicit Refusals(std::unique_ptr<Inside> inside);
    Result<void> check(const std::string& directory, Id128 ledger);
    std::unique_ptr<Inside> inside_;
};

}  // namespace ledger::views
