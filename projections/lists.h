// The index of the lists over all partners (answers/partner_lists.h): from a kind and a day to what
// is listed there, so that a page of a list is read without looking at anything else. Its rows are a
// function of the partner's row alone, whatever day it is and whatever the policy says: the fold
// writes and erases them with it.
//
// Key: kind (1) day since 1970 (4, big-endian) partner 00 thing. No value.
// The thing is an order, of a charge the order, 00 and what became of it; of a membership nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "aggregates/partner.h"
#include "events/date.h"
#include "projections/rows.h"

namespace ledger::views {

// The letter is the first byte of a key.
enum class Listed : char {
    // Every charge once, by the day it was paid, ordered, or failed; then those that no answer came
    // to, and those that failed.
    charge = 'c',
    open_charge = 'a',
    failed_charge = 'f',
    // The newest order of each chain that has a term, or had one, by its anniversary; then those of
    // them whose renewal charge failed, by the day it did.
    order = 'o',
    unrenewed_order = 'n',
    // Of every partner with such an order, by the anniversary of the last.
    membership = 'm',
    // Orders by bank transfer whose money hasn't come, by the last day for it.
    unpaid_order = 'u',
    // Reminders that were sent, by the day for which they were.
    reminder = 'r',
};

// What a charge came to, as it stands behind the order in a key.
inline constexpr std::string_view kChargePaid = "paid";
inline constexpr std::string_view kChargeOrdered = "ordered";
inline constexpr std::string_view kChargeFailed = "failed";

// It has a term, or had one, and no other order has taken its place.
bool is_newest_term(const fb::OrderT& order);
// Of those the one whose anniversary is the last; null where there is none.
const fb::OrderT* last_term(const PartnerState& state);

// The keys of a partner's rows, sorted, each once.
std::vector<std::string> list_keys(const PartnerState& state);

struct ListKey {
    Date on;
    std::string_view partner;
    std::string_view thing;
};
// Nothing: it is no such key.
std::optional<ListKey> parse_list_key(std::string_view key);

// Where a day of a kind begins.
std::string list_day(Listed kind, Date day);

// A place in a list, as people can write it down: "2021-09-01/contoso/ap-2020". It means the same
// tomorrow and on any node, also when what stood there is gone.
std::string place_of(const ListKey& key);
// The key of such a place. Nothing for any other text.
std::optional<std::string> key_at(Listed kind, std::string_view place);

}  // namespace ledger::views
