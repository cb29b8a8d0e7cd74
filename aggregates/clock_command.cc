#include "aggregates/clock_command.h"

#include <memory>

#include "command_generated.h"

namespace ledger {

std::string clock_command_id(Date to) { return "clock-" + to_string(to); }

Bytes clock_command(Date to) {
    fb::CommandT command;
    command.id = clock_command_id(to);
    command.actor = std::make_unique<fb::ActorT>();
    command.actor->kind = fb::ActorKind::system;
    command.actor->id = "clock";
    fb::MoveClockT body;
    body.to = to.days;
    command.body.Set(body);
    flatbuffers::FlatBufferBuilder builder;
    fb::FinishCommandBuffer(builder, fb::CreateCommand(builder, &command));
    return Bytes(builder.GetBufferPointer(), builder.GetBufferPointer() + builder.GetSize());
}

}  // namespace ledger
