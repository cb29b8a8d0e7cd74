#include "events/json/quote.h"

#include <cstdint>

namespace ledger::json {
namespace {

std::uint8_t byte_at(std::string_view text, std::size_t at) {
    return at < text.size() ? static_cast<std::uint8_t>(text[at]) : std::uint8_t{0};
}

// Bytes of the well-formed character that starts here, or 0 (Unicode 15, table 3-7).
std::size_t character_bytes(std::string_view text) {
    const std::uint8_t lead = byte_at(text, 0), second = byte_at(text, 1);
    const auto follows = [&](std::size_t at) { return (byte_at(text, at) & 0xC0) == 0x80; };
    if (lead < 0x80) return 1;
    if (lead < 0xC2 || lead > 0xF4) return 0;
    if (lead < 0xE0) return follows(1) ? 2 : 0;
    if (lead < 0xF0) {
        const bool overlong = lead == 0xE0 && second < 0xA0;
        const bool surrogate = lead == 0xED && second > 0x9F;
        return follows(1) && follows(2) && !overlong && !surrogate ? 3 : 0;
    }
    const bool outside = (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F);
    return follows(1) && follows(2) && follows(3) && !outside ? 4 : 0;
}

void append_escaped(std::string& out, char character) {
    constexpr char kHexDigits[] = "0123456789abcdef";
    switch (character) {
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
            out += "\\u00";
            out += kHexDigits[static_cast<std::uint8_t>(character) >> 4];
            out += kHexDigits[static_cast<std::uint8_t>(character) & 15];
    }
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
        const std::size_t bytes = character_bytes(text);
        if (bytes == 1)
            append_escaped(out, text.front());
        else if (bytes == 0)
            out += "\xEF\xBF\xBD";
        else
            out += text.substr(0, bytes);
        text.remove_prefix(bytes == 0 ? 1 : bytes);
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
    while (most_bytes > 0 && (byte_at(text, most_bytes) & 0xC0) == 0x80) --most_bytes;
    return std::string(text.substr(0, most_bytes)) + "...";
}

}  // namespace ledger::json
