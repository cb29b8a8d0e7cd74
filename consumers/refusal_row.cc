#include "consumers/refusal_row.h"

#include "aggregates/possible/command.h"
#include "events/record.h"

namespace ledger {

fb::RefusalRowT refusal_row(const Answered& answered, Time machine) {
    const fb::Command& command = *fb::GetCommand(answered.command.data());
    const Answer& answer = answered.answer;
    fb::RefusalRowT row;
    row.partner = text_of(command.partner());
    row.command_id = text_of(command.id());
    row.command = fb::EnumNameCommandBody(command.body_type());
    row.actor = text_of(command.actor()->id());
    row.actor_kind = command.actor()->kind();
    row.code = answer.code;
    row.rule = answer.rule;
    if (answer.said) views::put_said(row, *answer.said);
    if (answer.earliest) row.earliest = answer.earliest->days;
    row.time = answered.judged_at.milliseconds;
    row.machine_time = machine.milliseconds;
    row.partition = number(answer.partition);
    row.version = answer.version;
    row.position = number(answer.position);
    // What a secret may stand in, though in a wrong place, is not kept.
    const json::Choice& type = possible::command_named(command.body_type());
    if (!type.table->holds_sealed) row.asked = answered.command;
    return row;
}

}  // namespace ledger
