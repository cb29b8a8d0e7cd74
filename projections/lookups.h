// Lookups: from what support is told to whose it is. A row is written for everything that an event
// brings in by which a partner may be sought: a person, an e-mail address, a name, an order, a
// service request, a key or token, its secret. Ids stand as they are. What is sealed stands by the
// keyed hash that its sealed bytes carry (events/seal.h), so the fold needs no key, and a row tells
// nothing to anybody without the master key.
//
// Rows are a function of the partner's history, and they only grow: whoever has left the user list,
// and an order that was cancelled, is still found. To erase a person, go through the partner's
// history with for_each_lookup and take away the rows whose `thing` is that person.
//
// Key:   kind (1) id 00 partner 00            of what has an id
//        kind (1) hash (16) partner 00 thing  of what is sealed
// Value: version (8, little-endian) of the last event that named it so.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "aggregates/partner.h"
#include "events/ids.h"
#include "events/result.h"
#include "projections/rows.h"

namespace ledger::views {

// The letter is the first byte of a key.
enum class LookupKind : char {
    email = 'e',
    key = 'k',  // or a token, by its id
    name = 'n',
    order = 'o',
    person = 'p',
    request = 'r',
    secret = 's',  // of a key or token
};

// What is looked for: an id, or the keyed hash of what is sealed, as it stands in a row's key.
std::string lookup_id(std::string_view id);
std::string lookup_hash(Id128 hash);

struct Lookup {
    LookupKind kind{};
    std::string_view what;   // an id, or the 16 bytes of a hash
    std::string_view thing;  // whose it is: a person, a key or token; empty where `what` is an id
};

// Everything by which an event lets its partner be found. `after` is the state behind the event: a
// seat's person stands in the rows already when it is a user.
using LookupVisit = std::function<void(const Lookup&)>;
void for_each_lookup(const fb::Body& body, const PartnerState& after, const LookupVisit& visit);

// The rows of one event, into `batch`; `key` is memory that is used again.
void put_lookups(RowBatch& batch, std::string& key, const fb::Body& body,
                 const PartnerState& after);

struct LookupHit {
    std::string partner;
    std::string thing;
    std::uint64_t version = 0;
};

// In the order of partners, at most `most`. `what` is from lookup_id or lookup_hash, as the kind
// asks for.
Result<std::vector<LookupHit>> look_up(const Snapshot& rows, LookupKind kind, std::string_view what,
                                       std::size_t most);

}  // namespace ledger::views
