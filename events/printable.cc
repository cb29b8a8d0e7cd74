#include "events/printable.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace ledger {
namespace {

struct Span {
    char32_t first;
    char32_t last;
};
constexpr std::array kSteering{
    Span{0x0000, 0x001F},    // C0
    Span{0x007F, 0x009F},    // DEL, C1
    Span{0x00AD, 0x00AD},    // soft hyphen
    Span{0x061C, 0x061C},    // Arabic letter mark
    Span{0x180E, 0x180E},    // Mongolian vowel separator
    Span{0x200B, 0x200B},    // zero width space
    Span{0x200E, 0x200F},    // left-to-right and right-to-left mark
    Span{0x2028, 0x202E},    // separators, embeddings and overrides
    Span{0x2060, 0x206F},    // word joiner, invisible operators, isolates
    Span{0xFEFF, 0xFEFF},    // byte order mark
    Span{0xFFF9, 0xFFFB},    // interlinear annotation
    Span{0x1D173, 0x1D17A},  // musical beams and slurs
    Span{0xE0000, 0xE007F},  // tags
};

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

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

}  // namespace

Character first_character(std::string_view text) {
    constexpr std::array<std::uint8_t, 5> kLeadBits{0, 0x7F, 0x1F, 0x0F, 0x07};
    const std::size_t bytes = character_bytes(text);
    char32_t code = byte_at(text, 0) & kLeadBits[bytes];
    for (std::size_t i = 1; i < bytes; ++i) code = code << 6 | (byte_at(text, i) & 0x3FU);
    return {code, bytes};
}

bool steers(char32_t code) {
    return std::any_of(kSteering.begin(), kSteering.end(), [code](const Span& span) {
        return code >= span.first && code <= span.last;
    });
}

std::string printable(std::string_view text) {
    std::string fit;
    fit.reserve(text.size());
    while (!text.empty()) {
        std::size_t plain = 0;
        while (plain < text.size() && text[plain] >= ' ' && text[plain] <= '~') ++plain;
        fit += text.substr(0, plain);
        text.remove_prefix(plain);
        if (text.empty()) break;
        const Character character = first_character(text);
        if (character.bytes == 0 || steers(character.code))
            fit += kReplacement;
        else
            fit += text.substr(0, character.bytes);
        text.remove_prefix(std::max<std::size_t>(character.bytes, 1));
    }
    return fit;
}

}  // namespace ledger
