#include "aggregates/possible/standing.h"

#include "events/record.h"

namespace ledger::possible {

Ruling ruling_on(const Standing& standing, const fb::Command& command) {
    const bool of_ledger = text_of(command.partner()).empty();
    return answer_of(
        {.ledger = standing.ledger, .partner = of_ledger ? nullptr : &standing.partner}, command,
        Id128{}, standing.now);
}

Ruling Believed::take(const fb::Command& command, Time now) {
    Ruling ruling = ruling_on(at(now), command);
    const auto* accepted = std::get_if<NewEntry>(&ruling.says);
    if (!accepted) return ruling;
    const Bytes bytes = encode_body(accepted->event);
    const auto& body = *flatbuffers::GetRoot<fb::Body>(bytes.data());
    if (is_ledger_event(accepted->event.type))
        evolve(ledger_, body);
    else
        evolve(partner_, body);
    return ruling;
}

}  // namespace ledger::possible
