// How the cards of a sandbox ledger are told to answer: "ok", "fail" or "silent".
#pragma once

#include <optional>
#include <string_view>

#include "command_generated.h"

namespace ledger::tools {

inline std::optional<fb::Cards> cards_of(std::string_view text) {
    for (const fb::Cards each : fb::EnumValuesCards())
        if (text == fb::EnumNameCards(each)) return each;
    return std::nullopt;
}

}  // namespace ledger::tools
