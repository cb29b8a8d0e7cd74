#include "tools/benefits/submitting/dry_run.h"

#include <algorithm>

#include "aggregates/answer_of.h"
#include "consumers/wall_clock.h"
#include "events/json/fingerprint.h"
#include "events/record.h"
#include "projections/queries.h"
#include "tools/benefits/asking/ledger_clock.h"
#include "tools/benefits/submitting/gathered_answers.h"

namespace ledger::tools {
namespace {

constexpr std::size_t kHashAt = 16;                    // behind the key's id (see events/seal.h)
constexpr std::size_t kSealBytes = 16 + 16 + 12 + 16;  // around the ciphertext

void put_big_endian(Bytes& out, std::size_t at, std::uint64_t word) {
    for (int shift = 56; shift >= 0; shift -= 8)
        out[at++] = static_cast<std::uint8_t>(word >> shift);
}

class Foresight {
public:
    Foresight(const AtWork& at_work, const Bytes& packed)
        : at_work_(at_work),
          rows_(at_work.ledger.rows->snapshot()),
          command_(*fb::GetCommand(packed.data())) {}

    // The answer in one partition.
    Result<AskedAnswer> in(PartitionId partition);

private:
    Result<std::optional<KnownCommand>> known_in(PartitionId partition);
    Result<Ruling> ruling_in(PartitionId partition, Time newest_entry);
    Result<std::vector<fb::Event>> event_types(PartitionId partition, const PartnerId& partner);

    const AtWork& at_work_;
    const std::unique_ptr<const views::Snapshot> rows_;
    const fb::Command& command_;
};

Result<AskedAnswer> Foresight::in(PartitionId partition) {
    const auto stored = views::find_reading(*rows_, partition);
    if (!stored) return stored.error();
    const auto ruling = ruling_in(partition, Time{stored->reading.judge.time});
    if (!ruling) return ruling.error();
    AskedAnswer told;
    told.dry_run = true;
    told.asked = {0, std::string(text_of(command_.id())), std::string(text_of(command_.partner()))};
    told.answer = answer_from(*ruling);
    told.answer.partition = partition;
    if (!std::holds_alternative<KnownCommand>(ruling->says)) {
        const std::uint64_t next = number(stored->reading.next);
        told.answer.position = Position{next == 0 ? 0 : next - 1};
    }
    if (const auto* entry = std::get_if<NewEntry>(&ruling->says)) {
        const Bytes body = encode_body(entry->event);
        told.event = told_event(*flatbuffers::GetRoot<fb::Body>(body.data()));
    }
    return told;
}

Result<std::optional<KnownCommand>> Foresight::known_in(PartitionId partition) {
    const auto receipt =
        views::find_receipt(*rows_, partition, PartnerId{text_of(command_.partner())},
                            CommandId{text_of(command_.id())});
    if (!receipt) return receipt.error();
    if (!*receipt) return std::optional<KnownCommand>();
    return std::optional(KnownCommand{id_of((*receipt)->fingerprint()), (*receipt)->seq(),
                                      (*receipt)->version(), Position{(*receipt)->position()}});
}

Result<Ruling> Foresight::ruling_in(PartitionId partition, Time newest_entry) {
    const auto known = known_in(partition);
    if (!known) return known.error();
    const auto ledger = ledger_state(*rows_, partition);
    if (!ledger) return ledger.error();
    const Id128 fingerprint = at_work_.ledger.sealer->keyed_hash(json::fingerprint_bytes(command_));
    const Time now = ledger_time(*ledger, wall_clock(), newest_entry);
    Standing standing{.ledger = *ledger, .known = *known ? &**known : nullptr};
    const PartnerId partner{text_of(command_.partner())};
    if (partner.text().empty()) return answer_of(standing, command_, fingerprint, now);
    const auto found = views::find_partner(*rows_, partner);
    if (!found) return found.error();
    const PartnerState state = *found ? **found : new_partner(partner);
    const auto types = event_types(partition, partner);
    if (!types) return types.error();
    standing.partner = &state;
    standing.event_types = *types;
    return answer_of(standing, command_, fingerprint, now);
}

Result<std::vector<fb::Event>> Foresight::event_types(PartitionId partition,
                                                      const PartnerId& partner) {
    std::vector<fb::Event> types;
    const auto replayed = views::replay(
        *rows_, partition, partner,
        [&](Position, const RecordView& record) { types.push_back(record.body->event_type()); });
    if (!replayed) return replayed.error();
    return types;
}

}  // namespace

json::SealText hash_only(const Sealer& sealer) {
    return [&sealer](std::string_view, std::string_view text,
                     std::string_view found_as) -> Result<Bytes> {
        Bytes sealed(kSealBytes + text.size());
        const Id128 hash = sealer.keyed_hash(view_of(found_as));
        put_big_endian(sealed, kHashAt, hash.high);
        put_big_endian(sealed, kHashAt + sizeof hash.high, hash.low);
        return sealed;
    };
}

Result<AskedAnswer> foresee(const AtWork& at_work, const Bytes& command) {
    Foresight foresight(at_work, command);
    const std::string partner(text_of(fb::GetCommand(command.data())->partner()));
    if (!partner.empty()) return foresight.in(at_work.partition_of(partner));
    auto worst = foresight.in(PartitionId{0});
    for (std::uint32_t i = 1; worst && i < at_work.node->partitions(); ++i) {
        auto next = foresight.in(PartitionId{i});
        if (!next) return next;
        if (weight_of(next->answer.outcome) > weight_of(worst->answer.outcome))
            worst = std::move(next);
    }
    return worst;
}

}  // namespace ledger::tools
