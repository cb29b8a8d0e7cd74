#include "projections/fold.h"

#include "aggregates/gate.h"
#include "events/mutant.h"
#include "projections/position.h"
#include "state_generated.h"

namespace ledger::views {
namespace {

std::string history_row(ledger::Position position, BytesView record) {
    std::string row;
    row.reserve(kHistoryHeaderBytes + record.size());
    const std::uint64_t at = flatbuffers::EndianScalar(number(position));
    row.append(reinterpret_cast<const char*>(&at), sizeof at);
    row.append(text_of(record));
    return row;
}

std::string receipt_row(const fb::Entry& entry, ledger::Position position) {
    const fb::Receipt receipt(entry.seq(), entry.version(), number(position), *entry.fingerprint());
    return std::string(reinterpret_cast<const char*>(&receipt), sizeof receipt);
}

Error broken(PartitionId partition, ledger::Position position, const std::string& what) {
    return error(
        "partition " + std::to_string(number(partition)) + ", position " +
        std::to_string(number(position)) + ": " + what +
        "; the entry is valid, so its writer is broken: nothing more of this partition is applied");
}

}  // namespace

Fold::Fold(Rows& rows, std::size_t partners_max) : rows_(rows), partners_max_(partners_max) {}

Result<void> Fold::add(PartitionId partition, const std::vector<Judged>& records,
                       const Reading& after) {
    const auto at = position(partition);
    if (!at) return at.error();
    for (const Judged& judged : records) {
        const bool apply_it = judged.verdict.kind == VerdictKind::applied ||
                              (LEDGER_MUTANT(void_applied_by_projector) && judged.record.entry &&
                               is_known_event(judged.record.body->event_type()));
        if (!apply_it) continue;
        if (const auto applied = apply(partition, judged); !applied) return applied;
    }
    (*at)->reading = after;
    (*at)->dirty = true;
    if (!records.empty()) (*at)->reading.last_digest = sha256(records.back().record.bytes);
    return {};
}

Result<void> Fold::apply(PartitionId partition, const Judged& judged) {
    const fb::Entry& entry = *judged.record.entry;
    const std::string id(text_of(entry.partner()));
    if (is_ledger_event(judged.record.body->event_type()) != id.empty())
        return broken(
            partition, judged.position,
            "an event of the ledger's own stands under a partner, or the other way round");
    std::string receipt = receipt_key(partition, id, text_of(entry.command_id()));
    const auto known = has_receipt(receipt);
    if (!known) return known.error();
    if (*known)
        return broken(
            partition, judged.position,
            "command id '" + entry.command_id()->str() + "' of partner '" + id + "' stands twice");
    std::uint64_t version = 0;
    if (id.empty()) {
        version = positions_.at(number(partition)).ledger_version;
    } else {
        const auto kept = partner(id);
        if (!kept) return kept.error();
        version = (*kept)->state.version;
        if (entry.version() == version + 1) {
            evolve((*kept)->state, *judged.record.body);
            if (!(*kept)->dirty) dirty_.push_back(*kept);
            (*kept)->dirty = true;
        }
    }
    if (entry.version() != version + 1)
        return broken(partition, judged.position,
                      "version " + std::to_string(entry.version()) + " of partner '" + id +
                          "' follows version " + std::to_string(version));
    if (id.empty()) positions_.at(number(partition)).ledger_version = entry.version();
    batch_.push_back({Family::history, history_key(partition, id, entry.version()),
                      history_row(judged.position, judged.record.bytes)});
    if (LEDGER_MUTANT(receipt_not_written)) return {};
    receipts_in_batch_.emplace(receipt, true);
    batch_.push_back({Family::receipts, std::move(receipt), receipt_row(entry, judged.position)});
    return {};
}

Result<bool> Fold::has_receipt(const std::string& key) {
    if (receipts_in_batch_.contains(key)) return true;
    const auto row = rows_.get(Family::receipts, key);
    if (!row) return row.error();
    return row->has_value();
}

Result<Fold::Kept*> Fold::partner(const std::string& id) {
    if (const auto found = partners_.find(id); found != partners_.end()) {
        by_use_.splice(by_use_.begin(), by_use_, found->second.used);
        return &found->second;
    }
    Kept kept;
    kept.state = new_partner(PartnerId{id});
    const auto row = rows_.get(Family::partners, id);
    if (!row) return row.error();
    if (*row) {
        auto state = unpack(view_of(**row));
        if (!state) return state.error();
        kept.state = std::move(*state);
    }
    const auto inserted = partners_.emplace(id, std::move(kept)).first;
    by_use_.push_front(&inserted->first);
    inserted->second.used = by_use_.begin();
    return &inserted->second;
}

Result<Fold::Position*> Fold::position(PartitionId partition) {
    if (const auto found = positions_.find(number(partition)); found != positions_.end())
        return &found->second;
    Position at;
    const auto row = rows_.get(Family::meta, meta_key(partition));
    if (!row) return row.error();
    if (*row) {
        auto stored = unpack_reading(**row);
        if (!stored) return stored.error();
        at.reading = std::move(stored->reading);
        at.ledger_version = stored->ledger_version;
    }
    return &positions_.emplace(number(partition), std::move(at)).first->second;
}

Result<void> Fold::commit() {
    for (Kept* kept : dirty_) {
        const Bytes packed = pack(kept->state);
        batch_.push_back(
            {Family::partners, kept->state.partner, std::string(text_of(BytesView(packed)))});
        kept->dirty = false;
    }
    dirty_.clear();
    std::vector<Row> positions;
    for (auto& [partition, at] : positions_) {
        if (!at.dirty) continue;
        positions.push_back({Family::meta, meta_key(PartitionId{partition}),
                             pack_reading(PartitionId{partition}, at.reading, at.ledger_version)});
        at.dirty = false;
    }
    if (LEDGER_MUTANT(position_before_data)) {
        if (const auto written = rows_.write(positions); !written) return written;
        positions.clear();
    }
    if (LEDGER_MUTANT(receipt_in_another_batch)) {
        std::vector<Row> receipts;
        for (Row& row : batch_)
            if (row.family == Family::receipts) receipts.push_back(std::move(row));
        std::erase_if(batch_, [](const Row& row) { return row.family == Family::receipts; });
        if (const auto written = rows_.write(receipts); !written) return written;
    }
    for (Row& row : positions) batch_.push_back(std::move(row));
    if (batch_.empty()) return {};
    const auto written = rows_.write(batch_);
    batch_.clear();
    receipts_in_batch_.clear();
    trim();
    return written;
}

void Fold::trim() {
    while (partners_.size() > partners_max_) {
        partners_.erase(*by_use_.back());
        by_use_.pop_back();
    }
}

}  // namespace ledger::views
