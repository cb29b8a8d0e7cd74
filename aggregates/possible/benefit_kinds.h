// Which benefits a command is for.
#pragma once

#include <span>

#include "command_generated.h"

namespace ledger::possible {

// Empty: it names no benefit.
std::span<const fb::BenefitKind> benefit_kinds_of(fb::CommandBody command);

}  // namespace ledger::possible
