#include "aggregates/policy_trial.h"

#include <algorithm>

namespace ledger {
namespace {

Ruling ruling_under(const LedgerState& ledger, const PartnerState& partner,
                    const fb::Command& command, Time then) {
    return answer_of({.ledger = ledger, .partner = &partner}, command, Id128{}, then);
}

}  // namespace

std::vector<fb::PolicyVersionT> with_draft(const std::vector<fb::PolicyVersionT>& versions,
                                           const fb::PolicyVersionT& draft) {
    std::vector<fb::PolicyVersionT> with;
    with.reserve(versions.size() + 1);
    for (const fb::PolicyVersionT& each : versions)
        if (each.version < draft.version && each.effective <= draft.effective) with.push_back(each);
    with.push_back(draft);
    for (const fb::PolicyVersionT& each : versions)
        if (each.version > draft.version) with.push_back(each);
    return with;
}

bool comes_to(const Ruling& ruling, const RecordView& record) {
    const auto* entry = std::get_if<NewEntry>(&ruling.says);
    if (!entry || entry->event.type != record.body->event_type()) return false;
    const Bytes bytes = encode_body(entry->event);
    const auto& body = *record.entry->body();
    if (bytes.size() == body.size() && std::equal(bytes.begin(), bytes.end(), body.begin()))
        return true;
    // An older program may have written other bytes for the same.
    fb::BodyT recorded;
    record.body->UnPackTo(&recorded);
    return encode_body(recorded.event) == bytes;
}

Trial PolicyTrial::of(const RecordView& record, const PartnerState& partner,
                      const LedgerState& ledger, const LedgerState& other) {
    const Time then{record.entry->time()};
    asked_.begin(record, {partner, ledger, then});
    while (const fb::Command* command = asked_.next()) {
        const bool proven = asked_.is_certain();
        if (!proven && !comes_to(ruling_under(ledger, partner, *command, then), record)) continue;
        Ruling ruling = ruling_under(other, partner, *command, then);
        if (comes_to(ruling, record)) return CameToTheSame{};
        // Even then: what the ledger itself would not do again says nothing of a draft.
        if (proven && !comes_to(ruling_under(ledger, partner, *command, then), record)) continue;
        return CameToOther{std::move(ruling)};
    }
    return CantBeTried{};
}

Trial PolicyTrial::of_refused(const fb::Command& command, std::string_view code, Time then,
                              const PartnerState& partner, const LedgerState& ledger,
                              const LedgerState& other) {
    const Ruling was = ruling_under(ledger, partner, command, then);
    const auto* refusal = std::get_if<Refusal>(&was.says);
    if (!refusal || refusal->text() != code) return CantBeTried{};
    Ruling ruling = ruling_under(other, partner, command, then);
    if (std::holds_alternative<Refusal>(ruling.says)) return CameToTheSame{};
    return CameToOther{std::move(ruling)};
}

}  // namespace ledger
