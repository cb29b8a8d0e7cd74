#include "tools/benefits/cli/text_width.h"

#include <utf8proc.h>

#include <algorithm>
#include <cstdint>

namespace ledger::tools {
namespace {

struct CodePoint {
    std::int32_t value = 0;  // negative: no UTF-8
    std::size_t bytes = 0;
};

CodePoint first_of(std::string_view text) {
    CodePoint point;
    const auto* at = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
    const auto read =
        utf8proc_iterate(at, static_cast<utf8proc_ssize_t>(text.size()), &point.value);
    if (read <= 0) return {-1, 1};
    point.bytes = static_cast<std::size_t>(read);
    return point;
}

std::size_t width_of(const CodePoint& point) {
    return point.value < 0 ? 1
                           : static_cast<std::size_t>(std::max(0, utf8proc_charwidth(point.value)));
}

// Bytes of the longest beginning that takes at most `columns`.
std::size_t fitting(std::string_view text, std::size_t columns) {
    std::size_t bytes = 0;
    std::size_t width = 0;
    while (bytes < text.size()) {
        const CodePoint point = first_of(text.substr(bytes));
        width += width_of(point);
        if (width > columns) break;
        bytes += point.bytes;
    }
    return bytes;
}

}  // namespace

std::size_t width_of(std::string_view text) {
    std::size_t width = 0;
    while (!text.empty()) {
        const CodePoint point = first_of(text);
        width += width_of(point);
        text.remove_prefix(point.bytes);
    }
    return width;
}

std::vector<std::string> wrap(std::string_view text, std::size_t columns) {
    std::vector<std::string> lines;
    while (width_of(text) > columns) {
        std::size_t end = fitting(text, columns);
        if (end == 0) end = first_of(text).bytes;
        const std::size_t space = text.substr(0, end + 1).rfind(' ');
        if (space != std::string_view::npos && space > 0) end = space;
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(end);
        while (text.starts_with(' ')) text.remove_prefix(1);
    }
    if (!text.empty() || lines.empty()) lines.emplace_back(text);
    return lines;
}

}  // namespace ledger::tools
