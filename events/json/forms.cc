#include "events/json/forms.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "events/date.h"
#include "events/folded.h"
#include "events/json/walk.h"
#include "events/printable.h"

namespace ledger::json {
namespace {

constexpr std::size_t kLocalPartMaxBytes = 64;  // RFC 5321, 4.5.3.1.1
constexpr std::size_t kLabelMaxBytes = 63;      // RFC 1035, 2.3.4

bool is_lower_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

bool is_letter_or_digit(char c) { return is_lower_or_digit(c) || (c >= 'A' && c <= 'Z'); }

bool is_beyond_ascii(char c) { return (c & 0x80) != 0; }

// Of pieces with dots between them, none of them empty, each of which `is_piece`.
template <typename IsPiece>
bool is_dotted(std::string_view text, IsPiece is_piece) {
    while (true) {
        const std::size_t dot = std::min(text.find('.'), text.size());
        if (dot == 0 || !is_piece(text.substr(0, dot))) return false;
        if (dot == text.size()) return true;
        text.remove_prefix(dot + 1);
    }
}

bool is_atom(std::string_view piece) {
    constexpr std::string_view kMarks = "!#$%&'*+-/=?^_`{|}~";
    return std::all_of(piece.begin(), piece.end(), [&](char c) {
        return is_letter_or_digit(c) || is_beyond_ascii(c) ||
               kMarks.find(c) != std::string_view::npos;
    });
}

bool is_label(std::string_view piece) {
    return piece.size() <= kLabelMaxBytes && !piece.starts_with('-') && !piece.ends_with('-') &&
           std::all_of(piece.begin(), piece.end(), [](char c) {
               return is_letter_or_digit(c) || is_beyond_ascii(c) || c == '-';
           });
}

// A blank beyond ASCII, or what nobody can see.
bool has_unseen(std::string_view text) {
    while (!text.empty()) {
        const std::size_t bytes = std::max<std::size_t>(first_character(text).bytes, 1);
        if (is_blank(text.substr(0, bytes))) return true;
        text.remove_prefix(bytes);
    }
    return false;
}

}  // namespace

bool is_name(std::string_view text) {
    const auto allowed = [](char c) {
        return is_lower_or_digit(c) || c == '.' || c == '_' || c == '-';
    };
    return !text.empty() && is_lower_or_digit(text.front()) &&
           std::all_of(text.begin(), text.end(), allowed);
}

std::string lower_case(std::string_view text) {
    std::string lower(text);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
    return lower;
}

std::optional<std::string> parse_hex_words(std::string_view text, std::size_t bytes) {
    if (text.size() != bytes * 2) return std::nullopt;
    std::string memory;
    for (std::size_t at = 0; at < text.size(); at += 16) {
        std::uint64_t word = 0;
        const char* end = text.data() + at + 16;
        const auto parsed = std::from_chars(text.data() + at, end, word, 16);
        if (parsed.ec != std::errc() || parsed.ptr != end) return std::nullopt;
        for (unsigned shift = 0; shift < 64; shift += 8)
            memory += static_cast<char>(static_cast<std::uint8_t>(word >> shift));
    }
    return memory;
}

std::optional<std::string> parse_hex(std::string_view text) {
    if (text.size() % 2 != 0) return std::nullopt;
    std::string bytes;
    for (std::size_t at = 0; at < text.size(); at += 2) {
        std::uint8_t byte = 0;
        const char* end = text.data() + at + 2;
        const auto parsed = std::from_chars(text.data() + at, end, byte, 16);
        if (parsed.ec != std::errc() || parsed.ptr != end) return std::nullopt;
        bytes += static_cast<char>(byte);
    }
    return bytes;
}

void append_hex(std::string& out, BytesView bytes) {
    constexpr char kHexDigits[] = "0123456789abcdef";
    for (const std::uint8_t byte : bytes) {
        out += kHexDigits[byte >> 4];
        out += kHexDigits[byte & 15];
    }
}

void append_hash(std::string& out, const Table& type, const std::uint8_t* at) {
    std::string digits;
    for (const Field& word : type.fields)
        put_big_endian(digits, static_cast<std::uint64_t>(read_scalar(word, at + word.offset)));
    append_hex(out, view_of(digits));
}

std::optional<std::string> text_of_scalar(const Field& field, std::int64_t value) {
    if (field.kind == Kind::date) return to_string(Date{static_cast<std::int32_t>(value)});
    if (field.kind == Kind::time || field.kind == Kind::until) return to_string(Time{value});
    const Choice* choice = field.kind == Kind::choice ? field.choice(value) : nullptr;
    return choice ? std::optional(choice->name) : std::nullopt;
}

bool is_plain_word(std::string_view text) {
    const auto plain = [](char c) {
        return is_lower_or_digit(c) || (c >= 'A' && c <= 'Z') || c == '_';
    };
    return !text.empty() && std::all_of(text.begin(), text.end(), plain);
}

bool has_length(const Field& field, std::string_view text) {
    if (!field.length || field.list) return true;
    const auto bytes = static_cast<std::int64_t>(text.size());
    return bytes >= field.length->least && bytes <= field.length->most;
}

bool is_email(std::string_view text) {
    const std::size_t at = text.rfind('@');
    return at <= kLocalPartMaxBytes && is_dotted(text.substr(0, at), is_atom) &&
           is_dotted(text.substr(at + 1), is_label) && !has_unseen(text);
}

bool takes(const Field& field, std::string_view text) {
    if (!has_length(field, text)) return false;
    if (field.identifier) return is_name(text);
    if (field.email) return is_email(text);
    return text.empty() || !is_blank(text);
}

}  // namespace ledger::json
