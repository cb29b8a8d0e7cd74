#include "tools/benefits/submitting/dry_run.h"

#include <algorithm>

#include "aggregates/ledger_state.h"
#include "aggregates/partner.h"
#include "consumers/wall_clock.h"
#include "events/json/fingerprint.h"
#include "events/record.h"
#include "projections/queries.h"
#include "tools/benefits/asking/ledger_clock.h"
#include "consumers/gathered_answers.h"

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
          packed_(packed),
          command_(*fb::GetCommand(packed_.data())) {}

    // The answer in one partition.
    Result<AskedAnswer> in(PartitionId partition);

private:
    Result<bool> answer_known(AskedAnswer& told);
    Result<void> decide_for_partner(const LedgerState& ledger, AskedAnswer& told);
    Context context_of(const LedgerState& ledger, std::span<const fb::Event> event_types) const;
    static void take(const Decision& decision, AskedAnswer& told);

    const AtWork& at_work_;
    const std::unique_ptr<const views::Snapshot> rows_;
    const Bytes& packed_;
    const fb::Command& command_;
    std::int64_t last_entry_ms_ = 0;
};

Result<AskedAnswer> Foresight::in(PartitionId partition) {
    AskedAnswer told;
    told.dry_run = true;
    told.asked = {0, std::string(text_of(command_.id())), std::string(text_of(command_.partner()))};
    told.answer.partition = partition;
    const auto stored = views::find_reading(*rows_, partition);
    if (!stored) return stored.error();
    last_entry_ms_ = stored->reading.judge.time;
    const std::uint64_t next = number(stored->reading.next);
    told.answer.position = Position{next == 0 ? 0 : next - 1};
    const auto known = answer_known(told);
    if (!known) return known.error();
    if (*known) return told;
    const auto ledger = ledger_state(at_work_.ledger, *rows_, partition);
    if (!ledger) return ledger.error();
    if (told.asked.partner.empty()) {
        told.answer.version = ledger->version;
        take(decide(*ledger, command_, context_of(*ledger, {})), told);
    } else if (const auto decided = decide_for_partner(*ledger, told); !decided) {
        return decided.error();
    }
    return told;
}

// The same id again [LED-02].
Result<bool> Foresight::answer_known(AskedAnswer& told) {
    const auto receipt = views::find_receipt(
        *rows_, told.answer.partition, PartnerId{told.asked.partner}, CommandId{told.asked.id});
    if (!receipt) return receipt.error();
    if (!*receipt) return false;
    const Id128 fingerprint = at_work_.ledger.sealer->keyed_hash(json::fingerprint_bytes(command_));
    told.answer.version = (*receipt)->version();
    if (fingerprint != id_of((*receipt)->fingerprint())) {
        take(refuse(RefusalCode::command_id_reused), told);
        return true;
    }
    told.answer.outcome = Outcome::accepted;
    told.answer.seq = (*receipt)->seq();
    told.answer.position = Position{(*receipt)->position()};
    return true;
}

Result<void> Foresight::decide_for_partner(const LedgerState& ledger, AskedAnswer& told) {
    const PartnerId partner{told.asked.partner};
    auto found = views::find_partner(*rows_, partner);
    if (!found) return found.error();
    std::vector<fb::Event> types;
    const auto replayed = views::replay(
        *rows_, told.answer.partition, partner,
        [&](Position, const RecordView& record) { types.push_back(record.body->event_type()); });
    if (!replayed) return replayed.error();
    const PartnerState state = *found ? std::move(**found) : new_partner(partner);
    told.answer.version = state.version;
    take(decide(state, command_, context_of(ledger, types)), told);
    return {};
}

// As the writer's: the clock of the ledger, never earlier than the entry before.
Context Foresight::context_of(const LedgerState& ledger,
                              std::span<const fb::Event> event_types) const {
    const std::int64_t clock =
        ledger.sandbox ? start_of(ledger.clock).milliseconds : wall_clock().milliseconds;
    const Time now{std::max(clock, last_entry_ms_)};
    const Date today = date_of(now);
    return Context{now,
                   today,
                   command_.actor()->kind(),
                   text_of(command_.actor()->id()),
                   policy_on(ledger, today),
                   catalogue_on(ledger, today),
                   event_types,
                   text_of(command_.reason()),
                   command_.corrects()};
}

void Foresight::take(const Decision& decision, AskedAnswer& told) {
    Answer& answer = told.answer;
    if (const auto* accepted = std::get_if<Accepted>(&decision)) {
        answer.outcome = Outcome::accepted;
        ++answer.version;
        const Bytes body = encode_body(accepted->event);
        told.event = told_event(*flatbuffers::GetRoot<fb::Body>(body.data()));
    } else if (const auto* nothing = std::get_if<Nothing>(&decision)) {
        answer.outcome = Outcome::nothing;
        answer.reason = nothing->reason;
    } else {
        const auto& refusal = std::get<Refusal>(decision);
        answer.outcome = Outcome::refused;
        answer.code = refusal.text();
        answer.rule = refusal.rule;
        answer.reason = refusal.reason;
        answer.earliest = refusal.earliest;
    }
}

}  // namespace

json::SealText hash_only(const Sealer& sealer) {
    return [&sealer](std::string_view, std::string_view text) -> Result<Bytes> {
        Bytes sealed(kSealBytes + text.size());
        const Id128 hash = sealer.keyed_hash(view_of(text));
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
