#include "tools/benefits/screens/record_text.h"

#include "events/record.h"
#include "records_generated.h"

namespace ledger::tools {
namespace {

fb::VerdictOnRecord verdict_of(VerdictKind verdict) {
    switch (verdict) {
        case VerdictKind::applied:
            return fb::VerdictOnRecord::applied;
        case VerdictKind::control:
            return fb::VerdictOnRecord::control;
        case VerdictKind::voided:
            return fb::VerdictOnRecord::void_;
        case VerdictKind::stop:
            return fb::VerdictOnRecord::stop;
    }
    return fb::VerdictOnRecord::stop;
}

fb::KindOfRecord record_kind(fb::RecordKind kind) {
    switch (kind) {
        case fb::RecordKind::NONE:
            return fb::KindOfRecord::poison;
        case fb::RecordKind::Genesis:
            return fb::KindOfRecord::genesis;
        case fb::RecordKind::WriterOpened:
            return fb::KindOfRecord::claim;
        case fb::RecordKind::Checkpoint:
            return fb::KindOfRecord::checkpoint;
        case fb::RecordKind::WriterClosed:
            return fb::KindOfRecord::close;
        case fb::RecordKind::Entry:
            return fb::KindOfRecord::entry;
    }
    return fb::KindOfRecord::poison;
}

// What every record of a term begins with.
template <typename OfTerm>
void add_term(fb::RecordLineT& line, const OfTerm& record) {
    line.epoch = record.epoch();
    line.writer = std::make_unique<fb::Id128>(*record.writer());
}

void add_checkpoint(fb::RecordLineT& line, const fb::Checkpoint& checkpoint) {
    add_term(line, checkpoint);
    line.seq = checkpoint.seq();
    line.root = std::make_unique<fb::Hash256>(*checkpoint.root());
}

// Of an event of a type that this program doesn't know, the type.
void add_entry(fb::RecordLineT& line, const RecordView& record) {
    const fb::Entry& entry = *record.entry;
    add_term(line, entry);
    line.seq = entry.seq();
    line.partner = text_of(entry.partner());
    line.version = entry.version();
    line.command_id = text_of(entry.command_id());
    line.time = entry.time();
    line.payload.type = record.body->event_type();
    if (is_known_event(line.payload.type))
        line.payload.value =
            fb::EventUnion::UnPack(record.body->event(), line.payload.type, nullptr);
}

std::unique_ptr<fb::RecordLineT> line_of(PartitionId partition, const Judged& judged) {
    const RecordView& record = judged.record;
    auto line = std::make_unique<fb::RecordLineT>();
    line->partition = number(partition);
    line->position = number(judged.position);
    line->kind = record_kind(record.kind);
    line->verdict = verdict_of(judged.verdict.kind);
    if (judged.verdict.why != Why::none) line->why = name_of(judged.verdict.why);
    if (record.opened) add_term(*line, *record.opened);
    if (record.closed) add_term(*line, *record.closed);
    if (record.checkpoint) add_checkpoint(*line, *record.checkpoint);
    if (record.entry) add_entry(*line, record);
    if (record.poison) {
        line->reason = record.poison;
        line->bytes = record.bytes.size();
    }
    return line;
}

template <typename Line>
std::string with_end(const Line& line, const json::Style& style) {
    return json::to_json(json::Packed(line).view(), style) + "\n";
}

}  // namespace

std::string record_line(PartitionId partition, const Judged& judged, const json::Style& style) {
    const RecordView& record = judged.record;
    auto line = line_of(partition, judged);
    if (record.opened) {
        fb::ClaimLineT claim;
        claim.record = std::move(line);
        claim.payload = std::make_unique<fb::ClaimPayloadT>();
        claim.payload->in_flight = record.opened->in_flight();
        claim.payload->node = text_of(record.opened->node());
        return with_end(claim, style);
    }
    if (record.genesis) {
        fb::GenesisLineT genesis;
        genesis.record = std::move(line);
        genesis.payload = std::make_unique<fb::GenesisT>();
        record.genesis->UnPackTo(genesis.payload.get());
        return with_end(genesis, style);
    }
    return with_end(*line, style);
}

}  // namespace ledger::tools
