#include "aggregates/possible/standing.h"

#include "aggregates/gate.h"
#include "events/record.h"

namespace ledger::possible {

Decision decision_on(const Standing& standing, const fb::Command& command) {
    const Date today = standing.today();
    const Context context{standing.now,
                          today,
                          command.actor()->kind(),
                          text_of(command.actor()->id()),
                          policy_on(standing.ledger, today),
                          catalogue_on(standing.ledger, today),
                          {},
                          text_of(command.reason()),
                          command.corrects()};
    return text_of(command.partner()).empty() ? decide(standing.ledger, command, context)
                                              : decide(standing.partner, command, context);
}

Decision Believed::take(const fb::Command& command, Time now) {
    Decision decision = decision_on(at(now), command);
    const auto* accepted = std::get_if<Accepted>(&decision);
    if (!accepted) return decision;
    const Bytes bytes = encode_body(accepted->event);
    const auto& body = *flatbuffers::GetRoot<fb::Body>(bytes.data());
    if (is_ledger_event(accepted->event.type))
        evolve(ledger_, body);
    else
        evolve(partner_, body);
    return decision;
}

}  // namespace ledger::possible
