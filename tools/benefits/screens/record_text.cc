#include "tools/benefits/screens/record_text.h"

#include "events/date.h"
#include "tools/benefits/cli/json_text.h"
#include "tools/benefits/screens/event_text.h"

namespace ledger::tools {
namespace {

const char* verdict_name(VerdictKind verdict) {
    switch (verdict) {
        case VerdictKind::applied:
            return "applied";
        case VerdictKind::control:
            return "control";
        case VerdictKind::voided:
            return "void";
        case VerdictKind::stop:
            return "stop";
    }
    return "";
}

const char* kind_name(fb::RecordKind kind) {
    switch (kind) {
        case fb::RecordKind::NONE:
            return "poison";
        case fb::RecordKind::Genesis:
            return "genesis";
        case fb::RecordKind::WriterOpened:
            return "claim";
        case fb::RecordKind::Checkpoint:
            return "checkpoint";
        case fb::RecordKind::WriterClosed:
            return "close";
        case fb::RecordKind::Entry:
            return "entry";
    }
    return "poison";
}

// What every record of a term begins with.
template <typename OfTerm>
void add_term(JsonObject& line, const OfTerm& record) {
    line.number("epoch", record.epoch()).text("writer", to_hex(id_of(*record.writer())));
}

void add_verdict(JsonObject& line, const Verdict& verdict) {
    line.text("verdict", verdict_name(verdict.kind));
    if (verdict.why != Why::none) line.text("why", name_of(verdict.why));
}

void add_entry(JsonObject& line, const RecordView& record, const json::Style& style) {
    const fb::Entry& entry = *record.entry;
    line.text("partner", text_of(entry.partner())).number("version", entry.version());
    line.text("command_id", text_of(entry.command_id()));
    const bool known = is_known_event(record.body->event_type());
    const auto number = static_cast<std::uint64_t>(record.body->event_type());
    line.text("type",
              known ? fb::EnumNameEvent(record.body->event_type()) : std::to_string(number));
    line.text("time", to_string(Time{entry.time()}));
    if (known) line.json("payload", event_json(*record.body, style));
}

}  // namespace

std::string record_line(PartitionId partition, const Judged& judged, const json::Style& style) {
    const RecordView& record = judged.record;
    JsonObject line;
    line.number("partition", number(partition)).number("position", number(judged.position));
    line.text("kind", kind_name(record.kind));
    if (record.opened) add_term(line, *record.opened);
    if (record.closed) add_term(line, *record.closed);
    if (record.checkpoint) add_term(line, *record.checkpoint);
    if (record.checkpoint) line.number("seq", record.checkpoint->seq());
    if (record.entry) add_term(line, *record.entry);
    if (record.entry) line.number("seq", record.entry->seq());
    add_verdict(line, judged.verdict);
    if (record.poison) line.text("reason", record.poison).number("bytes", record.bytes.size());
    if (record.checkpoint) line.text("root", to_hex(hash_of(*record.checkpoint->root())));
    if (record.entry) add_entry(line, record, style);
    if (record.opened)
        line.json("payload", JsonObject()
                                 .number("in_flight", record.opened->in_flight())
                                 .text("node", text_of(record.opened->node()))
                                 .line());
    if (record.genesis) line.json("payload", json::to_json(*record.genesis, style));
    return line.line() + "\n";
}

}  // namespace ledger::tools
