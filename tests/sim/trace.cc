#include "tests/sim/trace.h"

namespace ledger::sim {
namespace {

std::string term(std::uint64_t epoch, const fb::Id128* writer) {
    return std::to_string(epoch) + " by " + to_hex(id_of(*writer)).substr(0, 6);
}

}  // namespace

std::string describe(const RecordView& record) {
    if (record.genesis) return "genesis";
    if (record.opened) return "claim " + term(record.opened->epoch(), record.opened->writer());
    if (record.checkpoint)
        return "checkpoint " + term(record.checkpoint->epoch(), record.checkpoint->writer()) +
               " at seq " + std::to_string(record.checkpoint->seq());
    if (record.closed) return "close " + term(record.closed->epoch(), record.closed->writer());
    if (record.entry)
        return "entry " + term(record.entry->epoch(), record.entry->writer()) + " seq " +
               std::to_string(record.entry->seq()) + " '" +
               std::string(text_of(record.entry->partner())) + "' v" +
               std::to_string(record.entry->version()) + " " + record.entry->command_id()->str() +
               " " + fb::EnumNameEvent(record.body->event_type());
    return std::string("poison: ") + record.poison;
}

}  // namespace ledger::sim
