#include "tools/benefits/submitting/dry_run.h"

#include "consumers/foreseen.h"
#include "consumers/gathered_answers.h"
#include "events/record.h"
#include "projections/queries.h"

namespace ledger::tools {
namespace {

constexpr std::size_t kHashAt = 16;                    // behind the key's id (see events/seal.h)
constexpr std::size_t kSealBytes = 16 + 16 + 12 + 16;  // around the ciphertext

void put_big_endian(Bytes& out, std::size_t at, std::uint64_t word) {
    for (int shift = 56; shift >= 0; shift -= 8)
        out[at++] = static_cast<std::uint8_t>(word >> shift);
}

// The answer in one partition.
Result<AskedAnswer> foresee_in(const AtWork& at_work, const views::Snapshot& rows,
                               PartitionId partition, const fb::Command& command) {
    const auto stored = views::find_reading(rows, partition);
    if (!stored) return stored.error();
    const auto ruling = foreseen(at_work.ledger, rows, partition, command);
    if (!ruling) return ruling.error();
    AskedAnswer told;
    told.dry_run = true;
    told.asked = {0, std::string(text_of(command.id())), std::string(text_of(command.partner()))};
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
    const fb::Command& asked = *fb::GetCommand(command.data());
    const auto rows = at_work.ledger.rows->snapshot();
    const std::string partner(text_of(asked.partner()));
    if (!partner.empty()) return foresee_in(at_work, *rows, at_work.partition_of(partner), asked);
    auto worst = foresee_in(at_work, *rows, PartitionId{0}, asked);
    for (std::uint32_t i = 1; worst && i < at_work.node->partitions(); ++i) {
        auto next = foresee_in(at_work, *rows, PartitionId{i}, asked);
        if (!next) return next;
        if (weight_of(next->answer.outcome) > weight_of(worst->answer.outcome))
            worst = std::move(next);
    }
    return worst;
}

}  // namespace ledger::tools
