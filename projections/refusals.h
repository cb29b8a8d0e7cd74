// Refusals, kept for support to look up. They are no fold of the log, so they have a small store of
// their own with a write-ahead log; what is older than kRefusalDays is not shown any more.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "events/date.h"
#include "events/ids.h"
#include "events/result.h"
#include "state_generated.h"

namespace ledger::views {

inline constexpr int kRefusalDays = 90;

// A row as the store keeps it. Error: it is damaged.
Result<fb::RefusalRowT> unpack_refusal(std::string_view row);

class Refusals {
public:
    // An empty store becomes this ledger's. Error: it is another ledger's, and what to do.
    static Result<std::unique_ptr<Refusals>> open(const std::string& directory, Id128 ledger);
    ~Refusals();

    // Any thread.
    Result<void> add(const fb::RefusalRowT& refusal);
    // Grows with each; lower than it was before in an older copy. Any thread.
    std::uint64_t newest() const;
    // Of one partner, or of all when it is empty, oldest first, not older than kRefusalDays at
    // `today`.
    Result<std::vector<fb::RefusalRowT>> list(const PartnerId& partner, Date today) const;

    // Copies the store as it is now into `directory`, which must not be there. Any thread.
    Result<void> copy_to(const std::string& directory) const;

private:
    struct Inside;
    explicit Refusals(std::unique_ptr<Inside> inside);
    Result<void> check(const std::string& directory, Id128 ledger);
    std::unique_ptr<Inside> inside_;
};

}  // namespace ledger::views
