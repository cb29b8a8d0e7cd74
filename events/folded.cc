#include "events/folded.h"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

#include "events/printable.h"

namespace ledger {
namespace {

struct Freed {
    void operator()(utf8proc_uint8_t* text) const { std::free(text); }
};
using Mapped = std::unique_ptr<utf8proc_uint8_t, Freed>;

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return (c & 0x80) == 0; });
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_ascii_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// One blank between words, none around them. NFKC has made one kind of most blanks.
std::string with_single_blanks(std::string_view text) {
    std::string words;
    words.reserve(text.size());
    for (const char c : text) {
        if (!is_ascii_blank(c))
            words += c;
        else if (!words.empty() && words.back() != ' ')
            words += ' ';
    }
    if (words.ends_with(' ')) words.pop_back();
    return words;
}

std::string in_lower_ascii(std::string_view text) {
    std::string low(text);
    std::transform(low.begin(), low.end(), low.begin(), lower);
    return low;
}

bool is_space(char32_t code) {
    if (code < 0x80) return is_ascii_blank(static_cast<char>(code));
    switch (utf8proc_category(static_cast<utf8proc_int32_t>(code))) {
        case UTF8PROC_CATEGORY_ZS:
        case UTF8PROC_CATEGORY_ZL:
        case UTF8PROC_CATEGORY_ZP:
            return true;
        default:
            return false;
    }
}

// The joiners, variation selectors and fillers too, which stand for nothing by themselves.
bool is_unseen(char32_t code) {
    if (is_space(code) || steers(code)) return true;
    utf8proc_int32_t kept = 0;
    int last_class = UTF8PROC_BOUNDCLASS_START;
    return utf8proc_decompose_char(static_cast<utf8proc_int32_t>(code), &kept, 1, UTF8PROC_IGNORE,
                                   &last_class) == 0;
}

}  // namespace

std::string folded(std::string_view text) {
    if (is_ascii(text)) return with_single_blanks(in_lower_ascii(text));
    utf8proc_uint8_t* made = nullptr;
    constexpr auto kHow = static_cast<utf8proc_option_t>(
        UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
    const auto bytes = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                    static_cast<utf8proc_ssize_t>(text.size()), &made, kHow);
    const Mapped mapped(made);
    if (bytes < 0) return with_single_blanks(in_lower_ascii(text));
    return with_single_blanks(
        {reinterpret_cast<const char*>(mapped.get()), static_cast<std::size_t>(bytes)});
}

bool is_blank(std::string_view text) {
    while (!text.empty()) {
        const Character next = first_character(text);
        if (next.bytes == 0 || !is_unseen(next.code)) return false;
        text.remove_prefix(next.bytes);
    }
    return true;
}

}  // namespace ledger
