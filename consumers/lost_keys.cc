#include "consumers/lost_keys.h"

#include "events/json/sealed_fields.h"

namespace ledger {
namespace {

constexpr std::size_t kKnownKeysMax = 64 * 1024;

}  // namespace

std::string in_words(const LostKeys& lost) {
    std::string words =
        std::to_string(lost.keys) + (lost.keys == 1 ? " data key of " : " data keys of ") +
        std::to_string(lost.partner_count) + (lost.partner_count == 1 ? " partner" : " partners") +
        (lost.keys == 1 ? " is lost: " : " are lost: ");
    for (std::size_t i = 0; i < lost.partners.size(); ++i)
        words += (i == 0 ? "" : ", ") + lost.partners[i];
    if (lost.partner_count > lost.partners.size())
        words += " and " + std::to_string(lost.partner_count - lost.partners.size()) + " more";
    return words;
}

Result<bool> KeyCheck::is_lost(Id128 key) {
    if (known_.contains(key)) return false;
    if (missing_.contains(key)) return true;
    const auto found = keys_.find(key);
    if (!found) return found.error();
    bool there = found->has_value();
    if (!there) {
        const auto destroyed = keys_.was_destroyed(key);
        if (!destroyed) return destroyed.error();
        there = *destroyed;
    }
    if (there) {
        if (known_.size() >= kKnownKeysMax) known_.clear();
        known_.insert(key);
        return false;
    }
    missing_.insert(key);
    ++lost_.keys;
    return true;
}

Result<void> KeyCheck::add(const Judged& judged) {
    if (judged.verdict.kind != VerdictKind::applied) return {};
    return add(judged.record);
}

Result<void> KeyCheck::add(const RecordView& entry) {
    bool lost = false;
    Result<void> looked;
    json::each_sealed(*entry.body, [&](BytesView sealed) {
        const auto key = key_id_of(sealed);
        if (!key || !looked) return;
        const auto missing = is_lost(*key);
        if (!missing)
            looked = missing.error();
        else
            lost = lost || *missing;
    });
    if (!looked || !lost) return looked;
    const std::string_view partner = text_of(entry.entry->partner());
    if (!partners_.emplace(partner).second) return {};
    ++lost_.partner_count;
    if (lost_.partners.size() < kLostKeysPartnersMax) lost_.partners.emplace_back(partner);
    return {};
}

Result<LostKeys> find_lost_keys(const views::Snapshot& rows, KeyStore& keys) {
    KeyCheck check(keys);
    Result<void> looked;
    Bytes record;
    const auto scanned =
        rows.scan(views::Family::history, {}, [&](std::string_view, std::string_view row) {
            if (row.size() <= views::kHistoryHeaderBytes) return true;
            row.remove_prefix(views::kHistoryHeaderBytes);
            record.assign(row.begin(), row.end());
            const RecordView entry = decode_record(record);
            if (entry.entry && entry.body) looked = check.add(entry);
            return looked.ok();
        });
    if (!scanned) return scanned.error();
    if (!looked) return looked.error();
    return check.lost();
}

}  // namespace ledger
