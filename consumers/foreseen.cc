#include "consumers/foreseen.h"

#include "consumers/wall_clock.h"
#include "events/json/fingerprint.h"
#include "events/record.h"
#include "projections/answers/ledger_then.h"
#include "projections/queries.h"

namespace ledger {
namespace {

Result<std::optional<KnownCommand>> known_in(const views::Snapshot& rows, PartitionId partition,
                                             const fb::Command& command) {
    const auto receipt = views::find_receipt(rows, partition, PartnerId{text_of(command.partner())},
                                             CommandId{text_of(command.id())});
    if (!receipt) return receipt.error();
    if (!*receipt) return std::optional<KnownCommand>();
    return std::optional(KnownCommand{id_of((*receipt)->fingerprint()), (*receipt)->seq(),
                                      (*receipt)->version(), Position{(*receipt)->position()}});
}

Result<std::vector<fb::Event>> event_types(const views::Snapshot& rows, PartitionId partition,
                                           const PartnerId& partner) {
    std::vector<fb::Event> types;
    const auto replayed = views::replay(
        rows, partition, partner,
        [&](Position, const RecordView& record) { types.push_back(record.body->event_type()); });
    if (!replayed) return replayed.error();
    return types;
}

}  // namespace

Result<Ruling> foreseen(const Ledger& ledger, const views::Snapshot& rows, PartitionId partition,
                        const fb::Command& command) {
    const auto stored = views::find_reading(rows, partition);
    if (!stored) return stored.error();
    const auto known = known_in(rows, partition, command);
    if (!known) return known.error();
    const auto state = answers::ledger_then(rows, partition);
    if (!state) return state.error();
    const Id128 fingerprint = ledger.sealer->keyed_hash(json::fingerprint_bytes(command));
    const Time now = ledger_time(*state, wall_clock(), Time{stored->reading.judge.time});
    Standing standing{.ledger = *state, .known = *known ? &**known : nullptr};
    const PartnerId id{text_of(command.partner())};
    if (id.text().empty()) return answer_of(standing, command, fingerprint, now);
    const auto found = views::find_partner(rows, id);
    if (!found) return found.error();
    const PartnerState partner = *found ? **found : new_partner(id);
    const auto types = event_types(rows, partition, id);
    if (!types) return types.error();
    standing.partner = &partner;
    standing.event_types = *types;
    return answer_of(standing, command, fingerprint, now);
}

}  // namespace ledger
