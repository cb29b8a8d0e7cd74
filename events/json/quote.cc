#include "events/json/quote.h"

#include <algorithm>
#include <cstdint>

#include "events/printable.h"

namespace ledger::json {
namespace {

// "\\u202e": one unit of UTF-16.
void append_unit(std::string& out, char32_t unit) {
    constexpr char kHexDigits[] = "0123456789abcdef";
    out += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4) out += kHexDigits[(unit >> shift) & 15U];
}

void append_escaped(std::string& out, char32_t code) {
    switch (code) {
        case '"':
            out += "\\\"";
            return;
        case '\\':
            out += "\\\\";
            return;
        case '\n':
            out += "\\n";
            return;
        case '\r':
            out += "\\r";
            return;
        case '\t':
            out += "\\t";
            return;
        default:
            break;
    }
    if (code < 0x10000) return append_unit(out, code);
    append_unit(out, 0xD800 + ((code - 0x10000) >> 10));
    append_unit(out, 0xDC00 + ((code - 0x10000) & 0x3FFU));
}

bool is_plain(char character) {
    const auto byte = static_cast<std::uint8_t>(character);
    return byte >= 0x20 && byte < 0x7F && character != '"' && character != '\\';
}

}  // namespace

void append_quoted(std::string& out, std::string_view text) {
    out += '"';
    while (!text.empty()) {
        std::size_t plain = 0;
        while (plain < text.size() && is_plain(text[plain])) ++plain;
        out += text.substr(0, plain);
        text.remove_prefix(plain);
        if (text.empty()) break;
        const Character character = first_character(text);
        if (character.bytes == 0)
            out += "\xEF\xBF\xBD";
        else if (character.bytes == 1 || steers(character.code))
            append_escaped(out, character.code);
        else
            out += text.substr(0, character.bytes);
        text.remove_prefix(std::max<std::size_t>(character.bytes, 1));
    }
    out += '"';
}

std::string quote(std::string_view text) {
    std::string out;
    append_quoted(out, text);
    return out;
}

std::string shortened(std::string_view text, std::size_t most_bytes) {
    if (text.size() <= most_bytes) return std::string(text);
    const auto continues = [&](std::size_t at) {
        return (static_cast<std::uint8_t>(text[at]) & 0xC0U) == 0x80U;
    };
    while (most_bytes > 0 && continues(most_bytes)) --most_bytes;
    return std::string(text.substr(0, most_bytes)) + "...";
}

}  // namespace ledger::json
