#include "consumers/glance.h"

#include "consumers/views_identity.h"
#include "events/record.h"
#include "projections/generations.h"
#include "projections/rocks_rows.h"

namespace ledger {

Result<Ledger> glance(const LedgerPlace& place) {
    Ledger ledger;
    ledger.place = place;
    auto rows = views::RocksRows::glance(views::views_in(place.directory));
    if (!rows) return rows.error();
    ledger.rows = std::move(*rows);
    auto genesis = genesis_of(*ledger.rows->snapshot());
    if (!genesis) return genesis.error();
    ledger.genesis = std::move(*genesis);
    ledger.id = id_of(*decode_record(ledger.genesis.front()).genesis->ledger());
    const auto identity = identity_of(*ledger.rows->snapshot(), ledger.id);
    if (!identity) return identity.error();
    if (*identity != Identity::ours) return error("the views are of another format");
    return ledger;
}

}  // namespace ledger
