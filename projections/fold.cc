#include "projections/fold.h"

#include <algorithm>
#include <cstring>

#include "aggregates/gate.h"
#include "aggregates/ledger_row.h"
#include "projections/anchors.h"
#include "projections/lists.h"
#include "projections/lookups.h"
#include "projections/position.h"
#include "state_generated.h"

namespace ledger::views {
namespace {

template <typename Struct>
std::string_view bytes_of(const Struct& value) {
    return {reinterpret_cast<const char*>(&value), sizeof value};
}

Error broken(ErrorCode code, PartitionId partition, ledger::Position position,
             const std::string& what) {
    return error(code, "partition " + std::to_string(number(partition)) + ", position " +
                           std::to_string(number(position)) + ": " + what +
                           "; the entry is valid, so its writer is broken: nothing more of this "
                           "partition is applied");
}

}  // namespace

Fold::Fold(Rows& rows, std::size_t partners_max) : rows_(rows), partners_max_(partners_max) {}

Result<void> Fold::add(PartitionId partition, const std::vector<Judged>& records,
                       const Reading& after) {
    const auto at = position(partition);
    if (!at) return at.error();
    for (const Judged& judged : records) {
        if (judged.verdict.kind == VerdictKind::control && judged.record.genesis) {
            (*at)->ledger = from_genesis(*judged.record.genesis);
            (*at)->ledger_dirty = true;
        }
        if (judged.verdict.kind != VerdictKind::applied) continue;
        if (const auto applied = apply(partition, judged); !applied) return applied;
    }
    (*at)->reading = after;
    (*at)->dirty = true;
    if (!records.empty()) (*at)->reading.last_digest = sha256(records.back().record.bytes);
    return {};
}

Result<void> Fold::apply(PartitionId partition, const Judged& judged) {
    const fb::Entry& entry = *judged.record.entry;
    const std::string_view id = text_of(entry.partner());
    if (is_ledger_event(judged.record.body->event_type()) != id.empty())
        return broken(
            kWrongScope, partition, judged.position,
            "an event of the ledger's own stands under a partner, or the other way round");
    // It divides keys: rows of such a partner would stand among those of another.
    if (id.find('\0') != std::string_view::npos)
        return broken(kPartnerInvalid, partition, judged.position,
                      "a partner's id holds a zero byte");
    std::uint64_t version = 0;
    if (id.empty()) {
        Position& at = positions_.at(number(partition));
        version = at.ledger.version;
        if (entry.version() == version + 1) {
            evolve(at.ledger, *judged.record.body);
            at.ledger_dirty = true;
        }
    } else {
        const auto kept = partner(id);
        if (!kept) return kept.error();
        version = (*kept)->state.version;
        if (entry.version() == version + 1) {
            evolve((*kept)->state, *judged.record.body);
            put_lookups(batch_, key_, *judged.record.body, (*kept)->state);
            if (!(*kept)->dirty) dirty_.push_back(*kept);
            (*kept)->dirty = true;
        }
    }
    if (entry.version() != version + 1)
        return broken(kVersionNotNext, partition, judged.position,
                      "version " + std::to_string(entry.version()) + " of partner '" +
                          std::string(id) + "' follows version " + std::to_string(version));
    put_history_key(key_, partition, id, entry.version());
    batch_.put(Family::history, key_, bytes_of(flatbuffers::EndianScalar(number(judged.position))),
               text_of(judged.record.bytes));
    put_receipt_key(key_, partition, id, text_of(entry.command_id()));
    batch_.put(Family::receipts, key_,
               bytes_of(fb::Receipt(entry.seq(), entry.version(), number(judged.position),
                                    *entry.fingerprint())));
    return {};
}

// No command id may stand twice: looked up all at once, in order, which costs a third of one by
// one.
Result<void> Fold::check_receipts() {
    std::vector<Row> receipts;
    for (std::size_t i = 0; i < batch_.size(); ++i)
        if (const Row row = batch_.row(i); row.family == Family::receipts) receipts.push_back(row);
    std::stable_sort(receipts.begin(), receipts.end(),
                     [](const Row& a, const Row& b) { return a.key < b.key; });
    std::vector<std::string_view> keys;
    keys.reserve(receipts.size());
    for (const Row& row : receipts) keys.push_back(row.key);
    const auto known = before().have(Family::receipts, keys);
    if (!known) return known.error();
    for (std::size_t i = 0; i < receipts.size(); ++i) {
        if (!(*known)[i] && (i == 0 || keys[i] != keys[i - 1])) continue;
        const PartnerKey key = parse_partner_key(keys[i]);
        fb::Receipt receipt;
        std::memcpy(static_cast<void*>(&receipt), receipts[i].value.data(), sizeof receipt);
        return broken(kCommandIdTwice, key.partition, ledger::Position{receipt.position()},
                      "command id '" + std::string(key.rest) + "' of partner '" +
                          std::string(key.partner) + "' stands twice");
    }
    return {};
}

// Nobody else writes, so one snapshot serves until the next batch of ours.
const Snapshot& Fold::before() {
    if (!before_) before_ = rows_.snapshot();
    return *before_;
}

Result<Fold::Kept*> Fold::partner(std::string_view id) {
    if (const auto found = partners_.find(id); found != partners_.end()) {
        by_use_.splice(by_use_.begin(), by_use_, found->second.used);
        return &found->second;
    }
    Kept kept;
    kept.state = new_partner(PartnerId{std::string(id)});
    const auto row = before().get(Family::partners, id);
    if (!row) return row.error();
    if (*row) {
        auto state = unpack(view_of(**row));
        if (!state) return state.error();
        kept.state = std::move(*state);
        kept.anchors = anchor_keys(kept.state);
        kept.lists = list_keys(kept.state);
    }
    const auto inserted = partners_.emplace(std::string(id), std::move(kept)).first;
    by_use_.push_front(&inserted->first);
    inserted->second.used = by_use_.begin();
    return &inserted->second;
}

Result<Fold::Position*> Fold::position(PartitionId partition) {
    if (const auto found = positions_.find(number(partition)); found != positions_.end())
        return &found->second;
    Position at;
    const auto row = before().get(Family::meta, meta_key(partition));
    if (!row) return row.error();
    if (*row) {
        auto stored = unpack_reading(**row);
        if (!stored) return stored.error();
        at.reading = std::move(stored->reading);
    }
    const auto ledger = before().get(Family::ledger, ledger_key(partition));
    if (!ledger) return ledger.error();
    if (*ledger) {
        auto state = unpack_ledger(view_of(**ledger));
        if (!state) return state.error();
        at.ledger = std::move(*state);
    }
    return &positions_.emplace(number(partition), std::move(at)).first->second;
}

Result<void> Fold::commit() {
    if (const auto checked = check_receipts(); !checked) return checked;
    before_.reset();
    for (Kept* kept : dirty_) {
        batch_.put(Family::partners, kept->state.partner, text_of(pack(kept->state, builder_)));
        put_index(Family::anchors, kept->anchors, anchor_keys(kept->state));
        put_index(Family::lists, kept->lists, list_keys(kept->state));
        kept->dirty = false;
    }
    dirty_.clear();
    for (auto& [partition, at] : positions_) {
        if (at.ledger_dirty)
            batch_.put(Family::ledger, ledger_key(PartitionId{partition}),
                       text_of(pack(at.ledger)));
        at.ledger_dirty = false;
        if (!at.dirty) continue;
        batch_.put(Family::meta, meta_key(PartitionId{partition}),
                   pack_reading(PartitionId{partition}, at.reading, at.ledger.version));
        at.dirty = false;
    }
    if (batch_.empty()) return {};
    if (const auto written = rows_.write(batch_); !written) return written;
    batch_.clear();
    trim();
    return {};
}

// Of an index without values: what stands there and belongs there no more goes, what has come to
// belong there comes.
void Fold::put_index(Family family, std::vector<std::string>& stand, std::vector<std::string> now) {
    for (const std::string& key : stand)
        if (!std::binary_search(now.begin(), now.end(), key)) batch_.erase(family, key);
    for (const std::string& key : now)
        if (!std::binary_search(stand.begin(), stand.end(), key)) batch_.put(family, key, {});
    stand = std::move(now);
}

void Fold::trim() {
    while (partners_.size() > partners_max_) {
        partners_.erase(*by_use_.back());
        by_use_.pop_back();
    }
}

}  // namespace ledger::views
