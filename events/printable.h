// Text from strangers, made fit to be shown. What steers a terminal (control characters, ESC among
// them) or turns the direction of a line, line and paragraph separators, and what nobody can see
// (Unicode 15, categories Cc, Zl, Zp and most of Cf) says nothing in a name and may lie about what
// stands beside it. The two joiners U+200C and U+200D stay: Persian, Hindi and joined emoji need
// them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace ledger {

// The first character of a text that is not empty. 0 bytes: it begins with what is no UTF-8, of
// which one byte is to be passed over.
struct Character {
    char32_t code = 0;
    std::size_t bytes = 0;
};
Character first_character(std::string_view text);

// Whether the character must not be shown as it is.
bool steers(char32_t code);

// The text with U+FFFD for each such character and for each byte that is no UTF-8.
std::string printable(std::string_view text);

}  // namespace ledger
