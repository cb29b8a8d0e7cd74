// A literal of C++.
#pragma once

#include <string>
#include <string_view>

namespace ledger::generate {

// Quoted and escaped.
inline std::string quoted(std::string_view text) {
    std::string literal = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') literal += '\\';
        literal += c;
    }
    return literal + '"';
}

}  // namespace ledger::generate
